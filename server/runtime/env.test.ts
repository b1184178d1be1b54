import { describe, expect, test } from 'vitest';
import { EnvError, loadEnv } from '@/server/runtime/env';

function messageOf(source: Record<string, string>): string {
  try {
    loadEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return '';
}

describe('loadEnv', () => {
  test('with nothing set gives the embedded installation', () => {
    expect(loadEnv({})).toMatchObject({
      port: 3000,
      isPortGiven: false,
      dataDir: `${process.cwd()}/.tidegate`,
      databaseUrl: undefined,
      mqttUrl: undefined,
      mqttPort: 1883,
      mqttTlsPort: 8883,
      adminPassword: undefined,
      objectStoreUrl: `file:${process.cwd()}/.tidegate/objects`,
      logLevel: 'info',
    });
  });

  test.each([
    [{ TIDEGATE_OIDC_AUDIENCE: 'x' }, 'TIDEGATE_OIDC_ISSUER is missing'],
    [{ TIDEGATE_OIDC_ISSUER: 'https://a.test' }, 'TIDEGATE_OIDC_ISSUER is set alone'],
    [{ TIDEGATE_OIDC_ISSUER: 'https://a.test', TIDEGATE_OIDC_CLIENT_ID: 'c' }, 'must be set together'],
    [{ TIDEGATE_TRUSTED_PROXIES: '-1' }, 'TIDEGATE_TRUSTED_PROXIES'],
  ] as const)('says what is wrong with %j', (source, sentence) => {
    expect(messageOf(source)).toContain(sentence);
  });

  test('takes each setting under its name', () => {
    expect(
      loadEnv({
        PORT: '8080',
        TIDEGATE_DATA_DIR: '/var/lib/tidegate',
        DATABASE_URL: 'postgresql://a:b@db/t',
        MQTT_URL: 'mqtts://broker:8883',
        TIDEGATE_MQTT_PORT: '2883',
        TIDEGATE_MQTT_TLS_PORT: '9883',
        TIDEGATE_ADMIN_EMAIL: 'Ada@Example.org',
        TIDEGATE_ADMIN_PASSWORD: 'long enough',
        TIDEGATE_BOOTSTRAP_API_TOKEN: '0123456789abcdef',
        TIDEGATE_OBJECT_STORE_URL: 's3://bucket/prefix',
        TIDEGATE_TELEMETRY_RETENTION_DAYS: '90',
        TIDEGATE_LEDGER_RETENTION_DAYS: '7',
        NEXTAUTH_SECRET: '0123456789abcdef',
        NEXTAUTH_URL: 'https://tidegate.example.org',
        TIDEGATE_TRUSTED_PROXIES: '2',
        TIDEGATE_RATE_LIMIT_PER_TOKEN: '100',
        TIDEGATE_RATE_LIMIT_PER_ADDRESS: '200',
        TIDEGATE_OIDC_ISSUER: 'https://login.example.org',
        TIDEGATE_OIDC_AUDIENCE: 'tidegate',
        TIDEGATE_OIDC_JWKS_URL: 'https://login.example.org/keys',
        TIDEGATE_OIDC_CLIENT_ID: 'console',
        TIDEGATE_OIDC_CLIENT_SECRET: 'secret',
        TIDEGATE_OIDC_NAME: 'Example',
        TIDEGATE_WEBHOOKS_TO_PRIVATE: 'yes',
        TIDEGATE_METRICS_TOKEN: '0123456789abcdef',
        LOG_LEVEL: 'debug',
      }),
    ).toEqual({
      trustedProxies: 2,
      rateLimitPerToken: 100,
      rateLimitPerAddress: 200,
      oidc: {
        issuer: 'https://login.example.org',
        audience: 'tidegate',
        jwksUrl: 'https://login.example.org/keys',
        client: { id: 'console', secret: 'secret' },
        name: 'Example',
      },
      webhooksToPrivate: true,
      metricsToken: '0123456789abcdef',
      port: 8080,
      isPortGiven: true,
      dataDir: '/var/lib/tidegate',
      databaseUrl: 'postgresql://a:b@db/t',
      mqttUrl: 'mqtts://broker:8883',
      mqttPort: 2883,
      isMqttPortGiven: true,
      mqttTlsPort: 9883,
      adminEmail: 'ada@example.org',
      adminPassword: 'long enough',
      bootstrapApiToken: '0123456789abcdef',
      objectStoreUrl: 's3://bucket/prefix',
      telemetryRetentionDays: 90,
      ledgerRetentionDays: 7,
      nextauthSecret: '0123456789abcdef',
      nextauthUrl: 'https://tidegate.example.org',
      logLevel: 'debug',
    });
  });

  test.each([
    ['PORT', 'eighty', 'PORT is "eighty"; allowed is a port number from 1 to 65535.'],
    ['PORT', '0', 'PORT is "0"; allowed is a port number from 1 to 65535.'],
    ['PORT', '65536', 'PORT is "65536"; allowed is a port number from 1 to 65535.'],
    [
      'TIDEGATE_MQTT_PORT',
      '1883.5',
      'TIDEGATE_MQTT_PORT is "1883.5"; allowed is a port number from 1 to 65535.',
    ],
    [
      'TIDEGATE_MQTT_TLS_PORT',
      '-1',
      'TIDEGATE_MQTT_TLS_PORT is "-1"; allowed is a port number from 1 to 65535.',
    ],
    ['TIDEGATE_ADMIN_EMAIL', 'ada', 'TIDEGATE_ADMIN_EMAIL is "ada"; allowed is an e-mail address.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud"; allowed is one of trace, debug, info, warn, error, silent.'],
    [
      'NEXTAUTH_URL',
      'tidegate',
      'NEXTAUTH_URL is "tidegate"; allowed is a URL that begins with http:// or https://.',
    ],
  ])('%s=%s stops the start with a sentence', (name, value, sentence) => {
    expect(messageOf({ [name]: value })).toBe(sentence);
  });

  test.each([
    ['DATABASE_URL', 'mysql://user:s3cret@db/t'],
    ['MQTT_URL', 'http://user:s3cret@broker'],
    ['TIDEGATE_ADMIN_PASSWORD', 's3cret'],
    ['TIDEGATE_BOOTSTRAP_API_TOKEN', 's3cret'],
    ['TIDEGATE_OBJECT_STORE_URL', 'ftp://user:s3cret@host'],
    ['NEXTAUTH_SECRET', 's3cret'],
  ])('a wrong %s is named and its value is not repeated', (name, value) => {
    const message = messageOf({ [name]: value });
    expect(message).toContain(`${name} has a value that does not fit; allowed is `);
    expect(message).not.toContain('s3cret');
  });

  test('every wrong setting has its sentence', () => {
    expect(messageOf({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2);
  });

  test('an empty value counts as not set', () => {
    expect(loadEnv({ PORT: '', LOG_LEVEL: ' ' })).toMatchObject({
      port: 3000,
      isPortGiven: false,
      logLevel: 'info',
    });
  });

  test('production with an external database needs a secret that all web processes share', () => {
    const source = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db/t' };
    expect(messageOf(source)).toContain('NEXTAUTH_SECRET is missing');
    expect(messageOf({ ...source, NEXTAUTH_SECRET: '0123456789abcdef' })).toBe('');
    expect(messageOf({ NODE_ENV: 'production' })).toBe('');
  });
});
