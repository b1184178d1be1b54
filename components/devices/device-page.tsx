'use client';
// One device: is it there, what does it send, what was refused, what is it still to hear.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Device } from '@/server/contract/fleet';
import type { Lineage } from '@/server/contract/governance';
import { EventTrail } from '@/components/events/event-trail';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataPointsPanel } from '@/components/telemetry/data-points-panel';
import { ActionButton } from '@/components/ui/action-button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Copyable } from '@/components/ui/copyable';
import { formatCounted } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Tag } from '@/components/ui/status-chip';
import { Timestamp } from '@/components/ui/time';
import { useBackTo } from '@/components/ui/trail';
import { AccessPanel } from './access-panel';
import { CredentialsDialog } from './credentials';
import { ConnectionPanel, ControlsPanel, LineagesPanel, RejectedPanel } from './device-panels';
import classes from './devices.module.css';
import { Presence } from './presence';
import { deviceParamsOf, fleetDevicePath } from './queries';
import { useFleets } from './use-fleets';
import { useDevice, type DeviceAsking, type DeviceModel } from './use-device';

function DeleteForm({ model }: { model: DeviceModel }) {
  const [typed, setTyped] = useState('');
  const { project } = useSession();
  const { device } = model;
  const { data } = useLivePage<Lineage>(project.id, 'edge/lineages', deviceParamsOf.lineages(device.id));
  const staged = data?.items.reduce((sum, lineage) => sum + lineage.staged_row_count, 0) ?? 0;
  return (
    <ConfirmDialog
      opened
      danger
      title={`Delete ${device.name}?`}
      confirmLabel="Delete device"
      disabled={typed !== device.name || data === undefined}
      busy={model.busy !== null}
      onConfirm={model.remove}
      onClose={model.close}
    >
      <div className={classes.stack}>
        <p>
          Its credentials, {formatCounted(data?.meta.total_items ?? 0, 'lineage')} with reviews and bindings,
          and <strong>{formatCounted(staged, 'staged row')}</strong> are deleted. This cannot be undone. Its
          mirror tables, rejected batches and events stay. The device can no longer connect.
        </p>
        <TextInput
          label={`Type ${device.name} to confirm`}
          value={typed}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
    </ConfirmDialog>
  );
}

function Dialogs({ model }: { model: DeviceModel }) {
  return (
    <>
      <ConfirmDialog
        opened={model.asking === 'rotate'}
        title={`Issue new credentials for ${model.device.name}?`}
        confirmLabel="Issue new password"
        danger
        busy={model.busy !== null}
        onConfirm={model.rotate}
        onClose={model.close}
      >
        The present password stops working at once: the device is cut off until its agent has the new one,
        which is shown a single time.
      </ConfirmDialog>
      {model.asking === 'delete' ? <DeleteForm model={model} /> : null}
      {model.mqtt === null ? null : (
        <CredentialsDialog
          mqtt={model.mqtt}
          title={`New credentials of ${model.device.name}`}
          onClose={model.dismiss}
        />
      )}
    </>
  );
}

function HeaderFacts({ device }: { device: Device }) {
  const fleets = useFleets();
  return (
    <>
      <Presence device={device} />
      {device.is_demo ? <Tag>demo</Tag> : null}
      <span>
        Fleet{' '}
        <Link href={`/devices?fleet=${device.fleet_id}`} className={classes.link}>
          {fleets.find(({ id }) => id === device.fleet_id)?.name ?? 'of this device'}
        </Link>
      </span>
      <span>
        Registered <Timestamp at={device.created_at} />
      </span>
      <Copyable value={device.id} label="device id" />
    </>
  );
}

function Loaded({ device, open }: { device: Device; open: DeviceAsking | null }) {
  const model = useDevice(device, open);
  const backTo = useBackTo();
  const group = 'Device';
  useKeys([
    { keys: ['Escape'], label: 'Back to devices', group, run: () => backTo('/devices') },
    {
      keys: ['D'],
      label: 'Delete the device',
      group,
      run: () => model.ask('delete'),
      disabledReason: model.missing,
    },
    {
      keys: [],
      label: 'Issue new credentials',
      group,
      run: () => model.ask('rotate'),
      disabledReason: model.missing,
    },
  ]);
  return (
    <>
      <PageHeader
        title={device.name}
        back={{ href: '/devices', label: 'Devices' }}
        facts={<HeaderFacts device={device} />}
        actions={
          <>
            <ActionButton
              variant="default"
              disabledReason={model.missing}
              onClick={() => model.ask('rotate')}
            >
              New credentials…
            </ActionButton>
            <ActionButton
              variant="default"
              hotkey="D"
              disabledReason={model.missing}
              onClick={() => model.ask('delete')}
            >
              Delete…
            </ActionButton>
          </>
        }
      />
      <div className={classes.grid}>
        <div className={classes.column}>
          <LineagesPanel device={device} />
          <DataPointsPanel deviceId={device.id} fleetId={device.fleet_id} />
          <EventTrail
            title="Timeline"
            params={deviceParamsOf.events(device.id)}
            more={`/events?device=${device.id}`}
            here={[device.name]}
          />
        </div>
        <aside className={classes.column}>
          <ConnectionPanel device={device} />
          <AccessPanel deviceId={device.id} />
          <RejectedPanel deviceId={device.id} />
          <ControlsPanel deviceId={device.id} />
        </aside>
      </div>
      <Dialogs model={model} />
    </>
  );
}

/** The page of the device `deviceId` of `fleetId`. */
export function DevicePage(props: { fleetId: string; deviceId: string; open: DeviceAsking | null }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<Device>(project.id, fleetDevicePath(props.fleetId, props.deviceId));
  if (data === undefined) return <p role="alert">{error?.message ?? 'The device is being read.'}</p>;
  return <Loaded device={data} open={props.open} />;
}
