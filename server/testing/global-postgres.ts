/**
 * One PostgreSQL for the whole test run, with one migrated template that each test file clones. Test files share
 * a server and never a database: a file that leaves rows behind cannot make another one fail.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/server/db/migrate';
import { startEmbeddedPostgres } from '@/server/runtime/embedded-postgres';

declare module 'vitest' {
  export interface ProvidedContext {
    testPostgres: { adminUrl: string; template: string };
  }
}

/** Speed only: a test database that a power cut may corrupt is thrown away with its folder. */
const FAST = { fsync: 'off', full_page_writes: 'off', max_connections: '300', shared_buffers: '64MB' };

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: () => Promise.resolve() };
  const dataDir = mkdtempSync(join(tmpdir(), 'tidegate-test-'));
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings: FAST });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Called once per run by vitest; returns the teardown. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `tidegate_template_${randomBytes(6).toString('hex')}`;
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
  try {
    await admin`create database ${admin(template)}`;
    const templateUrl = new URL(server.url);
    templateUrl.pathname = `/${template}`;
    await migrate(templateUrl.href);
  } catch (error) {
    await admin.end();
    await server.stop();
    throw error;
  }
  project.provide('testPostgres', { adminUrl: server.url, template });
  return async () => {
    await admin`drop database if exists ${admin(template)} with (force)`;
    await admin.end();
    await server.stop();
  };
}
