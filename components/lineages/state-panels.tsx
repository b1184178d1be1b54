// Replay, errors, controls and the plain facts of a lineage.
import { Progress } from '@mantine/core';
import type { LineageDetail } from '@/server/contract/governance';
import { Copyable } from '@/components/ui/copyable';
import { formatCount, formatCounted } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Facts, Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo, Timestamp } from '@/components/ui/time';
import classes from './lineage-page.module.css';
import { REPLAY } from './words';

/** The newest replay, and the error that writing met last. */
export function MaterializationPanel({ detail }: { detail: LineageDetail }) {
  const { lineage, replay_intent: replay } = detail;
  const share =
    replay === null || replay.total_rows === 0
      ? replay?.status === 'completed'
        ? 100
        : 0
      : Math.min(100, (replay.done_rows / replay.total_rows) * 100);
  return (
    <Panel
      title="Replay and materialization"
      aside={
        replay === null ? undefined : (
          <StatusChip tone={REPLAY[replay.status].tone}>
            {replay.status === 'pending' && lineage.status === 'paused'
              ? 'Waits for the pause to end'
              : REPLAY[replay.status].label}
          </StatusChip>
        )
      }
    >
      <div className={classes.stack}>
        {replay === null ? (
          <p className={classes.muted}>No replay has been needed.</p>
        ) : (
          <>
            <div className={classes.line}>
              <span className="tg-num">
                {formatCount(replay.done_rows)} of {formatCounted(replay.total_rows, 'row')} after{' '}
                {replay.action_kind === 'approve' ? 'an approval' : `a ${replay.action_kind}`}
              </span>
              <span className={classes.muted}>
                <TimeAgo at={replay.updated_at} />
              </span>
            </div>
            <Progress
              value={share}
              color={replay.status === 'failed' ? 'red' : 'tide'}
              aria-label={`${formatCount(replay.done_rows)} of ${formatCounted(replay.total_rows, 'row')} replayed`}
            />
            {replay.last_error === null || replay.last_error === lineage.materialization_last_error ? null : (
              <p className={classes.error}>{replay.last_error}</p>
            )}
          </>
        )}
        {/* How many there are now, the groups of failed rows say: some came after the replay, others are mended since. */}
        {detail.failed_row_count === 0 ? null : (
          <p className={classes.bad}>
            Rows that cannot be written stay staged.{' '}
            <Link href={`/lineages/${lineage.id}/rows?source=staged&reason=materialization_failed`}>
              See them with their errors
            </Link>
          </p>
        )}
        {lineage.materialization_last_error === null ? (
          <p className={classes.muted}>No write to the mirror has failed since the last reset.</p>
        ) : (
          <>
            <p>
              {formatCounted(lineage.materialization_failure_count, 'failed batch', 'failed batches')} in a
              row; the breaker opens at 5. Last error:
            </p>
            <p className={classes.error}>{lineage.materialization_last_error}</p>
          </>
        )}
      </div>
    </Panel>
  );
}

/** Downlink messages that the device has not acknowledged. */
export function ControlsPanel({ detail }: { detail: LineageDetail }) {
  const controls = detail.pending_controls;
  return (
    <Panel
      title={controls.length === 0 ? 'No control pending' : formatCounted(controls.length, 'pending control')}
    >
      {controls.length === 0 ? (
        <p className={classes.muted}>The device has acknowledged everything that it was told.</p>
      ) : (
        <ul className={classes.list}>
          {controls.map((control) => (
            <li key={control.control_id}>
              <div className={classes.line}>
                <span className="tg-mono">{control.control_kind}</span>
                <span className={classes.muted}>
                  {control.sent_at === null ? 'not sent yet' : <TimeAgo at={control.sent_at} />}
                </span>
              </div>
              <p className={classes.muted}>
                {formatCounted(control.attempts, 'attempt')}
                {control.server_watermark === null ? '' : `, watermark ${control.server_watermark}`}
                {control.reason === null ? '' : `. ${control.reason}`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Ids, watermark, counters. */
export function FactsPanel({ detail }: { detail: LineageDetail }) {
  const { lineage, mirror } = detail;
  const { journal_epoch: epoch, commit_seq: seq, batch_seq: batchSeq } = lineage.watermark;
  return (
    <Panel title="Facts">
      <Facts
        items={[
          {
            name: 'Mirror table',
            value:
              mirror === null ? (
                <span className={classes.none}>not provisioned</span>
              ) : (
                <>
                  <span className={classes.wrap}>
                    <Copyable value={mirror.mirror_table_name} label="mirror table" chars={0} />
                  </span>
                  {mirror.source === 'coalesced' ? (
                    <p>
                      <Link
                        href={`/registry/mirrors/${mirror.id}`}
                        className={`${classes.link ?? ''} ${classes.below ?? ''}`}
                      >
                        shared by devices
                      </Link>
                    </p>
                  ) : null}
                </>
              ),
          },
          {
            name: 'Watermark',
            value:
              seq === undefined && batchSeq === undefined ? (
                <span className={classes.none}>none</span>
              ) : (
                <span className="tg-num">
                  {seq === undefined ? `batch ${batchSeq ?? ''}` : `commit ${seq}`}
                </span>
              ),
          },
          {
            name: 'Journal epoch',
            value:
              epoch === undefined ? (
                <span className={classes.none}>none</span>
              ) : (
                <Copyable value={epoch} label="journal epoch" chars={13} />
              ),
          },
          {
            name: 'Accepted',
            value: <span className="tg-num">{formatCounted(lineage.accepted_row_count, 'row')}</span>,
          },
          {
            name: 'Duplicates',
            value: <span className="tg-num">{formatCounted(lineage.duplicate_row_count, 'row')}</span>,
          },
          {
            name: 'Rejected',
            value: <span className="tg-num">{formatCounted(lineage.rejected_row_count, 'row')}</span>,
          },
          { name: 'Last batch', value: <Timestamp at={lineage.last_batch_at} /> },
          { name: 'Created', value: <Timestamp at={lineage.created_at} /> },
          { name: 'Lineage id', value: <Copyable value={lineage.id} label="lineage id" /> },
          { name: 'Device id', value: <Copyable value={lineage.device_id} label="device id" /> },
        ]}
      />
    </Panel>
  );
}
