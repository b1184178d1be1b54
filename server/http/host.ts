// What the HTTP layer needs of the process that it runs in.
import type { Db } from '@/server/db/client';
import { LeasedRate } from '@/server/engine/auth/leased-rate';
import { IssuerKeys } from '@/server/engine/auth/oidc-keys';
import type { OidcSetup } from '@/server/engine/auth/oidc-status';
import { oidcVerifier, type OidcVerifier } from '@/server/engine/auth/oidc-verifier';
import type { Clock } from '@/server/lib/clock';
import { consoleUrlOf } from '@/server/lib/console-url';
import { bellOf, streamHost, type StreamHost } from './stream-host';
import { webRuntime } from '@/server/runtime/web';

export interface HttpHost {
  db: Db;
  clock: Clock;
  sessionSecret: string | undefined;
  /** Where the site is reached; undefined where that is not configured. */
  publicUrl: string | undefined;
  /** Where devices connect, without credentials. */
  brokerUrl: string;
  /** Where links to the console begin, without a slash at the end. */
  consoleUrl: string;
  /** Whether webhooks may go to loopback and private addresses. */
  webhooksToPrivate: boolean;
  /** How many proxies of one's own stand in front. */
  trustedProxies: number;
  /** Null where calls are not limited. */
  rates: CallRates | null;
  /** Null where no OIDC tokens are taken. */
  oidc: OidcVerifier | null;
  /** Null where no OIDC issuer is set up. */
  oidcSetup: OidcSetup | null;
  streams: StreamHost;
}

/** How many calls a token, or a session's person, and an address may make. */
export interface CallRates {
  perToken: LeasedRate;
  perAddress: LeasedRate;
}

type WebEnv = ReturnType<typeof webRuntime>['env'];

const MINUTE_MS = 60_000;
const KEY = Symbol.for('tidegate.http-host');
const holder = globalThis as { [KEY]?: HttpHost };

/** The limits of one process over the shared counts. Make them once. */
export const callRates = (clock: Clock, perToken: number, perAddress: number): CallRates => ({
  perToken: new LeasedRate({ name: 'api-token', max: perToken, windowMs: MINUTE_MS }, clock),
  perAddress: new LeasedRate({ name: 'api-address', max: perAddress, windowMs: MINUTE_MS }, clock),
});

/** The web process's own; one for all copies of this module, or each would count for itself. */
export const webHost = (): HttpHost => (holder[KEY] ??= makeHost());

function makeHost(): HttpHost {
  const streams = streamHost({ bell: bellOf(webRuntime().db) });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => streams.closeAll());
  const { db, clock, env } = webRuntime();
  const oidcSetup = oidcSetupOf(env.oidc, clock);
  return {
    db,
    clock,
    sessionSecret: env.nextauthSecret,
    publicUrl: env.nextauthUrl,
    brokerUrl: brokerUrlOf(env.mqttUrl, env.mqttPort),
    consoleUrl: consoleUrlOf(env.nextauthUrl, env.port),
    webhooksToPrivate: env.webhooksToPrivate,
    trustedProxies: env.trustedProxies,
    rates: callRates(clock, env.rateLimitPerToken, env.rateLimitPerAddress),
    streams,
    oidcSetup,
    oidc:
      oidcSetup?.audience === undefined
        ? null
        : oidcVerifier({ ...oidcSetup, audience: oidcSetup.audience, clock }),
  };
}

/** The issuer's keys are kept once, for the tokens that they check and for who looks whether they can be had. */
function oidcSetupOf(oidc: WebEnv['oidc'], clock: Clock): OidcSetup | null {
  if (oidc === undefined) return null;
  const { name, issuer, audience, jwksUrl } = oidc;
  return {
    name,
    issuer,
    audience,
    jwksUrl,
    signIn: oidc.client !== undefined,
    keys: new IssuerKeys({ issuer, jwksUrl, clock }),
  };
}

/** The worker's own user and password in MQTT_URL are not for devices. */
function brokerUrlOf(mqttUrl: string | undefined, embeddedPort: number): string {
  if (mqttUrl === undefined) return `mqtt://127.0.0.1:${embeddedPort}`;
  const url = new URL(mqttUrl);
  return `${url.protocol}//${url.host}`;
}
