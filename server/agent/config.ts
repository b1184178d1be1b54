/**
 * The agent's settings, read once and checked whole. A wrong value stops the start with a sentence that names
 * it; found later it would look like a fault of the network or of the data.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { FLUSH_INTERVAL_MS } from '@/server/protocol/limits';
import { isDeviceName } from '@/server/protocol/topics';

const LOCAL_RETENTION_BYTES_DEFAULT = 256 * 1024 * 1024;
/** Under the protocol's 5 s, so that a row is with the broker within them, polling included. */
const FLUSH_MS_DEFAULT = 4_000;
const POLL_MS_DEFAULT = 250;

const TELEMETRY_NEEDS = 'telemetry needs its time column: { mode: telemetry, ts_column: ts }';

const tableMode = z
  .enum(['rows', 'ignore', 'telemetry'])
  .refine((mode): boolean => mode !== 'telemetry', TELEMETRY_NEEDS);

const tableSettings = z
  .strictObject({
    mode: z.enum(['rows', 'ignore', 'telemetry']),
    ts_column: z.string().min(1).optional(),
    /** Every column where not given. The time column always goes along. */
    include_columns: z.array(z.string().min(1)).min(1).optional(),
  })
  .refine((table) => table.mode !== 'telemetry' || table.ts_column !== undefined, TELEMETRY_NEEDS)
  .refine(
    (table) =>
      table.mode === 'telemetry' || (table.ts_column === undefined && table.include_columns === undefined),
    'ts_column and include_columns belong to mode: telemetry',
  );

const mqttSettings = z.strictObject({
  url: z
    .string()
    .refine((text) => /^(mqtts?|tcp|tls|ssl|wss?):\/\/./.test(text), 'must be a URL like mqtts://host:8883'),
  username: z.string().optional(),
  password: z.string().optional(),
  /** A file whose first line is the password, so that it need not stand in the configuration. */
  password_file: z.string().optional(),
  /** The device's name where not given. */
  client_id: z.string().optional(),
  ca: z.string().optional(),
  cert: z.string().optional(),
  key: z.string().optional(),
});

const settings = z.strictObject({
  device: z.string().refine(isDeviceName, 'must be a device name: 1 to 63 characters, no space, /, + or #'),
  /** `slug/device`, or `/device` where the project has no slug; the latter where not given. */
  root_topic: z.string().optional(),
  source_db: z.string().min(1),
  state_db: z.string().min(1),
  mqtt: mqttSettings,
  snapshot_on_first_run: z.boolean().default(true),
  local_retention_bytes: z.number().int().min(65_536).default(LOCAL_RETENTION_BYTES_DEFAULT),
  flush_ms: z.number().int().min(10).max(FLUSH_INTERVAL_MS).default(FLUSH_MS_DEFAULT),
  poll_ms: z.number().int().min(10).max(FLUSH_INTERVAL_MS).default(POLL_MS_DEFAULT),
  /**
   * What ends a batch: the worker's receipt (`required`), the broker's acknowledgement (`puback`), or receipts
   * as soon as this cloud has sent one, and the broker's word until then (`auto`).
   */
  receipts: z.enum(['auto', 'required', 'puback']).default('auto'),
  tables: z.record(z.string(), z.union([tableMode, tableSettings])).default({}),
});

export interface AgentConfig {
  readonly device: string;
  readonly rootTopic: string;
  readonly sourceDbPath: string;
  readonly stateDbPath: string;
  readonly mqtt: {
    readonly url: string;
    readonly username?: string;
    readonly password?: string;
    readonly clientId: string;
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
  };
  readonly snapshotOnFirstRun: boolean;
  readonly localRetentionBytes: number;
  readonly flushMs: number;
  readonly pollMs: number;
  readonly receipts: 'auto' | 'required' | 'puback';
  readonly ignoredTables: ReadonlySet<string>;
  /** By table. */
  readonly telemetryTables: ReadonlyMap<string, TelemetrySettings>;
}

/** How the rows of a table are sent as samples. */
export interface TelemetrySettings {
  readonly tsColumn: string;
  /** Null for every column. */
  readonly includeColumns: readonly string[] | null;
}

/** The settings cannot be used; the message has one line per fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from the text of a YAML file (null where there is none) and from the environment names of agents of
 * this kind, which go before the file. Throws ConfigError.
 */
export function parseAgentConfig(yaml: string | null, env: Environment = {}): AgentConfig {
  const parsed = settings.safeParse(merged(readYaml(yaml), env));
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(sentence).join('\n'));
  const { data } = parsed;
  const {
    client_id: clientId,
    password_file: passwordFile,
    password,
    username,
    ca,
    cert,
    key,
    url,
  } = data.mqtt;
  const secret = passwordFile === undefined ? password : firstLineOf(passwordFile);
  return {
    device: data.device,
    rootTopic: data.root_topic ?? `/${data.device}`,
    sourceDbPath: data.source_db,
    stateDbPath: data.state_db,
    mqtt: {
      url,
      clientId: clientId ?? data.device,
      ...(username === undefined ? {} : { username }),
      ...(secret === undefined ? {} : { password: secret }),
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    },
    snapshotOnFirstRun: data.snapshot_on_first_run,
    localRetentionBytes: data.local_retention_bytes,
    flushMs: data.flush_ms,
    pollMs: data.poll_ms,
    receipts: data.receipts,
    ignoredTables: new Set(
      Object.entries(data.tables).flatMap(([name, t]) => (modeOf(t) === 'ignore' ? [name] : [])),
    ),
    telemetryTables: new Map(
      Object.entries(data.tables).flatMap(([name, t]) =>
        typeof t === 'string' || t.mode !== 'telemetry'
          ? []
          : [[name, { tsColumn: t.ts_column ?? '', includeColumns: t.include_columns ?? null }]],
      ),
    ),
  };
}

const modeOf = (table: string | { mode: string }): string => (typeof table === 'string' ? table : table.mode);

function readYaml(text: string | null): Record<string, unknown> {
  if (text === null) return {};
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new ConfigError(
      `the configuration is not YAML: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new ConfigError('the configuration must be a YAML mapping, like "device: pump-01"');
  return { ...value };
}

function merged(file: Record<string, unknown>, env: Environment): Record<string, unknown> {
  const fileMqtt = file['mqtt'];
  const mqtt: Record<string, unknown> =
    typeof fileMqtt === 'object' && fileMqtt !== null ? { ...fileMqtt } : {};
  const result: Record<string, unknown> = { ...file, mqtt };
  const take = (target: Record<string, unknown>, key: string, name: string): void => {
    const value = env[name];
    if (value !== undefined && value !== '') target[key] = value;
  };
  take(result, 'device', 'OMEGA_DEVICE_ID');
  take(result, 'root_topic', 'OMEGA_ROOT_TOPIC');
  take(result, 'source_db', 'OMEGA_SOURCE_DB_PATH');
  take(result, 'state_db', 'OMEGA_STATE_DB_PATH');
  take(mqtt, 'url', 'OMEGA_MQTT_BROKER_URL');
  take(mqtt, 'ca', 'OMEGA_TLS_CA_PATH');
  take(mqtt, 'cert', 'OMEGA_TLS_CERT_PATH');
  take(mqtt, 'key', 'OMEGA_TLS_KEY_PATH');
  return result;
}

const firstLineOf = (path: string): string => readFileSync(path, 'utf8').split('\n')[0]?.trimEnd() ?? '';

function sentence(issue: z.core.$ZodIssue): string {
  const nested =
    issue.code === 'invalid_union' ? issue.errors.flat().find((e) => e.code === 'custom') : undefined;
  return `${issue.path.join('.') || 'configuration'}: ${nested?.message ?? issue.message}`;
}
