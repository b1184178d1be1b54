'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { createDataPointInput } from '@/server/contract/telemetry';
import { createFleet } from '@/server/engine/devices/create-fleet';
import { deleteFleet } from '@/server/engine/devices/delete-fleet';
import { deleteDevice } from '@/server/engine/devices/delete-device';
import { removeDemo } from '@/server/engine/devices/remove-demo';
import { registerDevice } from '@/server/engine/devices/register-device';
import { renameFleet } from '@/server/engine/devices/rename-fleet';
import { rotateCredentials } from '@/server/engine/devices/rotate-credentials';
import { createDataPoint } from '@/server/engine/telemetry/create-data-point';
import { brokerUrl } from '../broker-url';
import { outcomeOf } from './outcome';

/** Which device, in which fleet and project. */
export interface DeviceTarget {
  projectId: string;
  fleetId: string;
  deviceId: string;
}

const fleetShape = z.strictObject({ projectId: uuid, fleetId: uuid });
const pointShape = z.strictObject({ projectId: uuid, deviceId: uuid });
const deviceShape = fleetShape.extend({ deviceId: uuid });

/** Registers a device; its password is in this answer and nowhere else. */
export async function registerDeviceAction(
  target: { projectId: string; fleetId: string },
  input: { name: string },
) {
  return outcomeOf(target.projectId, ({ ctx }) =>
    registerDevice({
      ctx,
      ...fleetShape.parse(target),
      input: { name: z.string().parse(input.name) },
      brokerUrl: brokerUrl(),
    }),
  );
}

/** A new MQTT password; the old one is of no use from now on. */
export async function rotateCredentialsAction(target: DeviceTarget) {
  return outcomeOf(target.projectId, ({ ctx }) =>
    rotateCredentials({ ctx, ...deviceShape.parse(target), brokerUrl: brokerUrl() }),
  );
}

/** Deletes a device with its cloud state. */
export async function deleteDeviceAction(target: DeviceTarget) {
  return outcomeOf(target.projectId, ({ ctx }) => deleteDevice({ ctx, ...deviceShape.parse(target) }));
}

/** Takes the devices of the demo away, each with its cloud state. */
export async function removeDemoAction(projectId: string) {
  return outcomeOf(projectId, ({ ctx }) => removeDemo({ ctx, projectId }));
}

/** Makes a data point that columns can be mapped to. */
export async function createDataPointAction(
  target: { projectId: string; deviceId: string },
  input: z.input<typeof createDataPointInput>,
) {
  return outcomeOf(target.projectId, ({ ctx }) =>
    createDataPoint({ ctx, ...pointShape.parse(target), input }),
  );
}

/** Makes a fleet. */
export async function createFleetAction(projectId: string, input: { name: string }) {
  return outcomeOf(projectId, ({ ctx }) => createFleet({ ctx, projectId, input }));
}

/** Gives a fleet another name. */
export async function renameFleetAction(
  target: { projectId: string; fleetId: string },
  input: { name: string },
) {
  return outcomeOf(target.projectId, ({ ctx }) =>
    renameFleet({ ctx, ...fleetShape.parse(target), input: { name: z.string().parse(input.name) } }),
  );
}

/** Deletes a fleet that nothing belongs to. */
export async function deleteFleetAction(target: { projectId: string; fleetId: string }) {
  return outcomeOf(target.projectId, ({ ctx }) => deleteFleet({ ctx, ...fleetShape.parse(target) }));
}
