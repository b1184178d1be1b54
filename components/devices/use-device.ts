'use client';
// What the page of one device can do.
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { deleteDeviceAction, rotateCredentialsAction } from '@/server/console/actions/devices';
import type { Device, MqttConnection } from '@/server/contract/fleet';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { formatCounted } from '@/components/ui/format';

export type DeviceAsking = 'rotate' | 'delete';

export interface DeviceModel {
  device: Device;
  /** Why it may not be changed; undefined where it may. */
  missing: string | undefined;
  busy: string | null;
  asking: DeviceAsking | null;
  ask: (what: DeviceAsking) => void;
  close: () => void;
  /** New credentials, until they are dismissed. */
  mqtt: MqttConnection | null;
  dismiss: () => void;
  rotate: () => void;
  remove: () => void;
}

/** The model of `device`; `open` asks at once. */
export function useDevice(device: Device, open: DeviceAsking | null): DeviceModel {
  const router = useRouter();
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const [asking, setAsking] = useState<DeviceAsking | null>(missing === undefined ? open : null);
  const [mqtt, setMqtt] = useState<MqttConnection | null>(null);
  const target = { projectId: project.id, fleetId: device.fleet_id, deviceId: device.id };
  const close = () => setAsking(null);
  const rotate = async () => {
    setMqtt(await run('rotate', () => rotateCredentialsAction(target), 'New credentials issued'));
    close();
  };
  const remove = async () => {
    const gone = await run(
      'delete',
      () => deleteDeviceAction(target),
      (result) =>
        `Deleted ${device.name}, ${formatCounted(result.deleted_lineages, 'lineage')} and ${formatCounted(result.deleted_staged_rows, 'staged row')}`,
    );
    close();
    if (gone !== null) router.push('/devices');
  };
  return {
    device,
    missing,
    busy,
    asking,
    ask: setAsking,
    close,
    mqtt,
    dismiss: () => setMqtt(null),
    rotate: () => void rotate(),
    remove: () => void remove(),
  };
}
