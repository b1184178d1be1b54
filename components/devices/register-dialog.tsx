'use client';
// Registers a device in a fleet, which may be made on the way.
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createFleetAction, registerDeviceAction } from '@/server/console/actions/devices';
import type { Fleet, RegisteredDevice } from '@/server/contract/fleet';
import { isDeviceName } from '@/server/protocol/topics';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { FieldsForm } from '@/components/ui/fields-form';
import classes from './devices.module.css';

const NEW = 'new';

interface Props {
  fleets: readonly Fleet[];
  fleetId: string;
  onDone: (registered: RegisteredDevice) => void;
  onClose: () => void;
}

/** Asks for a name and a fleet. */
export function RegisterDialog({ fleets, fleetId, onDone, onClose }: Props) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const [fleetName, setFleetName] = useState('');
  const isBadName = name.trim() !== '' && !isDeviceName(name.trim());
  const fleet = chosen !== '' ? chosen : fleetId !== '' ? fleetId : (fleets[0]?.id ?? NEW);
  const isComplete = name.trim() !== '' && !isBadName && (fleet !== NEW || fleetName.trim() !== '');
  const ensureFleet = async (): Promise<string | null> => {
    if (fleet !== NEW) return fleet;
    const made = await run(
      'fleet',
      () => createFleetAction(project.id, { name: fleetName.trim() }),
      'Fleet created',
    );
    if (made !== null) setChosen(made.id);
    return made?.id ?? null;
  };
  const register = async () => {
    const into = await ensureFleet();
    if (into === null) return;
    const registered = await run(
      'register',
      () => registerDeviceAction({ projectId: project.id, fleetId: into }, { name: name.trim() }),
      `Registered ${name.trim()}`,
    );
    if (registered !== null) onDone(registered);
  };
  return (
    <ConfirmDialog
      opened
      title="Register a device"
      confirmLabel="Register device"
      disabled={!isComplete}
      busy={busy !== null}
      onConfirm={() => void register()}
      onClose={onClose}
    >
      <FieldsForm
        className={classes.stack}
        ready={isComplete && busy === null}
        onSubmit={() => void register()}
      >
        <p className={classes.muted}>
          The name becomes the device&apos;s MQTT client id and part of its topics. It cannot be changed
          later.
        </p>
        <TextInput
          label="Device name"
          value={name}
          error={isBadName ? '1 to 63 characters, without spaces, /, + and #.' : null}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label="Fleet"
          value={fleet}
          data={[
            ...fleets.map(({ id, name: label }) => ({ value: id, label })),
            { value: NEW, label: 'New fleet…' },
          ]}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        {fleet === NEW ? (
          <TextInput
            label="Name of the new fleet"
            value={fleetName}
            autoComplete="off"
            onChange={(event) => setFleetName(event.currentTarget.value)}
          />
        ) : null}
      </FieldsForm>
    </ConfirmDialog>
  );
}
