'use client';
// The page of one lineage: where its rows are, why they stop, and what can be done.
import { useEffect, useRef } from 'react';
import type { Device, Overview, Policy } from '@/server/contract/fleet';
import type { LineageDetail } from '@/server/contract/governance';
import { fleetDevicePath } from '@/components/devices/queries';
import { EventTrail } from '@/components/events/event-trail';
import { OVERVIEW_PATH } from '@/components/overview/queries';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { DataPointsPanel } from '@/components/telemetry/data-points-panel';
import { useNextPages } from '@/components/ui/ahead';
import { useKeys } from '@/components/ui/keys';
import { useBackTo } from '@/components/ui/trail';
import { LineageActivity } from '@/components/activity/lineage-activity';
import { FailuresPanel } from './failures-panel';
import { flowOf } from './flow';
import { FlowStrip } from './flow-strip';
import { LineageDialogs } from './lineage-dialogs';
import { LineageHeader } from './lineage-header';
import classes from './lineage-page.module.css';
import type { OpenDialog } from './open-dialog';
import { PausePanel } from './pause-panel';
import { fleetPolicyPath, lineageEventsParams, lineagePath } from './queries';
import { reviewLink } from './review-link';
import { rowsLink } from './rows-link';
import { BindingsPanel, VersionsPanel } from './schema-panels';
import { ControlsPanel, FactsPanel, MaterializationPanel } from './state-panels';
import { useLineage, type LineageModel } from './use-lineage';

function useLineageKeys(model: LineageModel): void {
  const backTo = useBackTo();
  const { permits } = model;
  const group = 'Lineage';
  useKeys([
    { keys: ['Escape'], label: 'Back to lineages', group, run: () => backTo('/lineages') },
    { keys: ['d'], label: 'Staged rows', group, run: () => model.toRows('staged') },
    {
      keys: ['w'],
      label: 'Written rows',
      group,
      run: () => model.toRows('mirror'),
      disabledReason: permits.mirrorRows,
    },
    {
      keys: ['v'],
      label: 'Jump to the review',
      group,
      run: model.toReview,
      disabledReason: permits.review,
    },
    {
      keys: ['x'],
      label: 'Reset materialization',
      group,
      run: () => model.ask('reset'),
      disabledReason: permits.reset,
    },
    {
      keys: ['D'],
      label: 'Delete the lineage',
      group,
      run: () => model.ask('delete'),
      disabledReason: permits.remove,
    },
    {
      keys: [],
      label: 'Pause the lineage',
      group,
      run: () => model.ask('pause'),
      disabledReason: permits.pause,
    },
    { keys: [], label: 'Resume the lineage', group, run: model.resume, disabledReason: permits.resume },
    {
      keys: [],
      label: 'Discard staged rows',
      group,
      run: () => model.ask('discard'),
      disabledReason: permits.discard,
    },
  ]);
}

/** To the review that it waits for and to its rows, where there are any and they may be seen, most go on. */
function useWayOn(detail: LineageDetail): void {
  const { lineage, mirror } = detail;
  const review = reviewLink(detail);
  const seesRows = useMissingPermission('PROJECT_CAN_READ_ROWS') === undefined;
  useNextPages([
    ...(review === null ? [] : [review.href]),
    ...(seesRows && lineage.staged_row_count > 0 ? [rowsLink(lineage.id, 'staged')] : []),
    ...(seesRows && mirror !== null ? [rowsLink(lineage.id, 'mirror')] : []),
  ]);
}

/** Does what the link asked for, once, where it may be done. */
function useOpenOnce(model: LineageModel, open: OpenDialog | null): void {
  const done = useRef(false);
  useEffect(() => {
    if (done.current || open === null) return;
    done.current = true;
    if (open === 'review' && model.permits.review === undefined) model.toReview();
    if (open === 'reset' && model.permits.reset === undefined) model.ask('reset');
    if (open === 'delete' && model.permits.remove === undefined) model.ask('delete');
  });
}

function Loaded({ detail, open }: { detail: LineageDetail; open: OpenDialog | null }) {
  const model = useLineage(detail);
  const { project } = useSession();
  const { lineage } = detail;
  const { data: policy } = useLiveObject<Policy>(project.id, fleetPolicyPath(lineage.fleet_id));
  const { data: device } = useLiveObject<Device>(
    project.id,
    fleetDevicePath(lineage.fleet_id, lineage.device_id),
  );
  const { data: overview } = useLiveObject<Overview>(project.id, OVERVIEW_PATH);
  useLineageKeys(model);
  useOpenOnce(model, open);
  useWayOn(detail);
  return (
    <>
      <LineageHeader model={model} />
      <FlowStrip stages={flowOf({ detail, device, overview })} model={model} />
      <div className={classes.grid}>
        <div className={classes.column}>
          <MaterializationPanel detail={detail} />
          <FailuresPanel lineageId={lineage.id} />
          <LineageActivity lineageId={lineage.id} />
          <VersionsPanel detail={detail} />
          <BindingsPanel detail={detail} />
          {detail.column_bindings.some((binding) => binding.device_data_point_id !== null) ? (
            <DataPointsPanel deviceId={lineage.device_id} fleetId={lineage.fleet_id} lineageId={lineage.id} />
          ) : null}
          <EventTrail
            params={lineageEventsParams(lineage.id)}
            more={`/events?lineage=${lineage.id}`}
            here={[lineage.source_table, lineage.device_name]}
          />
        </div>
        <aside className={classes.column}>
          <PausePanel lineage={lineage} policy={policy} />
          <ControlsPanel detail={detail} />
          <FactsPanel detail={detail} />
        </aside>
      </div>
      <LineageDialogs model={model} />
    </>
  );
}

/** The page of `lineageId`; `open` opens a dialog at once, where the user may use it. */
export function LineagePage({ lineageId, open }: { lineageId: string; open: OpenDialog | null }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<LineageDetail>(project.id, lineagePath(lineageId));
  if (data === undefined) return <p role="alert">{error?.message ?? 'The lineage is being read.'}</p>;
  return <Loaded detail={data} open={open} />;
}
