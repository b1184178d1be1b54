// Sign-in and personal API tokens: what goes in and out.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';
import { PERMISSIONS } from './permissions';

export const signInInput = z.strictObject({
  email: z.string().max(320),
  password: z.string().max(1024),
});
export type SignInInput = z.infer<typeof signInInput>;

export const apiToken = z.object({
  id: uuid,
  name: z.string(),
  user_id: uuid,
  user_email: z.string(),
  scopes: z.array(z.enum(PERMISSIONS)),
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
  revoked_at: time.nullable(),
  created_at: time,
});
export type ApiToken = z.infer<typeof apiToken>;

/** `token` is shown this once and cannot be read again. */
export const createdApiToken = apiToken.extend({ token: z.string() });
export type CreatedApiToken = z.infer<typeof createdApiToken>;

/** Without `scopes` the token may do what its maker may do now. */
export const createTokenInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(PERMISSIONS)).min(1).optional(),
  expires_at: time.optional(),
});
export type CreateTokenInput = z.infer<typeof createTokenInput>;

/** `user=all` lists the tokens of everyone in the organisation, for its administrators. */
export const listTokensInput = pageQuery.extend({ user: z.enum(['me', 'all']).default('me') });
export type ListTokensInput = z.infer<typeof listTokensInput>;
