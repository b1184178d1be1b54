'use client';
// Ingest rate and staged backlog of the project over time.
import { useMemo } from 'react';
import type { Activity } from '@/server/contract/activity';
import type { ActivityWindow } from '@/server/contract/activity-windows';
import { useLiveObject } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { formatCount } from '@/components/ui/format';
import { onDemand, useIsHere } from '@/components/ui/on-demand';
import { Panel } from '@/components/ui/panel';
import { Timestamp } from '@/components/ui/time';
import classes from './activity.module.css';
import { LazyChart } from './lazy-chart';
import { useWindow } from './use-window';
import { WindowSwitch } from './window-switch';
import { formatShort, perMinute, summaryOf } from './words';

const ACTIVITY_PATH = 'activity';

const panelError = onDemand(() => import('@/components/ui/panel-error').then(({ PanelError }) => PanelError));

interface Line {
  what: string;
  /** What of the last step of the chart the number is; the time at which the step began goes on from it. */
  of: string;
  tone: 'accent' | 'wait';
  values: (number | null)[];
}

const linesOf = ({ points, bucket_seconds }: Activity): Line[] => [
  {
    what: 'Rows a minute',
    of: 'on average since',
    tone: 'accent',
    values: points.map((p) => perMinute(p.rows, bucket_seconds)),
  },
  {
    what: 'Staged rows',
    of: 'sampled after',
    tone: 'wait',
    values: points.map((p) => p.staged_rows),
  },
];

function LineChart({ line, times, window }: { line: Line; times: string[]; window: ActivityWindow }) {
  const last = line.values.findLastIndex((value) => value !== null);
  const now = line.values[last];
  const from = times[last];
  return (
    <div>
      <p className={classes.name}>
        {line.what} <strong>{now === null || now === undefined ? '–' : formatCount(Math.round(now))}</strong>
        {from === undefined ? null : (
          <>
            {' '}
            {line.of} <Timestamp at={from} />
          </>
        )}
      </p>
      <LazyChart
        label={summaryOf(line.what, window, line.values)}
        times={times}
        values={line.values}
        tone={line.tone}
        format={formatShort}
      />
    </div>
  );
}

/** Two charts over one window, which is in the URL. */
export function ProjectActivity() {
  const { project } = useSession();
  const [window, setWindow] = useWindow();
  const { data, error, isFetching, refetch } = useLiveObject<Activity>(project.id, ACTIVITY_PATH, { window });
  useIsHere(panelError, error !== null);
  const lines = useMemo(() => (data === undefined ? [] : linesOf(data)), [data]);
  const times = useMemo(() => data?.points.map(({ at }) => at) ?? [], [data]);
  return (
    <Panel title="Over time" aside={<WindowSwitch value={window} onChange={setWindow} />}>
      <div className={classes.pair}>
        {lines.map((line) => (
          <LineChart key={line.what} line={line} times={times} window={window} />
        ))}
      </div>
      {lines.some(({ values }) => values.every((value) => value === null)) ? (
        <p className={classes.name}>
          A line begins with the first lineage: a worker takes the figures once a minute, and a rate is known
          from the second step of the chart on.
        </p>
      ) : null}
      {data !== undefined ? null : error === null ? (
        <p role="status">The figures are being read.</p>
      ) : (
        <panelError.Drawn
          what="What came over time"
          error={error}
          busy={isFetching}
          onRetry={() => void refetch()}
        />
      )}
    </Panel>
  );
}
