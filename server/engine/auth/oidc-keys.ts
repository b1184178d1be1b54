// An issuer's public keys, cached. A token with an unknown key id may mean that the issuer has rotated its keys,
// or that somebody makes ids up: the keys are fetched again for it, but not more often than every half minute,
// or a stranger could make this server hammer the issuer.
import {
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWTHeaderParameters,
} from 'jose';
import { z } from 'zod';
import type { OidcStatus } from '@/server/contract/oidc';
import type { Clock } from '@/server/lib/clock';
import { Refusal } from '../errors/errors';

const FRESH_MS = 10 * 60_000;
const COOLDOWN_MS = 30_000;
const ANSWER_MS_MAX = 5_000;
const ANSWER_CHARS_MAX = 1_000_000;

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
const discovery = z.looseObject({ issuer: z.string(), jwks_uri: z.url() });

type KeyFinder = ReturnType<typeof createLocalJWKSet>;
type Key = Awaited<ReturnType<KeyFinder>>;

export interface KeySource {
  issuer: string;
  /** Undefined: asked of the issuer's discovery document. */
  jwksUrl: string | undefined;
  clock: Clock;
}

export class IssuerKeys {
  private find: KeyFinder | null = null;
  private fetchedAtMs = -Infinity;
  private triedAtMs = -Infinity;
  private fetching: Promise<void> | null = null;
  private count = 0;
  private error: string | null = null;

  constructor(private readonly source: KeySource) {}

  /** The key that signed a token. 503 `oidc_issuer_unavailable` while no key was ever had. */
  readonly keyFor = async (header?: JWTHeaderParameters, token?: FlattenedJWSInput): Promise<Key> => {
    if (this.nowMs() - this.fetchedAtMs > FRESH_MS) await this.refresh();
    const known = this.find;
    if (known === null) throw unavailable();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.refresh();
      return await (this.find ?? known)(header, token);
    }
  };

  /** How the last try went, after another one where `refresh` asks for it and the last is not too near. */
  async status(refresh: boolean): Promise<OidcStatus['keys']> {
    if (refresh) await this.refresh().catch(() => undefined);
    const at = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString() : null);
    return {
      count: this.count,
      fetched_at: at(this.fetchedAtMs),
      tried_at: at(this.triedAtMs),
      error: this.error,
    };
  }

  private nowMs(): number {
    return this.source.clock.now().getTime();
  }

  /** Keys that were good are kept while the issuer does not answer. */
  private async refresh(): Promise<void> {
    if (this.fetching === null) {
      if (this.nowMs() - this.triedAtMs < COOLDOWN_MS) return;
      this.triedAtMs = this.nowMs();
      this.fetching = this.fetchKeys().finally(() => (this.fetching = null));
    }
    await this.fetching;
  }

  private async fetchKeys(): Promise<void> {
    try {
      const url = this.source.jwksUrl ?? (await this.discoveredUrl());
      const found = keySet.parse(await fetchJson(url));
      this.find = createLocalJWKSet(found as JSONWebKeySet);
      this.count = found.keys.length;
      this.fetchedAtMs = this.nowMs();
      this.error = null;
    } catch (error) {
      this.error = reasonOf(error);
      if (this.find === null) throw unavailable();
    }
  }

  private async discoveredUrl(): Promise<string> {
    const { issuer } = this.source;
    const found = discovery.parse(
      await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
    );
    if (found.issuer !== issuer) throw new Error('the discovery document is of another issuer');
    return found.jwks_uri;
  }
}

async function fetchJson(url: string): Promise<unknown> {
  const answer = await fetch(url, {
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
    headers: { accept: 'application/json' },
    redirect: 'error',
  });
  if (!answer.ok) throw new Error(`the issuer answered ${answer.status}`);
  const text = await answer.text();
  if (text.length > ANSWER_CHARS_MAX) throw new Error('the answer of the issuer is too large');
  return JSON.parse(text);
}

/** A failed `fetch` has its reason in its cause; what does not fit the schema is said in one sentence. */
function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return 'the issuer answered something else than its keys';
  const cause = error instanceof Error ? error.cause : undefined;
  return (cause instanceof Error ? cause : (error as Error)).message;
}

const unavailable = (): Refusal =>
  new Refusal(
    503,
    'oidc_issuer_unavailable',
    'The keys of the OIDC issuer cannot be fetched, so its tokens cannot be checked now. Try again in a moment, or use a personal API token.',
  );
