// Secrets that this program makes itself have at least 96 random bits.
import { createHash, randomBytes } from 'node:crypto';

/** What is kept of a token. A fast hash is enough for 256 random bits, and it lets an index find it. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** `bytes` random bytes as URL-safe text. */
export const randomSecret = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** A new personal token. The prefix lets secret scanners recognise one that has leaked. */
export const newToken = (): string => `tg_${randomSecret(32)}`;
