import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentFixture } from '@/server/testing/agent-fixture';

let device: AgentFixture;

beforeEach(async () => {
  device = await AgentFixture.open();
});

afterEach(async () => {
  expect(device.cloud.problems).toEqual([]);
  await device.close();
});

test('rows that a table already has are sent, and the changes that follow', async () => {
  device.sql(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, 'one'), (2, 'two');",
  );
  await device.start();
  await device.synced('t');
  device.sql(
    "UPDATE t SET name = 'zwei' WHERE id = 2; DELETE FROM t WHERE id = 1; INSERT INTO t VALUES (3, NULL);",
  );
  await device.synced('t');
  expect(device.cloud.mirror('t').size).toBe(2);
});

test('changes made while no agent runs are journaled by the triggers and sent later', async () => {
  device.sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER); INSERT INTO t VALUES (1, 1), (2, 2);');
  await device.start();
  await device.synced('t');
  await device.stop();
  device.sql('UPDATE t SET v = 9007199254740993 WHERE id = 1; DELETE FROM t WHERE id = 2;');
  await device.start();
  await device.synced('t');
  expect([...device.cloud.mirror('t').values()].join()).toContain('9007199254740993');
});
