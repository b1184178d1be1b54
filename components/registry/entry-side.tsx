'use client';
// Beside a version: how the shared mirror came to its columns, and every review that there was.
import type { RegistryEntry, RegistryReview } from '@/server/contract/registry';
import { STATUS } from '@/components/reviews/words';
import { formatCounted, shorten } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import classes from './registry.module.css';

const mirrored = (entry: RegistryEntry): string[] =>
  (entry.column_actions ?? [])
    .filter(({ action }) => action === 'mirror')
    .map((action) => action.mirror_column_name ?? action.source_column_name);

interface Step {
  entry: RegistryEntry;
  /** Mirror columns that it brought. */
  added: string[];
}

/** The approvals that made the mirror what it is, the first one first. */
function evolutionOf(versions: readonly RegistryEntry[], mirrorId: string): Step[] {
  const decided = versions
    .filter((version) => version.mirror_id === mirrorId && version.decided_at !== null)
    .sort((a, b) => ((a.decided_at ?? '') < (b.decided_at ?? '') ? -1 : 1));
  const known = new Set<string>();
  return decided.map((entry) => {
    const added = mirrored(entry).filter((name) => !known.has(name));
    for (const name of added) known.add(name);
    return { entry, added };
  });
}

/** What each approved version added to the mirror table. */
export function MirrorEvolution({
  entry,
  versions,
}: {
  entry: RegistryEntry;
  versions: readonly RegistryEntry[];
}) {
  const { mirror_id: mirrorId, mirror_table_name: name } = entry;
  if (mirrorId === null) {
    return (
      <Panel title="Shared mirror">
        <p className={classes.muted}>
          {entry.status === 'approved'
            ? 'The decision ignores every column: nothing is written.'
            : 'There is none of this version before it is approved.'}
        </p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Shared mirror"
      aside={
        <Link href={`/registry/mirrors/${mirrorId}`} className={classes.link}>
          Open
        </Link>
      }
    >
      <div className={classes.stack}>
        <p className="tg-mono">{name}</p>
        <ol className={classes.list} aria-label="Evolution of the mirror">
          {evolutionOf(versions, mirrorId).map(({ entry: version, added }, i) => (
            <li key={version.id}>
              <div className={classes.line}>
                <Link href={`/registry/${version.id}`} className="tg-mono">
                  {shorten(version.schema_hash)}
                </Link>
                <span className={classes.muted}>
                  {version.decided_at === null ? null : <TimeAgo at={version.decided_at} />}
                </span>
              </div>
              <span className={classes.muted} title={added.join(', ')}>
                {i === 0
                  ? `provisioned with ${formatCounted(added.length, 'column')}`
                  : added.length === 0
                    ? 'added no column'
                    : `added ${added.slice(0, 4).join(', ')}${added.length > 4 ? ` and ${added.length - 4} more` : ''}`}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </Panel>
  );
}

interface ReviewsProps {
  /** Undefined until they are read. */
  reviews: readonly RegistryReview[] | undefined;
  error: Error | null;
}

/** Every review that there was of the version, the newest first. */
export function EntryReviews({ reviews, error }: ReviewsProps) {
  return (
    <Panel title="Reviews">
      {reviews === undefined || reviews.length === 0 ? (
        <p className={classes.muted}>
          {reviews === undefined
            ? (error?.message ?? 'Being read.')
            : 'It was never reviewed: a policy or a consolidation brought it here.'}
        </p>
      ) : (
        <ol className={classes.list}>
          {reviews.map((review) => (
            <li key={review.id}>
              <div className={classes.line}>
                <Link href={`/reviews/registry/${review.id}`} className={classes.link}>
                  <StatusChip tone={STATUS[review.status].tone} plain>
                    {STATUS[review.status].label}
                  </StatusChip>
                </Link>
                <span className={classes.muted}>
                  <TimeAgo at={review.decided_at ?? review.created_at} />
                </span>
              </div>
              {review.claimed_by_name === null && review.reason === null ? null : (
                <span className={classes.muted}>
                  {review.claimed_by_name ?? ''}
                  {review.reason === null ? '' : ` “${review.reason}”`}
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
