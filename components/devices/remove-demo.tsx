'use client';
// Ends the demo: once real devices are there, its own are in the way of every count.
import { useState } from 'react';
import { removeDemoAction } from '@/server/console/actions/devices';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

/** A button that asks first; `missing` is why it cannot be used. */
export function RemoveDemo({ missing }: { missing: string | undefined }) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await run('remove-demo', () => removeDemoAction(project.id), 'Removed the demo');
    setAsking(false);
  };
  return (
    <>
      <ActionButton variant="default" disabledReason={missing} onClick={() => setAsking(true)}>
        Remove the demo…
      </ActionButton>
      <ConfirmDialog
        opened={asking}
        danger
        title="Remove the demo?"
        confirmLabel="Remove the demo devices"
        busy={busy !== null}
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      >
        Every device that is marked demo is deleted, with its credentials, lineages, reviews and staged rows,
        and its agent stops. Their mirror tables, rejected batches and events stay. This cannot be undone, and
        no later start brings the demo back.
      </ConfirmDialog>
    </>
  );
}
