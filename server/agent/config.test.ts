import { expect, test } from 'vitest';
import { ConfigError, parseAgentConfig } from '@/server/agent/config';

const MINIMAL = "{ device: pump-01, source_db: s.db, state_db: t.db, mqtt: { url: 'mqtts://broker:8883' } }";

test('a minimal file gives the documented defaults', () => {
  const config = parseAgentConfig(MINIMAL);
  expect(config).toMatchObject({
    rootTopic: '/pump-01',
    snapshotOnFirstRun: true,
    localRetentionBytes: 268_435_456,
    receipts: 'auto',
    mqtt: { clientId: 'pump-01' },
  });
  expect(config.flushMs + config.pollMs).toBeLessThan(5_000);
});

test('the environment names alone are enough, and go before the file', () => {
  const env = {
    OMEGA_MQTT_BROKER_URL: 'mqtt://other:1883',
    OMEGA_DEVICE_ID: 'pump-02',
    OMEGA_ROOT_TOPIC: 'plant/pump-02',
    OMEGA_SOURCE_DB_PATH: '/data/source.db',
    OMEGA_STATE_DB_PATH: '/data/state.db',
    OMEGA_TLS_CA_PATH: 'ca.pem',
    OMEGA_TLS_CERT_PATH: 'cert.pem',
    OMEGA_TLS_KEY_PATH: 'key.pem',
  };
  const expected = {
    device: 'pump-02',
    rootTopic: 'plant/pump-02',
    sourceDbPath: '/data/source.db',
    stateDbPath: '/data/state.db',
    mqtt: { url: 'mqtt://other:1883', clientId: 'pump-02', ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' },
  };
  expect(parseAgentConfig(null, env)).toMatchObject(expected);
  expect(parseAgentConfig(MINIMAL, env)).toMatchObject(expected);
});

test('tables can be left out, by their exact names', () => {
  const config = parseAgentConfig(
    `${MINIMAL.slice(0, -1)}, tables: { a: ignore, 'b "c"': { mode: ignore }, d: rows } }`,
  );
  expect([...config.ignoredTables]).toEqual(['a', 'b "c"']);
});

test.each([
  [
    'telemetry',
    `${MINIMAL.slice(0, -1)}, tables: { temps: telemetry } }`,
    /tables\.temps: telemetry needs its time column/,
  ],
  [
    'telemetry with options',
    `${MINIMAL.slice(0, -1)}, tables: { temps: { mode: telemetry } } }`,
    /telemetry needs its time column/,
  ],
  ['a missing file', '{ device: a, state_db: t, mqtt: { url: mqtt://b } }', /source_db/],
  [
    'a bad URL',
    "{ device: a, source_db: s, state_db: t, mqtt: { url: 'http://b' } }",
    /mqtt\.url: must be a URL/,
  ],
  [
    'a bad name',
    "{ device: 'a/b', source_db: s, state_db: t, mqtt: { url: mqtt://b } }",
    /device: must be a device name/,
  ],
  ['a misspelled setting', `${MINIMAL.slice(0, -1)}, flush: 3 }`, /flush/],
  ['a flush above the protocol’s', `${MINIMAL.slice(0, -1)}, flush_ms: 6000 }`, /flush_ms/],
  ['no mapping', 'hello', /mapping/],
  ['no YAML', 'a: [', /not YAML/],
])('%s is refused by name', (_, yaml, message) => {
  expect(() => parseAgentConfig(yaml)).toThrow(ConfigError);
  expect(() => parseAgentConfig(yaml)).toThrow(message);
});
