/** A small OIDC issuer on the loopback: discovery, published keys, and tokens signed with them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload, type KeyLike } from 'jose';

export interface TokenChoices {
  claims?: JWTPayload;
  audience?: string;
  issuer?: string;
  /** Seconds from now. */
  expiresIn?: number;
  kid?: string;
}

export interface TestIssuer {
  /** http://127.0.0.1:port */
  url: string;
  /** How often the keys were asked for. */
  keyRequests(): number;
  /** A token by the newest key, whether it is published or not. */
  sign(choices?: TokenChoices): Promise<string>;
  /** A new key takes the place of the old one. */
  rotate(): Promise<void>;
  /** The public key that is published now. */
  publicKey(): JWK;
  /** While away it answers 503. */
  setAway(away: boolean): void;
  close(): Promise<void>;
}

interface SigningKey {
  kid: string;
  privateKey: KeyLike;
  jwk: JWK;
}

async function makeKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}

/** Starts an issuer on a free port; `audience` is what its tokens are for unless said otherwise. */
export async function startIssuer(audience: string): Promise<TestIssuer> {
  let key = await makeKey('key-1');
  let requests = 0;
  let isAway = false;
  const server = createServer(({ url }, response) => {
    if (url === '/keys') requests += 1;
    const bodies: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer: base(), jwks_uri: `${base()}/keys` },
      '/keys': { keys: [key.jwk] },
    };
    const body = bodies[url ?? ''];
    response.writeHead(isAway ? 503 : body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: base(),
    keyRequests: () => requests,
    sign: ({ claims = {}, expiresIn = 300, kid = key.kid, ...choices } = {}) =>
      new SignJWT({ sub: 'subject-1', ...claims })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(choices.issuer ?? base())
        .setAudience(choices.audience ?? audience)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + expiresIn)
        .sign(key.privateKey),
    rotate: async () => {
      key = await makeKey(`key-${Math.random()}`);
    },
    publicKey: () => key.jwk,
    setAway: (away) => {
      isAway = away;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
