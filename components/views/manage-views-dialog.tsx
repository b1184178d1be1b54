'use client';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SavedView } from '@/server/contract/saved-views';
import { Dialog } from '@/components/ui/dialog';
import classes from './manage-views-dialog.module.css';

interface Props {
  opened: boolean;
  views: readonly SavedView[];
  busy: boolean;
  onRename: (view: SavedView, name: string) => void;
  onDelete: (view: SavedView) => void;
  onClose: () => void;
}

function Line({
  view,
  busy,
  onRename,
  onDelete,
}: Omit<Props, 'opened' | 'views' | 'onClose'> & { view: SavedView }) {
  const [typed, setTyped] = useState(view.name);
  const name = typed.trim();
  const isChanged = name !== '' && name !== view.name;
  return (
    <li className={classes.line}>
      <TextInput
        aria-label={`Name of the view ${view.name}`}
        className={classes.name ?? ''}
        value={typed}
        maxLength={80}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isChanged) onRename(view, name);
        }}
      />
      <Button variant="default" disabled={!isChanged || busy} onClick={() => onRename(view, name)}>
        Rename
      </Button>
      <Button
        variant="default"
        disabled={busy}
        aria-label={`Delete the view ${view.name}…`}
        onClick={() => onDelete(view)}
      >
        Delete…
      </Button>
    </li>
  );
}

/** Every view with its name to change, and a way to forget it. */
export function ManageViewsDialog({ opened, views, onClose, ...rest }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Saved views">
      <ul className={classes.list}>
        {views.map((view) => (
          <Line key={`${view.id}:${view.name}`} view={view} {...rest} />
        ))}
      </ul>
    </Dialog>
  );
}
