// Checks an access token of the configured issuer: signature by one of its keys, issuer, audience, times. Only
// asymmetric algorithms are known here: `none`, and a MAC made with a public key, must never pass.
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Clock } from '@/server/lib/clock';
import { Refusal } from '../errors/errors';
import { IssuerKeys } from './oidc-keys';

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 30;
const SUBJECT_CHARS_MAX = 255;

export interface OidcClaims {
  issuer: string;
  subject: string;
  /** Null unless the issuer says that it has verified the address. */
  verifiedEmail: string | null;
  expiresAtMs: number;
}

export interface OidcVerifier {
  /** The claims; 401 with a code that says what is wrong, 503 while the issuer's keys cannot be had. */
  verify(token: string): Promise<OidcClaims>;
}

/** Whether a bearer token has the form of a signed JWT. */
export const isJwt = (token: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token);

/** Takes tokens of one issuer for one audience. Make it once per process: it keeps the issuer's keys. */
export function oidcVerifier(settings: {
  issuer: string;
  audience: string;
  jwksUrl: string | undefined;
  clock: Clock;
  /** Where they are looked at elsewhere too; else its own. */
  keys?: IssuerKeys;
}): OidcVerifier {
  const { issuer, audience, clock } = settings;
  const keys = settings.keys ?? new IssuerKeys(settings);
  return {
    verify: async (token) => {
      const { payload } = await jwtVerify(token, keys.keyFor, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: clock.now(),
        requiredClaims: ['sub', 'exp'],
      }).catch(refuse);
      return claimsOf(payload, issuer);
    },
  };
}

function claimsOf({ sub, exp, ...claims }: JWTPayload, issuer: string): OidcClaims {
  if (sub === undefined || sub === '' || sub.length > SUBJECT_CHARS_MAX || sub.includes('\0')) {
    throw refusal('oidc_claim_invalid', 'its subject is missing or too long');
  }
  return { issuer, subject: sub, verifiedEmail: verifiedEmailOf(claims), expiresAtMs: (exp ?? 0) * 1000 };
}

/** The address among an issuer's claims, if it vouches for it. */
export const verifiedEmailOf = (claims: Readonly<Record<string, unknown>>): string | null => {
  const { email, email_verified: verified } = claims;
  return typeof email === 'string' && (verified === true || verified === 'true') ? email : null;
};

const refusal = (code: string, what: string): Refusal =>
  new Refusal(401, code, `This OIDC token is not taken: ${what}. Get a new one from the issuer.`);

function refuse(error: unknown): never {
  if (error instanceof Refusal) throw error;
  if (error instanceof errors.JWTExpired) throw refusal('oidc_token_expired', 'it has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') throw refusal('oidc_audience_mismatch', 'it is for another audience');
    if (error.claim === 'iss') throw refusal('oidc_issuer_mismatch', 'it is from another issuer');
    throw refusal('oidc_claim_invalid', `its claim "${error.claim}" is missing or does not hold`);
  }
  if (error instanceof errors.JWKSNoMatchingKey) {
    throw refusal('oidc_key_unknown', 'it is signed by a key that the issuer does not publish');
  }
  if (error instanceof errors.JOSEError) {
    throw refusal('invalid_token', 'its signature or form does not hold');
  }
  throw error;
}
