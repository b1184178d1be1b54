'use client';
// Why the lineage is held, one cause at a time, and how far it is to the cap.
import type { BacklogForecast, LineageActivity } from '@/server/contract/activity';
import type { Policy } from '@/server/contract/fleet';
import type { Lineage } from '@/server/contract/governance';
import { useLiveObject } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { formatBytes, formatCount, formatDuration, formatShare } from '@/components/ui/format';
import { useNow } from '@/components/ui/now';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { backlogOf } from './backlog';
import classes from './pause-panel.module.css';
import { CAUSE, deviceWords, type PauseCause } from './words';

function Cause({ cause }: { cause: PauseCause }) {
  const words = CAUSE[cause.cause];
  return (
    <li className={classes.cause}>
      <div className={classes.head}>
        <StatusChip tone={words.tone} icon="pause">
          {words.label}
        </StatusChip>
        <span className={classes.muted}>
          for <TimeAgo at={cause.since} bare />
        </span>
      </div>
      <p className={classes.detail}>{cause.detail}</p>
      <p className={classes.muted}>
        {deviceWords(cause)} {words.clears}
      </p>
    </li>
  );
}

function Bar({
  label,
  value,
  max,
  resumeAt,
}: {
  label: string;
  value: number;
  max: number;
  resumeAt: number;
}) {
  const share = value / max;
  const tone = share >= 1 ? 'bad' : share >= resumeAt ? 'wait' : 'ok';
  return (
    <div
      className={classes.bar}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
    >
      <span className={classes.fill} data-tone={tone} style={{ width: `${Math.min(100, share * 100)}%` }} />
      <span className={classes.mark} style={{ left: `${resumeAt * 100}%` }} />
    </div>
  );
}

function BacklogBars({
  lineage,
  policy,
  forecast,
}: {
  lineage: Lineage;
  policy: Policy;
  forecast: BacklogForecast | undefined;
}) {
  const now = useNow();
  const backlog = backlogOf(lineage, policy, forecast, now);
  const rows = [
    {
      label: 'Rows',
      value: lineage.staged_row_count,
      max: backlog.rowsMax,
      text: `${formatCount(lineage.staged_row_count)} of ${formatCount(backlog.rowsMax)} rows`,
    },
    {
      label: 'Size',
      value: lineage.staged_bytes,
      max: backlog.bytesMax,
      text: `${formatBytes(lineage.staged_bytes)} of ${formatBytes(backlog.bytesMax)}`,
    },
  ];
  return (
    <div className={classes.backlog}>
      {rows.map(({ label, value, max, text }) => (
        <div key={label}>
          <div className={classes.measure}>
            <span className="tg-num">{text}</span>
            <span className={classes.muted}>{formatShare(value / max)}</span>
          </div>
          <Bar label={`${label} staged, of the cap`} value={value} max={max} resumeAt={backlog.resumeAt} />
        </div>
      ))}
      <p className={classes.muted}>
        {backlog.share >= 1
          ? `The cap is reached. The pause ends below ${formatShare(backlog.resumeAt)} of both.`
          : backlog.fullInMs === null
            ? `Backpressure begins at the cap and ends below ${formatShare(backlog.resumeAt)} of both.`
            : `Full in ${formatDuration(backlog.fullInMs)} at the pace of the last ${forecast?.seen_minutes ?? 0} min.`}
      </p>
    </div>
  );
}

/** Pause causes and backlog; `policy` is undefined until it is read. */
export function PausePanel({ lineage, policy }: { lineage: Lineage; policy: Policy | undefined }) {
  const { project } = useSession();
  // The same reading as the chart's, so that the two never tell different things.
  const { data: activity } = useLiveObject<LineageActivity>(
    project.id,
    `edge/lineages/${lineage.id}/activity`,
    { window: '24h' },
  );
  return (
    <>
      <Panel title={lineage.pause_causes.length === 0 ? 'Not paused' : 'Paused for'}>
        {lineage.pause_causes.length === 0 ? (
          <p className={classes.muted}>Rows of approved schemas are written as they arrive.</p>
        ) : (
          <ul className={classes.causes}>
            {lineage.pause_causes.map((cause) => (
              <Cause key={cause.cause} cause={cause} />
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="Staged backlog">
        {policy === undefined ? (
          <p className={classes.muted}>The cap is being read.</p>
        ) : (
          <BacklogBars lineage={lineage} policy={policy} forecast={activity?.forecast} />
        )}
      </Panel>
    </>
  );
}
