// What the HTTP layer needs of the process that it runs in.
import type { Db } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import { webRuntime } from '@/server/runtime/web';

export interface HttpHost {
  db: Db;
  clock: Clock;
  sessionSecret: string | undefined;
  /** Where the site is reached; undefined where that is not configured. */
  publicUrl: string | undefined;
  /** Where devices connect, without credentials. */
  brokerUrl: string;
}

/** The web process's own. */
export function webHost(): HttpHost {
  const { db, clock, env } = webRuntime();
  return {
    db,
    clock,
    sessionSecret: env.nextauthSecret,
    publicUrl: env.nextauthUrl,
    brokerUrl: brokerUrlOf(env.mqttUrl, env.mqttPort),
  };
}

/** The worker's own user and password in MQTT_URL are not for devices. */
function brokerUrlOf(mqttUrl: string | undefined, embeddedPort: number): string {
  if (mqttUrl === undefined) return `mqtt://127.0.0.1:${embeddedPort}`;
  const url = new URL(mqttUrl);
  return `${url.protocol}//${url.host}`;
}
