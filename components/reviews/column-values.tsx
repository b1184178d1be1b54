'use client';
// What was really received in a column: the first values, and counts over all that waits.
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReviewColumn } from '@/server/contract/governance';
import type { ReviewFacts } from '@/server/contract/review-facts';
import { useMissingPermission } from '@/components/shell/session';
import { formatCount, formatShare } from '@/components/ui/format';
import classes from './column-table.module.css';

type ColumnFacts = ReviewFacts['columns'][number];

/** Over everything that waits, once that is counted; over the sample before. */
function Misfits({ column, facts }: { column: ReviewColumn; facts: ColumnFacts | undefined }) {
  const { rows, of } = facts?.misfits ?? { rows: column.misfit_rows, of: column.sampled_rows };
  if (rows === 0) return null;
  return (
    <span className={classes.misfit}>
      <IconAlertTriangle size={13} aria-hidden />
      <span>
        {formatCount(rows)} of {formatCount(of)} do not cast
        {column.misfit_example === null ? null : (
          <>
            : <span className="tg-mono">{column.misfit_example}</span>
          </>
        )}
      </span>
    </span>
  );
}

interface Props {
  column: ReviewColumn;
  /** Counts over everything that waits; undefined before they are known. */
  facts: ReviewFacts | undefined;
}

/** Values as they were received, how many are NULL, and how many would not fit. */
export function ReceivedValues({ column, facts: all }: Props) {
  const facts = all?.columns.find((c) => c.source_column_name === column.name);
  const hidden = useMissingPermission('PROJECT_CAN_READ_ROWS');
  if (hidden !== undefined) return <span className={classes.muted}>Values are hidden. {hidden}</span>;
  if (column.sampled_rows === 0) return <span className={classes.muted}>no row is staged</span>;
  const nulls =
    facts === undefined || facts.nulls.of === 0 ? column.null_share : facts.nulls.rows / facts.nulls.of;
  return (
    <>
      <div className={classes.samples} title={column.samples.join('\n')}>
        {column.samples.map((sample, i) => (
          <span key={`${i}:${sample}`} className={classes.sample}>
            {sample}
          </span>
        ))}
      </div>
      <div className={classes.second}>
        <span
          title={
            facts === undefined
              ? 'Of the sample'
              : `${formatCount(facts.nulls.rows)} of ${formatCount(facts.nulls.of)} rows`
          }
        >
          {formatShare(nulls)} NULL
        </span>
        <Misfits column={column} facts={facts} />
      </div>
    </>
  );
}
