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
  nextauthSecret: string | undefined;
  nextauthUrl: string | undefined;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** One or more settings are wrong; the message has a sentence for each. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
const ADMIN_PASSWORD_CHARS_MIN = 8;
const SECRET_CHARS_MIN = 16;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535);

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
  NEXTAUTH_SECRET: {
    schema: z.string().min(SECRET_CHARS_MIN),
    allowed: `at least ${SECRET_CHARS_MIN} characters`,
    isSecret: true,
  },
  NEXTAUTH_URL: { schema: urlOf('http:', 'https:'), allowed: 'a URL that begins with http:// or https://' },
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
  if (wrong.length > 0) throw new EnvError(wrong.join('\n'));
  return values;
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
    nextauthSecret: values.NEXTAUTH_SECRET,
    nextauthUrl: values.NEXTAUTH_URL,
    logLevel: values.LOG_LEVEL ?? 'info',
  };
}
