'use client';
// Makes a data point, for columns to be mapped to.
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createDataPointAction } from '@/server/console/actions/devices';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { FieldsForm } from '@/components/ui/fields-form';
import classes from './telemetry.module.css';

const TYPES = ['numeric', 'boolean', 'text'] as const;
type ValueType = (typeof TYPES)[number];

/** Asks for a name, a type and a unit. */
export function AddDataPointDialog({ deviceId, onClose }: { deviceId: string; onClose: () => void }) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const [name, setName] = useState('');
  const [type, setType] = useState<ValueType>('numeric');
  const [unit, setUnit] = useState('');
  const add = async () => {
    const made = await run(
      'point',
      () =>
        createDataPointAction(
          { projectId: project.id, deviceId },
          { name: name.trim(), value_type: type, ...(unit.trim() === '' ? {} : { unit: unit.trim() }) },
        ),
      `Made the data point ${name.trim()}`,
    );
    if (made !== null) onClose();
  };
  return (
    <ConfirmDialog
      opened
      title="Add a data point"
      confirmLabel="Add data point"
      disabled={name.trim() === ''}
      busy={busy !== null}
      onConfirm={() => void add()}
      onClose={onClose}
    >
      <FieldsForm
        className={classes.stack}
        ready={name.trim() !== '' && busy === null}
        onSubmit={() => void add()}
      >
        <p className={classes.muted}>A review can then map a column to it. Name and type stay as they are.</p>
        <TextInput
          label="Name of the data point"
          value={name}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label="Type of its values"
          value={type}
          data={TYPES}
          onChange={(event) => setType(TYPES.find((one) => one === event.currentTarget.value) ?? 'numeric')}
        />
        <TextInput
          label="Unit, if it has one"
          value={unit}
          autoComplete="off"
          onChange={(event) => setUnit(event.currentTarget.value)}
        />
      </FieldsForm>
    </ConfirmDialog>
  );
}
