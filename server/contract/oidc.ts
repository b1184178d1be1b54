// How the installation is connected to an OIDC issuer.
import { z } from 'zod';
import { time } from './common';

export const oidcStatusInput = z.strictObject({
  /** Asks the issuer for its keys again, at most every half minute. */
  refresh: z.enum(['true', 'false']).default('false'),
});

export const oidcStatus = z.object({
  configured: z.boolean(),
  /** As it stands on the sign-in page. */
  name: z.string().nullable(),
  issuer: z.string().nullable(),
  /** Whether people can sign in with it. */
  sign_in: z.boolean(),
  /** Of the access tokens that the API takes; null where it takes none. */
  audience: z.string().nullable(),
  /** Null where it is asked of the issuer's discovery document. */
  jwks_url: z.string().nullable(),
  keys: z.object({
    count: z.number().int(),
    /** The last time that the issuer gave its keys to this process; null where it never has. */
    fetched_at: time.nullable(),
    tried_at: time.nullable(),
    /** Why the last try failed; null where it did not. */
    error: z.string().nullable(),
  }),
  /** People of the organisation who have signed in with it. */
  people: z.number().int(),
});
export type OidcStatus = z.infer<typeof oidcStatus>;
