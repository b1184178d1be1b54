/**
 * The one reader of the environment. A setting is checked here once, at start: a wrong value stops the start with
 * a sentence, where it would otherwise surface hours later as something that looks like a fault.
 */
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';

export interface Env {
  /** The console's and the API's port on 127.0.0.1. */
  port: number;
  /** True when PORT was given: another port is then never taken in its place. */
  isPortGiven: boolean;
  /** Absolute. */
  dataDir: string;
  /** Undefined: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  /** Undefined: the embedded broker. */
  mqttUrl: string | undefined;
  mqttPort: number;
  isMqttPortGiven: boolean;
  mqttTlsPort: number;
  adminEmail: string;
  /** Undefined: made at the first start. */
  adminPassword: string | undefined;
  bootstrapApiToken: string | undefined;
  objectStoreUrl: string;
  /** Days. */
  telemetryRetentionDays: number;
  /** Days. */
  ledgerRetentionDays: number;
  nextauthSecret: string | undefined;
  nextauthUrl: string | undefined;
  /** How many proxies of one's own stand in front and append to X-Forwarded-For; 0: it is not believed. */
  trustedProxies: number;
  /** API calls a minute. */
  rateLimitPerToken: number;
  rateLimitPerAddress: number;
  oidc: OidcEnv | undefined;
  /** True where webhooks may go to loopback and private addresses. */
  webhooksToPrivate: boolean;
  /** Undefined: the metrics are for the loopback alone. */
  metricsToken: string | undefined;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** An OIDC issuer whose people may sign in, and whose access tokens the API takes. */
export interface OidcEnv {
  issuer: string;
  /** Undefined: no access tokens are taken. */
  audience: string | undefined;
  /** Undefined: the one that the issuer's discovery document names. */
  jwksUrl: string | undefined;
  /** Undefined: no sign-in to the console. */
  client: { id: string; secret: string } | undefined;
  /** What the sign-in page calls it. */
  name: string;
}

/** One or more settings are wrong; the message has a sentence for each. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
const ADMIN_PASSWORD_CHARS_MIN = 8;
const SECRET_CHARS_MIN = 16;
const RETENTION_DAYS_MAX = 36_500;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535);

const count = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((number) => number >= min && number <= max);

const urlOf = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol));

interface Setting {
  schema: z.ZodType;
  /** How the sentence about a wrong value ends. */
  allowed: string;
  /** True: the value itself is never repeated. */
  isSecret?: true;
}

const SETTINGS = {
  PORT: { schema: port, allowed: 'a port number from 1 to 65535' },
  TIDEGATE_DATA_DIR: { schema: z.string(), allowed: 'the path of a folder' },
  DATABASE_URL: {
    schema: urlOf('postgres:', 'postgresql:'),
    allowed: 'a URL like postgres://user:password@host:5432/database',
    isSecret: true,
  },
  MQTT_URL: {
    schema: urlOf('mqtt:', 'mqtts:', 'tcp:', 'ssl:', 'ws:', 'wss:'),
    allowed: 'a URL like mqtt://user:password@host:1883 or mqtts://host:8883',
    isSecret: true,
  },
  TIDEGATE_MQTT_PORT: { schema: port, allowed: 'a port number from 1 to 65535' },
  TIDEGATE_MQTT_TLS_PORT: { schema: port, allowed: 'a port number from 1 to 65535' },
  TIDEGATE_ADMIN_EMAIL: { schema: z.email(), allowed: 'an e-mail address' },
  TIDEGATE_ADMIN_PASSWORD: {
    schema: z.string().min(ADMIN_PASSWORD_CHARS_MIN),
    allowed: `at least ${ADMIN_PASSWORD_CHARS_MIN} characters`,
    isSecret: true,
  },
  TIDEGATE_BOOTSTRAP_API_TOKEN: {
    schema: z.string().min(SECRET_CHARS_MIN).regex(/^\S+$/),
    allowed: `at least ${SECRET_CHARS_MIN} characters without spaces`,
    isSecret: true,
  },
  TIDEGATE_OBJECT_STORE_URL: {
    schema: urlOf('file:', 's3:'),
    allowed: 'a URL that begins with file: or s3:',
    isSecret: true,
  },
  TIDEGATE_TELEMETRY_RETENTION_DAYS: {
    schema: count(1, RETENTION_DAYS_MAX),
    allowed: 'a number of days from 1 to 36500',
  },
  TIDEGATE_LEDGER_RETENTION_DAYS: {
    schema: count(1, RETENTION_DAYS_MAX),
    allowed: 'a number of days from 1 to 36500',
  },
  NEXTAUTH_SECRET: {
    schema: z.string().min(SECRET_CHARS_MIN),
    allowed: `at least ${SECRET_CHARS_MIN} characters`,
    isSecret: true,
  },
  NEXTAUTH_URL: { schema: urlOf('http:', 'https:'), allowed: 'a URL that begins with http:// or https://' },
  TIDEGATE_TRUSTED_PROXIES: { schema: count(0, 10), allowed: 'a number from 0 to 10' },
  TIDEGATE_RATE_LIMIT_PER_TOKEN: { schema: count(1, 10_000_000), allowed: 'a number of calls a minute' },
  TIDEGATE_RATE_LIMIT_PER_ADDRESS: { schema: count(1, 10_000_000), allowed: 'a number of calls a minute' },
  TIDEGATE_OIDC_ISSUER: {
    schema: urlOf('http:', 'https:'),
    allowed: 'the issuer exactly as its tokens name it',
  },
  TIDEGATE_OIDC_AUDIENCE: { schema: z.string().max(500), allowed: 'the audience of the access tokens' },
  TIDEGATE_OIDC_JWKS_URL: { schema: urlOf('http:', 'https:'), allowed: 'a URL that begins with https://' },
  TIDEGATE_OIDC_CLIENT_ID: { schema: z.string().max(500), allowed: 'the client id given by the issuer' },
  TIDEGATE_OIDC_CLIENT_SECRET: { schema: z.string(), allowed: 'the client secret', isSecret: true },
  TIDEGATE_OIDC_NAME: { schema: z.string().max(60), allowed: 'at most 60 characters' },
  TIDEGATE_WEBHOOKS_TO_PRIVATE: { schema: z.enum(['yes', 'no']), allowed: 'yes or no' },
  TIDEGATE_METRICS_TOKEN: {
    schema: z.string().min(SECRET_CHARS_MIN).regex(/^\S+$/),
    allowed: `at least ${SECRET_CHARS_MIN} characters without spaces`,
    isSecret: true,
  },
  LOG_LEVEL: { schema: z.enum(LOG_LEVELS), allowed: `one of ${LOG_LEVELS.join(', ')}` },
} satisfies Record<string, Setting>;

type Name = keyof typeof SETTINGS;
type Values = { [N in Name]?: z.output<(typeof SETTINGS)[N]['schema']> };

function sentence(name: string, setting: Setting, value: string): string {
  const shown = setting.isSecret ? 'has a value that does not fit' : `is ${JSON.stringify(value)}`;
  return `${name} ${shown}; allowed is ${setting.allowed}.`;
}

function check(source: Readonly<Record<string, string | undefined>>): Values {
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, setting] of Object.entries<Setting>(SETTINGS)) {
    const value = source[name]?.trim();
    if (value === undefined || value === '') continue;
    const checked = setting.schema.safeParse(value);
    if (checked.success) values[name] = checked.data;
    else wrong.push(sentence(name, setting, value));
  }
  const isProduction = source['NODE_ENV'] === 'production';
  if (isProduction && values['DATABASE_URL'] !== undefined && values['NEXTAUTH_SECRET'] === undefined) {
    wrong.push(
      'NEXTAUTH_SECRET is missing; in production with DATABASE_URL it must be set, to the same value on every web process.',
    );
  }
  wrong.push(...oidcGaps(values));
  if (wrong.length > 0) throw new EnvError(wrong.join('\n'));
  return values;
}

/** Half of a pair set up would look as if it worked until somebody tries it. */
function oidcGaps(values: Record<string, unknown>): string[] {
  const has = (name: string) => values[`TIDEGATE_OIDC_${name}`] !== undefined;
  const names = ['AUDIENCE', 'JWKS_URL', 'CLIENT_ID', 'CLIENT_SECRET', 'NAME'];
  const gaps: string[] = [];
  if (!has('ISSUER') && names.some(has)) {
    gaps.push('TIDEGATE_OIDC_ISSUER is missing; the other OIDC settings mean nothing without it.');
  }
  if (has('ISSUER') && !has('AUDIENCE') && !has('CLIENT_ID')) {
    gaps.push(
      'TIDEGATE_OIDC_ISSUER is set alone; set TIDEGATE_OIDC_AUDIENCE for access tokens, TIDEGATE_OIDC_CLIENT_ID and TIDEGATE_OIDC_CLIENT_SECRET for sign-in, or both.',
    );
  }
  if (has('CLIENT_ID') !== has('CLIENT_SECRET')) {
    gaps.push('TIDEGATE_OIDC_CLIENT_ID and TIDEGATE_OIDC_CLIENT_SECRET must be set together.');
  }
  return gaps;
}

function oidcOf(values: Values): OidcEnv | undefined {
  const issuer = values.TIDEGATE_OIDC_ISSUER;
  if (issuer === undefined) return undefined;
  const id = values.TIDEGATE_OIDC_CLIENT_ID;
  const secret = values.TIDEGATE_OIDC_CLIENT_SECRET;
  return {
    issuer,
    audience: values.TIDEGATE_OIDC_AUDIENCE,
    jwksUrl: values.TIDEGATE_OIDC_JWKS_URL,
    client: id === undefined || secret === undefined ? undefined : { id, secret },
    name: values.TIDEGATE_OIDC_NAME ?? 'Single sign-on',
  };
}

/** All settings, checked. Throws EnvError with a sentence for each that is wrong. An empty value counts as not set. */
export function loadEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const values = check(source);
  const folder = values.TIDEGATE_DATA_DIR ?? '.tidegate';
  const dataDir = isAbsolute(folder) ? folder : resolve(folder);
  return {
    port: values.PORT ?? 3000,
    isPortGiven: values.PORT !== undefined,
    dataDir,
    databaseUrl: values.DATABASE_URL,
    mqttUrl: values.MQTT_URL,
    mqttPort: values.TIDEGATE_MQTT_PORT ?? 1883,
    isMqttPortGiven: values.TIDEGATE_MQTT_PORT !== undefined,
    mqttTlsPort: values.TIDEGATE_MQTT_TLS_PORT ?? 8883,
    adminEmail: (values.TIDEGATE_ADMIN_EMAIL ?? 'admin@tidegate.local').toLowerCase(),
    adminPassword: values.TIDEGATE_ADMIN_PASSWORD,
    bootstrapApiToken: values.TIDEGATE_BOOTSTRAP_API_TOKEN,
    objectStoreUrl: values.TIDEGATE_OBJECT_STORE_URL ?? `file:${dataDir}/objects`,
    telemetryRetentionDays: values.TIDEGATE_TELEMETRY_RETENTION_DAYS ?? 365,
    ledgerRetentionDays: values.TIDEGATE_LEDGER_RETENTION_DAYS ?? 30,
    nextauthSecret: values.NEXTAUTH_SECRET,
    nextauthUrl: values.NEXTAUTH_URL,
    trustedProxies: values.TIDEGATE_TRUSTED_PROXIES ?? 0,
    rateLimitPerToken: values.TIDEGATE_RATE_LIMIT_PER_TOKEN ?? 3_000,
    rateLimitPerAddress: values.TIDEGATE_RATE_LIMIT_PER_ADDRESS ?? 6_000,
    oidc: oidcOf(values),
    webhooksToPrivate: values.TIDEGATE_WEBHOOKS_TO_PRIVATE === 'yes',
    metricsToken: values.TIDEGATE_METRICS_TOKEN,
    logLevel: values.LOG_LEVEL ?? 'info',
  };
}
