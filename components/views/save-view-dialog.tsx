'use client';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

interface Props {
  opened: boolean;
  /** Names that are taken: saving under one replaces its filters. */
  names: readonly string[];
  busy: boolean;
  onSave: (name: string) => void;
  onClose: () => void;
}

/** Asks for the name. */
export function SaveViewDialog({ opened, names, busy, onSave, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const isTaken = names.includes(name);
  return (
    <ConfirmDialog
      opened={opened}
      title="Save this view"
      confirmLabel={isTaken ? `Replace "${name}"` : 'Save view'}
      busy={busy}
      disabled={name === ''}
      onConfirm={() => onSave(name)}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="Filters and order, for you alone. To share them, share the page’s address."
        value={typed}
        maxLength={80}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && name !== '') onSave(name);
        }}
        data-autofocus
      />
    </ConfirmDialog>
  );
}
