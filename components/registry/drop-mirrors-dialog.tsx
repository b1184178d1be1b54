'use client';
// Asks before tables are dropped, and names every one of them.
import type { Consolidation } from '@/server/contract/registry';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { formatCounted } from '@/components/ui/format';
import classes from './registry.module.css';

interface Props {
  opened: boolean;
  job: Consolidation;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** The tables by name, and what their going means. */
export function DropMirrorsDialog({ opened, job, busy, onConfirm, onClose }: Props) {
  const { old_mirrors: tables } = job;
  return (
    <ConfirmDialog
      opened={opened}
      title={`Drop ${formatCounted(tables.length, 'old mirror table')}?`}
      confirmLabel={`Drop ${formatCounted(tables.length, 'table')}`}
      busy={busy}
      danger
      disabled={tables.length === 0}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {tables.length === 1 ? 'This table and its rows go' : 'These tables and their rows go'} for good. The
      rows are in the shared mirror of {job.source_table} under their devices; queries that name an old table
      fail from now on.
      <ul className={classes.tables} aria-label="Tables that go" tabIndex={0}>
        {tables.map((name) => (
          <li key={name}>tidegate_mirror.{name}</li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
