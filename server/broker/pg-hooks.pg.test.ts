import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { PgHooks } from '@/server/broker/pg-hooks';
import { createDb } from '@/server/db/client';
import { device, deviceCredential, fleet, org, project } from '@/server/db/schema/tenancy';
import { systemClock } from '@/server/lib/clock';
import { hashPassword } from '@/server/lib/password';
import { createTestDatabase } from '@/server/testing/database';

const PASSWORD = 'device password';

test('a device that was let in before is let in while Postgres is away, a stranger is asked to come back', async () => {
  const gone = await createTestDatabase();
  const goneDb = createDb(gone.url);
  const own = new PgHooks(goneDb, systemClock, () => undefined);
  const [orgId, projectId, fleetId, id] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await goneDb.orm.insert(org).values({ id: orgId, name: 'o' });
  await goneDb.orm.insert(project).values({ id: projectId, orgId, name: 'p', topicSlug: 'a' });
  await goneDb.orm.insert(fleet).values({ id: fleetId, projectId, name: 'f' });
  await goneDb.orm.insert(device).values({ id, orgId, projectId, fleetId, name: 'd', rootTopic: 'a/d' });
  const passwordHash = await hashPassword(PASSWORD);
  await goneDb.orm.insert(deviceCredential).values({ deviceId: id, username: 'a/d', passwordHash });
  expect(await own.authenticateDevice('a/d', PASSWORD)).toBe(true);
  await own.stop();
  await gone.drop();
  expect(await own.authenticateDevice('a/d', PASSWORD)).toBe(true);
  await expect(own.authenticateDevice('a/d', 'wrong')).rejects.toThrow();
  await expect(own.authenticateDevice('a/x', PASSWORD)).rejects.toThrow();
  await goneDb.end();
});
