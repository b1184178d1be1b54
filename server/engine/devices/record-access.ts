// Written by the broker: who connected, and who was turned away. An unknown username belongs to the project whose
// slug begins it, so that an operator sees the device that spells its own name wrong; what belongs to no project
// nobody sees.
import { KEPT_DAYS } from '@/server/contract/retention';
import { mqttAccessEvent, type ACCESS_KINDS } from '@/server/db/schema/operations';
import type { Db } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';

const TEXT_CHARS_MAX = 500;

export interface Access {
  kind: (typeof ACCESS_KINDS)[number];
  /** The MQTT username; a device's root topic. */
  username: string;
  topic?: string | null;
  reason?: string | null;
}

/** NUL is the one character that Postgres cannot store, and no topic may hold it. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '').slice(0, TEXT_CHARS_MAX);

/** Writes one access event. It is never given a password, so none can get in. */
export async function recordAccess(
  { db, clock }: { db: Db; clock: Clock },
  { kind, username, topic, reason }: Access,
): Promise<void> {
  const name = storable(username);
  const [owner] = await db.sql<{ project_id: string; fleet_id: string | null; device_id: string | null }[]>`
    select project_id, fleet_id, id as device_id from tidegate.device where root_topic = ${name}
    union all
    select id, null, null from tidegate.project where topic_slug = split_part(${name}, '/', 1)
    limit 1`;
  await db.orm.insert(mqttAccessEvent).values({
    id: uuidV7(),
    kind,
    at: clock.now(),
    projectId: owner?.project_id ?? null,
    fleetId: owner?.fleet_id ?? null,
    deviceId: owner?.device_id ?? null,
    username: name,
    topic: topic === undefined || topic === null ? null : storable(topic),
    reason: reason === undefined || reason === null ? null : storable(reason),
  });
}

/** Removes what is older than two weeks. */
export async function sweepAccessEvents({ db, clock }: { db: Db; clock: Clock }): Promise<void> {
  await db.sql`
    delete from tidegate.mqtt_access_event
    where at < ${clock.now().toISOString()}::timestamptz - make_interval(days => ${KEPT_DAYS.access_events})`;
}
