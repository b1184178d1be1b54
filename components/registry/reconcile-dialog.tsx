'use client';
// Asks before a reconcile, with what it will do: found out by doing it and undoing it.
import { useEffect, useState } from 'react';
import { reconcileAction } from '@/server/console/actions/registry';
import type { Outcome } from '@/server/console/actions/outcome';
import type { Reconciled, RegistryEntry } from '@/server/contract/registry';
import { answerOf } from '@/components/shell/answer-of';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { formatCounted } from '@/components/ui/format';
import classes from './registry.module.css';

const isNothing = ({ bound, replays }: Reconciled): boolean => bound === 0 && replays === 0;

function Found({ found }: { found: Reconciled }) {
  return (
    <div className={classes.stack}>
      <p>
        {formatCounted(found.lineages, 'device')} in scope on this schema.{' '}
        {isNothing(found) ? 'Everything is as it should be: there is nothing to do.' : null}
      </p>
      {isNothing(found) ? null : (
        <ul className={classes.notes}>
          <li>
            {formatCounted(found.bound, 'device')} {found.bound === 1 ? 'is' : 'are'} bound as this version
            says.
          </li>
          <li>
            {formatCounted(found.replays, 'replay')} of {formatCounted(found.staged_rows, 'staged row')}{' '}
            {found.replays === 1 ? 'is' : 'are'} scheduled.
          </li>
        </ul>
      )}
      {found.skipped.length === 0 ? null : (
        <div>
          <p>{formatCounted(found.skipped.length, 'device')} stay as they are:</p>
          <ul className={classes.tables}>
            {found.skipped.map(({ lineage_id: id, device_name: name, reason }) => (
              <li key={id}>
                {name}: {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** Opened for one entry; mount it when it opens, so that it looks again each time. */
export function ReconcileDialog({ entry, onClose }: { entry: RegistryEntry; onClose: () => void }) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const [found, setFound] = useState<Outcome<Reconciled> | null>(null);
  const { id: projectId } = project;
  const { id: registryId } = entry;
  useEffect(() => {
    let isGone = false;
    void answerOf(reconcileAction({ projectId, registryId }, { dry_run: true })).then((outcome) => {
      if (!isGone) setFound(outcome);
    });
    return () => {
      isGone = true;
    };
  }, [projectId, registryId]);
  const reconcile = async () => {
    await run(
      'reconcile',
      () => reconcileAction({ projectId, registryId }, { dry_run: false }),
      (done) =>
        `Reconciled: ${formatCounted(done.bound, 'device')} bound, ${formatCounted(done.replays, 'replay')} scheduled`,
    );
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={`Reconcile ${entry.source_table}?`}
      confirmLabel="Reconcile"
      busy={busy !== null}
      disabled={found?.ok !== true || isNothing(found.data)}
      onConfirm={() => void reconcile()}
      onClose={onClose}
    >
      <div role="status">
        {found === null ? (
          'Looking at every device in scope …'
        ) : found.ok ? (
          <Found found={found.data} />
        ) : (
          <p className={classes.bad}>{found.refusal.detail}</p>
        )}
      </div>
    </ConfirmDialog>
  );
}
