/** Each state that the doctor has to recognise, made for real, and that a healthy device has no finding but ok. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock, type Clock } from '@/server/lib/clock';
import { assert } from '@/server/lib/assert';
import { parseAgentConfig } from '@/server/agent/config';
import { examine, hasFailed, reportText } from '@/server/agent/doctor';
import type { Finding } from '@/server/agent/finding';
import { nextEpoch } from '@/server/agent/epoch';
import { openJournal } from '@/server/agent/source';
import { Sqlite } from '@/server/agent/sqlite';
import { openState } from '@/server/agent/state';
import {
  TEST_CA,
  TEST_CLIENT_CERT,
  TEST_CLIENT_KEY,
  TEST_SERVER_CERT,
  TEST_SERVER_KEY,
} from '@/server/testing/certificates';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let closing: (() => Promise<unknown>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidegate-doctor-'));
  closing = [];
  sql('CREATE TABLE t (id INTEGER PRIMARY KEY, v); CREATE TABLE log (line TEXT);');
});
afterEach(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const sql = (script: string): void => void execFileSync('sqlite3', [at('source.db'), script]);
const configOf = (extra: Record<string, unknown> = {}) =>
  parseAgentConfig(
    JSON.stringify({
      device: 'pump-01',
      source_db: at('source.db'),
      state_db: at('state.db'),
      mqtt: { url: 'mqtt://127.0.0.1:1' },
      tables: { log: 'ignore' },
      ...extra,
    }),
  );

/** Does what a started agent does to the file. */
function capture(): void {
  const state = openState(at('state.db'), () => undefined);
  openJournal({ config: configOf(), state, clock: systemClock }).journal.db.close();
  state.close();
}

interface Doors {
  tls?: boolean;
  signIn?: boolean;
  subscribe?: boolean;
  publish?: boolean;
}

/** A broker; each door is open unless it is said to be shut. Returns its address. */
async function startBroker({ tls = false, signIn = true, subscribe = true, publish = true }: Doors = {}) {
  const broker = await Aedes.createBroker();
  broker.authenticate = (_client, _username, _password, done) => done(null, signIn);
  broker.authorizeSubscribe = (_client, subscription, done) => done(null, subscribe ? subscription : null);
  broker.authorizePublish = (_client, _packet, done) => done(publish ? null : new Error('denied'));
  const server: Server = tls
    ? createTlsServer({ cert: TEST_SERVER_CERT, key: TEST_SERVER_KEY }, broker.handle)
    : createServer(broker.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert(typeof address === 'object' && address !== null, 'the server listens');
  closing.push(
    () => new Promise<void>((resolve) => broker.close(() => resolve())),
    () => new Promise<void>((resolve) => server.close(() => resolve())),
  );
  return `127.0.0.1:${address.port}`;
}

function tlsFiles() {
  const files = { 'ca.pem': TEST_CA, 'cert.pem': TEST_CLIENT_CERT, 'key.pem': TEST_CLIENT_KEY };
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  return { ca: at('ca.pem'), cert: at('cert.pem'), key: at('key.pem') };
}

const at2100: Clock = { now: () => new Date('2200-01-01T00:00:00Z') };
const find = (findings: Finding[], check: string): Finding | undefined =>
  findings.find((finding) => finding.check === check);
const look = (extra: Record<string, unknown> = {}, clock = systemClock) =>
  examine(configOf(extra), clock, 3_000);

describe('a healthy device', () => {
  it('has nothing but ok, over TLS with its own certificate, and the report says what was looked at', async () => {
    capture();
    const url = `mqtts://${await startBroker({ tls: true })}`;
    const findings = await look({ mqtt: { url, ...tlsFiles() } });
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual([
      'database',
      'triggers',
      'journal',
      'clock',
      'state',
      'client certificate',
      'broker',
      'broker certificate',
      'sign-in',
      'subscribe',
      'publish',
    ]);
    expect(hasFailed(findings)).toBe(false);
    expect(reportText(findings)).toContain('OK    broker certificate  valid from');
  });
});

describe('the broker', () => {
  it.each<[string, Doors, string]>([
    ['refuses the sign-in', { signIn: false }, 'sign-in'],
    ['denies the subscription', { subscribe: false }, 'subscribe'],
    ['denies the publication', { publish: false }, 'publish'],
  ])('%s', async (_, doors, check) => {
    capture();
    const findings = await look({ mqtt: { url: `mqtt://${await startBroker(doors)}` } });
    expect(find(findings, check)).toMatchObject({ status: 'fail' });
    expect(findings.filter(({ status }) => status === 'fail')).toHaveLength(1);
  });

  it('is not there', async () => {
    const findings = await look();
    expect(find(findings, 'broker')).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('127.0.0.1:1'),
    });
    expect(hasFailed(findings)).toBe(true);
    expect(reportText(findings)).toContain('→ check the address');
  });

  it('has a certificate of another CA, or speaks no TLS', async () => {
    const { cert, key } = tlsFiles();
    const url = `mqtts://${await startBroker({ tls: true })}`;
    expect(find(await look({ mqtt: { url, cert, key } }), 'broker certificate')).toMatchObject({
      status: 'fail',
      next: expect.stringContaining('mqtt.ca'),
    });
    const plain = `mqtts://${await startBroker()}`;
    expect(find(await look({ mqtt: { url: plain, cert, key } }), 'broker certificate')).toMatchObject({
      status: 'fail',
    });
  });

  it('and the device have certificates that are past their dates, or soon are', async () => {
    const mqtt = { url: `mqtts://${await startBroker({ tls: true })}`, ...tlsFiles() };
    const late = await look({ mqtt }, at2100);
    expect(['client certificate', 'broker certificate'].map((check) => find(late, check)?.evidence)).toEqual([
      expect.stringContaining('expired'),
      expect.stringContaining('expired'),
    ]);
    const end = new Date(/ to (\S+)/.exec(find(late, 'client certificate')?.evidence ?? '')?.[1] ?? '');
    const soon = { now: () => new Date(end.getTime() - 86_400_000) };
    expect(find(await look({ mqtt }, soon), 'client certificate')).toMatchObject({ status: 'warn' });
    const early = { now: () => new Date('2001-01-01T00:00:00Z') };
    expect(find(await look({ mqtt }, early), 'client certificate')?.next).toContain('clock');
  });

  it('would be shown a key or a name that does not fit', async () => {
    const files = tlsFiles();
    const url = 'mqtts://127.0.0.1:1';
    writeFileSync(files.key, TEST_SERVER_KEY);
    const wrongKey = await look({ mqtt: { url, ...files } });
    expect(find(wrongKey, 'client certificate')?.evidence).toContain('does not belong');
    writeFileSync(files.key, TEST_CLIENT_KEY);
    const wrongName = await look({ device: 'pump-02', mqtt: { url, ...files } });
    expect(find(wrongName, 'client certificate')?.evidence).toContain('its CN is "pump-01"');
  });
});

describe('the files', () => {
  it('a source that is missing, or no database', async () => {
    expect(find(await look({ source_db: at('none.db') }), 'database')).toMatchObject({ status: 'fail' });
    writeFileSync(at('text.db'), 'no database at all, but long enough to be looked at as one'.repeat(20));
    expect(find(await look({ source_db: at('text.db') }), 'database')).toMatchObject({ status: 'fail' });
  });

  it('a source that another program holds locked', async () => {
    const other = Sqlite.openExisting(at('source.db'), 1_000);
    other.exec('BEGIN IMMEDIATE');
    expect(find(await look(), 'database')?.evidence).toContain('locked');
    other.exec('ROLLBACK');
    other.close();
  });

  it('triggers that are not there yet, were dropped, or belong to an altered table', async () => {
    expect(find(await look(), 'triggers')).toMatchObject({ status: 'warn' });
    capture();
    expect(find(await look(), 'triggers')).toMatchObject({ status: 'ok', evidence: 'complete on 1 tables' });
    sql('ALTER TABLE t ADD COLUMN w;');
    expect(find(await look(), 'triggers')).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('"t"'),
    });
    capture();
    sql('DROP TRIGGER _tidegate_2_ai;');
    expect(find(await look(), 'triggers')).toMatchObject({ status: 'fail' });
  });

  it('tables that are not replicated', async () => {
    capture();
    const findings = await look({ tables: {} });
    expect(find(findings, 'tables')).toMatchObject({
      status: 'warn',
      evidence: '"log": it has no PRIMARY KEY',
    });
  });

  it('a journal near its limit', async () => {
    capture();
    sql(`WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 900)
      INSERT INTO t SELECT x, printf('%.*c', 100, 'v') FROM n;`);
    const findings = await look({ local_retention_bytes: 65_536 });
    expect(find(findings, 'journal')).toMatchObject({
      status: 'warn',
      evidence: expect.stringContaining('900 entries'),
    });
  });

  it('a clock that is behind the journal', async () => {
    capture();
    const later = nextEpoch(new Date(Date.now() + 3_600_000), []);
    sql(`UPDATE _tidegate_meta SET value = '${later}' WHERE key = 'epoch';`);
    expect(find(await look(), 'clock')).toMatchObject({ status: 'fail' });
  });

  it('a state file with a pause, a rejected batch, a gap and a held row, or one that is none', async () => {
    const state = openState(at('state.db'), () => undefined);
    state.db.exec("INSERT INTO pause VALUES ('t', 'backpressure', '2026-01-01')");
    state.hold('e', 1, 5n, 'too large');
    state.recordGap({
      sourceTable: 't',
      epoch: 'e',
      first: 1n,
      last: 9n,
      rows: 9,
      reason: 'full',
      at: 'now',
    });
    const batch = { sourceTable: 't', batchId: 'b', epoch: 'e', schemaHash: 'h', payload: new Uint8Array(1) };
    state.addInflight({ ...batch, kind: 'rows', shape: 1, lastSeq: 1n, rowCount: 1, rejectedCode: null });
    state.markRejected('b', 'invalid_pk');
    state.close();
    const findings = await look();
    expect(['paused', 'rejected', 'gaps', 'held'].map((check) => find(findings, check))).toMatchObject([
      { status: 'warn', evidence: 't (backpressure)' },
      { status: 'fail', evidence: 't (invalid_pk)' },
      { status: 'warn', evidence: 't (9 rows)' },
      { status: 'warn', evidence: '1 rows cannot be sent' },
    ]);
    writeFileSync(at('text.db'), 'no database at all, but long enough to be looked at as one'.repeat(20));
    expect(find(await look({ state_db: at('text.db') }), 'state')).toMatchObject({ status: 'fail' });
  });
});
