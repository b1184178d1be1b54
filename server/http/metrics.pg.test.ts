import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { PEER_HEADER } from '@/server/lib/client-address';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { testHost } from '@/server/testing/http';
import { beat } from '@/server/worker/heartbeat';
import { WorkerFigures } from '@/server/worker/figures';
import { metrics, type MetricsHost } from './metrics';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const scrape = (headers: Record<string, string>, metricsToken?: string): Promise<Response> => {
  const host: MetricsHost = { ...testHost(db), metricsToken };
  return metrics(new Request('http://x/metrics', { headers }), () => host);
};

it('tells the figures of the installation and of each worker', async () => {
  const figures = new WorkerFigures();
  figures.ingested({ code: null, rows: 10, duplicates: 2, staged: 0, seconds: 0.03 });
  figures.ingested({ code: null, rows: 5, duplicates: 0, staged: 5, seconds: 9 });
  figures.ingested({ code: 'invalid_json', rows: 0, duplicates: 0, staged: 0, seconds: 0.1 });
  const startedAt = new Date();
  const broker = { connected: true, detail: null };
  const beatOf = { slot: 'w1', version: '0', startedAt, broker, figures: figures.families(7) };
  await beat(db, beatOf, new Date());
  await beat(db, { ...beatOf, slot: 'w2' }, new Date(0));
  figures.stop();
  const reply = await scrape({ [PEER_HEADER]: '127.0.0.1' });
  expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await reply.text()).split('\n');
  for (const line of [
    'tidegate_staged_rows 0',
    'tidegate_pending_controls 0',
    'tidegate_breakers_open 0',
    'tidegate_worker_up{worker="w1"} 1',
    'tidegate_worker_up{worker="w2"} 0',
    'tidegate_batches_total{worker="w1"} 2',
    'tidegate_rows_total{worker="w1"} 15',
    'tidegate_duplicate_rows_total{worker="w1"} 2',
    'tidegate_rejections_total{code="invalid_json",worker="w1"} 1',
    'tidegate_ingest_seconds_bucket{le="0.025",worker="w1"} 0',
    'tidegate_ingest_seconds_bucket{le="0.05",worker="w1"} 1',
    'tidegate_ingest_seconds_count{worker="w1"} 1',
    'tidegate_queue_depth{worker="w1"} 7',
  ]) {
    expect(lines).toContain(line);
  }
  expect(lines.filter((line) => line.includes('worker="w2"'))).toHaveLength(2);
  expect(lines.filter((line) => line.startsWith('# TYPE tidegate_worker_up'))).toHaveLength(1);
});

it('are for the token, and without one for this machine alone', async () => {
  const token = 'a-token-of-the-metrics';
  expect((await scrape({ authorization: `Bearer ${token}` }, token)).status).toBe(200);
  expect((await scrape({ [PEER_HEADER]: '127.0.0.1' }, token)).status).toBe(401);
  expect((await scrape({ authorization: 'Bearer wrong' }, token)).status).toBe(401);
  expect((await scrape({ [PEER_HEADER]: '::1' })).status).toBe(200);
  expect((await scrape({ [PEER_HEADER]: '192.0.2.1' })).status).toBe(403);
  expect((await scrape({ 'x-forwarded-for': '127.0.0.1' })).status).toBe(403);
  // A proxy on this machine calls for somebody else.
  const proxied = { [PEER_HEADER]: '127.0.0.1', 'x-forwarded-for': '192.0.2.1' };
  expect((await scrape(proxied)).status).toBe(403);
});
