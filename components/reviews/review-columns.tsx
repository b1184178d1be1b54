'use client';
// What the queue shows of a review.
import type { QueuedReview } from '@/server/contract/review-queue';
import type { Column } from '@/components/ui/data-table';
import { formatCount, formatCounted } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { StatusChip, Tag } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import classes from './review-list.module.css';
import { reviewHref } from './subject';
import { changeSummary, CLASSIFICATION, STATUS } from './words';

/** The device, or the scope and for how many devices it is decided. */
function Whose({ review }: { review: QueuedReview }) {
  if (review.kind === 'device') return review.device_name;
  const scope = review.fleet_name === null ? 'Whole project' : `Fleet ${review.fleet_name}`;
  const waiting = review.waiting_lineages ?? 0;
  return (
    <>
      <Tag title="Decided once for many devices">registry</Tag> {scope}
      {waiting === 0 ? null : `, ${formatCounted(waiting, 'device')}`}
    </>
  );
}

/** Leads to the registry's review of the same schema, whose approval decides this one too. */
function UseRegistry({ review }: { review: QueuedReview }) {
  const id = review.use_registry_review_id;
  return id === null ? null : (
    <>
      {' · '}
      <Link href={reviewHref({ id }, true)} className={classes.instead}>
        Use the registry’s
      </Link>
    </>
  );
}

export const reviewColumns: readonly Column<QueuedReview>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '104px',
    cell: (review) => (
      <StatusChip tone={STATUS[review.status].tone} plain>
        {STATUS[review.status].label}
      </StatusChip>
    ),
  },
  {
    id: 'classification',
    header: 'Classification',
    width: '118px',
    cell: (review) => (
      <StatusChip
        tone={CLASSIFICATION[review.classification].tone}
        icon="warn"
        title={CLASSIFICATION[review.classification].meaning}
      >
        {CLASSIFICATION[review.classification].label}
      </StatusChip>
    ),
  },
  {
    id: 'table',
    header: 'Table',
    sortKey: 'source_table',
    primary: true,
    cell: (review) => <span className="tg-mono">{review.source_table}</span>,
  },
  { id: 'device', header: 'Device or scope', cell: (review) => <Whose review={review} /> },
  {
    id: 'changes',
    header: 'What changed',
    cell: (review) => (
      <span title={changeSummary(review.reasons)}>
        {changeSummary(review.reasons)}
        <UseRegistry review={review} />
      </span>
    ),
  },
  {
    id: 'staged',
    header: 'Staged rows',
    align: 'end',
    width: '104px',
    cell: (review) => formatCount(review.staged_row_count),
  },
  {
    id: 'age',
    header: 'Age',
    align: 'end',
    width: '104px',
    sortKey: 'created_at',
    cell: (review) => <TimeAgo at={review.created_at} bare />,
  },
  {
    id: 'claimant',
    header: 'Claimant',
    width: '150px',
    cell: (review) => review.claimed_by_name ?? <span className={classes.none}>nobody</span>,
  },
];
