'use client';
// Making, renaming and deleting a fleet.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { createFleetAction, deleteFleetAction, renameFleetAction } from '@/server/console/actions/devices';
import type { Fleet } from '@/server/contract/fleet';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

/** What is asked for. */
export type FleetAsking = { what: 'create' } | { what: 'rename' | 'delete'; fleet: Fleet };

interface Props {
  asking: FleetAsking;
  onClose: () => void;
}

function NameDialog({ asking, onClose }: Props) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const before = asking.what === 'create' ? '' : asking.fleet.name;
  const [name, setName] = useState(before);
  const wanted = name.trim();
  const save = async () => {
    const saved = await run(
      'fleet',
      () =>
        asking.what === 'create'
          ? createFleetAction(project.id, { name: wanted })
          : renameFleetAction({ projectId: project.id, fleetId: asking.fleet.id }, { name: wanted }),
      asking.what === 'create' ? `Created the fleet ${wanted}` : `Renamed ${before} to ${wanted}`,
    );
    if (saved !== null) onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={asking.what === 'create' ? 'Create a fleet' : `Rename ${before}`}
      confirmLabel={asking.what === 'create' ? 'Create fleet' : 'Rename fleet'}
      disabled={wanted === '' || wanted === before}
      busy={busy !== null}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <TextInput
        label="Name of the fleet"
        value={name}
        data-autofocus
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && wanted !== '' && wanted !== before) void save();
        }}
      />
    </ConfirmDialog>
  );
}

function DeleteDialog({ fleet, onClose }: { fleet: Fleet; onClose: () => void }) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const remove = async () => {
    await run(
      'delete',
      () => deleteFleetAction({ projectId: project.id, fleetId: fleet.id }),
      `Deleted the fleet ${fleet.name}`,
    );
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      danger
      title={`Delete ${fleet.name}?`}
      confirmLabel="Delete fleet"
      busy={busy !== null}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      No device is registered in it. The policy that is set for it goes with it; its events stay.
    </ConfirmDialog>
  );
}

/** The dialog of `asking`. */
export function FleetDialog({ asking, onClose }: Props) {
  return asking.what === 'delete' ? (
    <DeleteDialog fleet={asking.fleet} onClose={onClose} />
  ) : (
    <NameDialog asking={asking} onClose={onClose} />
  );
}
