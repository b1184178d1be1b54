// Signs messages as standardwebhooks.com describes it, so that receivers have libraries for it: an HMAC over id, time
// and body. The time is under the signature, so that a message that was overheard cannot be sent again later; the id
// is, so that it cannot be given to another message. Pure.
import { createHmac } from 'node:crypto';
import { randomSecret } from '../auth/token-secret';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new secret: `whsec_` and 32 random bytes in base64. */
export const newWebhookSecret = (): string =>
  `${PREFIX}${Buffer.from(randomSecret(SECRET_BYTES), 'base64url').toString('base64')}`;

export interface SignedMessage {
  /** The same at each attempt. */
  id: string;
  /** Of the attempt. */
  at: Date;
  body: string;
}

const keyOf = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64');

const unixSeconds = (at: Date): string => String(Math.floor(at.getTime() / 1000));

/** `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. */
export function signatureOf(secret: string, { id, at, body }: SignedMessage): string {
  const hmac = createHmac('sha256', keyOf(secret)).update(`${id}.${unixSeconds(at)}.${body}`, 'utf8');
  return `v1,${hmac.digest('base64')}`;
}

/** The headers of a message: one signature for each secret in force. */
export const signedHeaders = (
  secrets: readonly string[],
  message: SignedMessage,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> => ({
  'webhook-id': message.id,
  'webhook-timestamp': unixSeconds(message.at),
  'webhook-signature': secrets.map((secret) => signatureOf(secret, message)).join(' '),
});
