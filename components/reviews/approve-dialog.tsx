'use client';
// The last look before an approval: exactly what will happen, simulated for exactly what is sent.
import { Loader } from '@mantine/core';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { formatCounted } from '@/components/ui/format';
import classes from './approve-dialog.module.css';
import { isSameDecision, leavesHeld, replayedRows, tally, type Decision } from './decision';
import { PreviewResult } from './preview-result';
import { isShared, subjectOf, type AnyReviewDetail } from './subject';
import type { Simulation } from './use-preview';
import { approveLabel } from './words';

interface Props {
  opened: boolean;
  detail: AnyReviewDetail;
  decision: Decision;
  simulation: Simulation;
  /** True where nobody holds the review: it is then claimed first. */
  claims: boolean;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

interface SentencesProps extends Pick<Props, 'detail' | 'decision' | 'claims'> {
  /** How many rows are staged. */
  rows: number;
}

function Sentences({ detail, decision, claims, rows }: SentencesProps) {
  const { mirror, ignore, defer } = tally(decision);
  const held = leavesHeld(detail.columns, decision);
  return (
    <ul className={classes.list}>
      {claims ? <li>You claim the review.</li> : null}
      {mirror.length === 0 ? (
        <li>
          Nothing is mirrored: no row of this schema will be queryable
          {rows === 0 ? '' : `, and its ${formatCounted(rows, 'staged row')} are dropped`}.
        </li>
      ) : (
        <li>
          {formatCounted(mirror.length, 'column')} of <code>{detail.source_table}</code> of{' '}
          <strong>{subjectOf(detail)}</strong> {mirror.length === 1 ? 'goes' : 'go'} to the{' '}
          {isShared(detail) ? 'shared mirror table' : 'mirror table'} <code>{detail.mirror_table_name}</code>.
        </li>
      )}
      {ignore.length === 0 ? null : (
        <li>
          Not in the mirror: <code>{ignore.join(', ')}</code>.
        </li>
      )}
      {defer.length === 0 ? null : (
        <li>
          Left undecided: <code>{defer.join(', ')}</code>.{' '}
          {held
            ? 'A required column is among them: the lineage stays paused until it is decided, and no row is replayed before.'
            : 'The rest flows, and the values are kept with their rows until you amend the approval.'}
        </li>
      )}
      {held || mirror.length === 0 ? null : (
        <li>
          {rows === 0
            ? 'No row waits; '
            : `${formatCounted(rows, 'staged row')} are replayed into the mirror; `}
          rows that do not fit stay staged with their error. New batches of this schema are written at once.
        </li>
      )}
      {isShared(detail) ? (
        <li>Every later device of this {detail.scope} with this schema is approved by itself.</li>
      ) : null}
      <li>The approval cannot be taken back once rows are in the mirror.</li>
    </ul>
  );
}

function Simulated({ simulation }: { simulation: Simulation }) {
  switch (simulation.state) {
    case 'none':
    case 'running':
      return (
        <p className={classes.running}>
          <Loader /> Simulating the approval…
        </p>
      );
    case 'refused':
      return (
        <div className={classes.refused} role="alert">
          <p>{simulation.refusal.detail}</p>
          {simulation.refusal.errors.length < 2 ? null : (
            <ul>
              {simulation.refusal.errors.map((error) => (
                <li key={`${error.path}:${error.detail}`}>{error.detail}</li>
              ))}
            </ul>
          )}
        </div>
      );
    case 'done':
      return <PreviewResult preview={simulation.preview} />;
  }
}

/** Opens with the simulation running; confirms only what was simulated. */
export function ApproveDialog(props: Props) {
  const { opened, detail, decision, simulation, claims, busy, onConfirm, onClose } = props;
  const isStale = simulation.state === 'done' && !isSameDecision(simulation.of, decision);
  const seen = simulation.state === 'done' && !isStale;
  // Rows come meanwhile: one dialog tells of one moment.
  const rows = simulation.state === 'done' ? simulation.preview.staged_rows : detail.staged_row_count;
  const label = approveLabel(
    replayedRows(detail.columns, decision, rows),
    isShared(detail) ? detail.waiting_lineages : null,
  );
  return (
    <ConfirmDialog
      opened={opened}
      title={`Approve ${detail.source_table} of ${subjectOf(detail)}?`}
      confirmLabel={claims ? `Claim, ${label.charAt(0).toLowerCase()}${label.slice(1)}` : label}
      onConfirm={onConfirm}
      onClose={onClose}
      busy={busy}
      disabled={!seen}
      size="760px"
    >
      <Sentences detail={detail} decision={decision} claims={claims} rows={rows} />
      <Simulated simulation={simulation} />
      {isStale ? (
        <p className={classes.refused} role="alert">
          The decision has changed since it was simulated. Cancel, look at it, and approve it again.
        </p>
      ) : null}
    </ConfirmDialog>
  );
}
