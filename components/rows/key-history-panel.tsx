'use client';
// The way of one key: received, staged, written, deleted, as far as it is kept, and what is not.
import type { KeyHistory } from '@/server/contract/rows';
import { useLiveObject } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { Copyable } from '@/components/ui/copyable';
import { formatCounted } from '@/components/ui/format';
import { Timestamp } from '@/components/ui/time';
import { WithTimes } from '@/components/ui/with-times';
import { keyHistoryPath } from './queries';
import classes from './row-drawer.module.css';
import { REASON } from './rows-search';

type Version = NonNullable<KeyHistory['written']>['version'];

interface Step {
  id: string;
  name: string;
  at: string;
  /** Times in it are RFC 3339. */
  what: string;
  version: Version;
  batchId?: string;
}

/** The steps in the order of their times. */
export function stepsOf({ batches, staged, written, deleted }: KeyHistory): Step[] {
  const steps: Step[] = [
    ...batches.map((batch) => ({
      id: `batch ${batch.batch_id} ${batch.brought.commit_seq}`,
      name: 'Received',
      at: batch.received_at,
      what: `in a batch of ${formatCounted(batch.rows, 'row')}`,
      version: batch.brought,
      batchId: batch.batch_id,
    })),
    ...staged.map((row) => ({
      id: `staged ${row.id}`,
      name: 'Staged',
      at: row.received_at,
      what: `${row.op}, held for: ${REASON[row.staging_reason].toLowerCase()}${row.error === null ? '' : `. ${row.error}`}`,
      version: { journal_epoch: row.journal_epoch, commit_seq: row.commit_seq ?? '' },
    })),
    ...(written === null
      ? []
      : [
          {
            id: 'written',
            name: 'Written',
            at: written.updated_at,
            what:
              written.created_at === written.updated_at
                ? 'to the mirror'
                : `to the mirror, where its key has been since ${written.created_at}`,
            version: written.version,
          },
        ]),
    ...(deleted === null
      ? []
      : [
          {
            id: 'deleted',
            name: 'Deleted',
            at: deleted.deleted_at,
            what: 'from the mirror; a tombstone keeps older changes from bringing it back',
            version: deleted.version,
          },
        ]),
  ];
  return steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** `asked` is the key as the verb takes it: `pk` or `key`. */
export function KeyHistoryPanel({
  lineageId,
  asked,
}: {
  lineageId: string;
  asked: { pk: string } | { key: string };
}) {
  const { project } = useSession();
  const { data, error } = useLiveObject<KeyHistory>(project.id, keyHistoryPath(lineageId), asked);
  if (data === undefined)
    return <p className={classes.muted}>{error?.message ?? 'The way of this key is being read.'}</p>;
  const steps = stepsOf(data);
  return (
    <section aria-label="Way of this key">
      <h3 className={classes.subtitle}>Way of this key</h3>
      <ol className={classes.way}>
        {steps.map((step) => (
          <li key={step.id} className={classes.step}>
            <strong>{step.name}</strong>
            <Timestamp at={step.at} />
            <p>
              Commit {step.version.commit_seq}, <WithTimes text={step.what} />
              {step.batchId === undefined ? null : (
                <>
                  {' '}
                  <Copyable value={step.batchId} label="batch id" />
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
      <ul className={classes.gone} aria-label="What is not kept">
        {data.not_kept.map((sentence) => (
          <li key={sentence}>
            <WithTimes text={sentence} />
          </li>
        ))}
      </ul>
    </section>
  );
}
