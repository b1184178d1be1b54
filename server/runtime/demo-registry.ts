/**
 * The demo devices as the installation knows them. A device that was registered once and is gone was removed by
 * an operator and stays so; its password is kept in its folder, so that every later start is the same device.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Db } from '@/server/db/client';
import { ensureDefaultPlaces, type DefaultPlaces } from '@/server/engine/auth/default-installation';
import type { Ctx } from '@/server/engine/context/context';
import { registerDevice } from '@/server/engine/devices/register-device';
import { rotateCredentials } from '@/server/engine/devices/rotate-credentials';
import { systemClock } from '@/server/lib/clock';
import { uuidV4 } from '@/server/lib/uuid';
import { readIfThere, writePrivate } from '@/server/runtime/private-file';

const keptDevice = z.object({
  projectId: z.string(),
  deviceId: z.string(),
  username: z.string(),
  password: z.string(),
  clientId: z.string(),
  rootTopic: z.string(),
});

/** How a demo device connects; kept in its folder, readable by its owner alone. */
export type DemoDevice = z.infer<typeof keptDevice>;

export class DemoRegistry {
  private constructor(
    private readonly db: Db,
    private readonly places: DefaultPlaces,
    /** Where each device has a folder of its own. */
    readonly folder: string,
    private readonly brokerUrl: string,
  ) {}

  static async open(options: { db: Db; folder: string; brokerUrl: string }): Promise<DemoRegistry> {
    const places = await options.db.transaction((tx) => ensureDefaultPlaces(tx));
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    return new DemoRegistry(options.db, places, options.folder, options.brokerUrl);
  }

  folderOf(name: string): string {
    return join(this.folder, name);
  }

  /** The device, registered where it never was; null where an operator has removed it. */
  async ensureDevice(name: string): Promise<DemoDevice | null> {
    const kept = this.read(name);
    const deviceId = await this.find(name);
    if (kept !== null && kept.projectId === this.places.projectId) {
      if (deviceId === kept.deviceId) return kept;
      if (deviceId === null) return null;
    }
    // What another installation left here would be taken for this device's past.
    rmSync(this.folderOf(name), { recursive: true, force: true });
    mkdirSync(this.folderOf(name), { recursive: true, mode: 0o700 });
    const device = deviceId === null ? await this.register(name) : await this.renew(deviceId);
    writePrivate(this.keptPath(name), `${JSON.stringify(device, null, 2)}\n`);
    return device;
  }

  /** The names of `names` that are still registered. */
  async remaining(names: readonly string[]): Promise<string[]> {
    const rows = await this.db.sql<{ name: string }[]>`
      select name from tidegate.device
      where project_id = ${this.places.projectId} and is_demo and name = any(${[...names]})`;
    return rows.map(({ name }) => name);
  }

  private keptPath(name: string): string {
    return join(this.folderOf(name), 'mqtt.json');
  }

  private read(name: string): DemoDevice | null {
    const text = readIfThere(this.keptPath(name));
    if (text === undefined) return null;
    const parsed = keptDevice.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  }

  private async find(name: string): Promise<string | null> {
    const [row] = await this.db.sql<{ id: string }[]>`
      select id from tidegate.device where project_id = ${this.places.projectId} and name = ${name} and is_demo`;
    return row?.id ?? null;
  }

  private async register(name: string): Promise<DemoDevice> {
    const { projectId, fleetId } = this.places;
    const { brokerUrl } = this;
    const input = { name, isDemo: true };
    const made = await registerDevice({ ctx: this.ctx(), projectId, fleetId, input, brokerUrl });
    return this.toDevice(made.device.id, made.mqtt);
  }

  private async renew(deviceId: string): Promise<DemoDevice> {
    const { projectId, fleetId } = this.places;
    const { brokerUrl } = this;
    return this.toDevice(
      deviceId,
      await rotateCredentials({ ctx: this.ctx(), projectId, fleetId, deviceId, brokerUrl }),
    );
  }

  private toDevice(
    deviceId: string,
    mqtt: { username: string; password: string; client_id: string; root_topic: string },
  ): DemoDevice {
    return {
      projectId: this.places.projectId,
      deviceId,
      username: mqtt.username,
      password: mqtt.password,
      clientId: mqtt.client_id,
      rootTopic: mqtt.root_topic,
    };
  }

  private ctx(): Ctx {
    return {
      db: this.db,
      actor: { kind: 'system', id: 'demo', label: 'demo fleet' },
      orgId: this.places.orgId,
      permissions: new Set(),
      correlationId: uuidV4(),
      clock: systemClock,
    };
  }
}
