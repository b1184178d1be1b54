// The same key and request give the first answer again for 24 hours, and two at once run once: the key's row
// is inserted in the transaction that does the work, so the second waits for the first's commit, and a crash
// leaves neither the work nor the key. Answers can hold a password that is shown once, so they are kept
// encrypted under the caller's own key, of which only a hash is stored.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Db } from '@/server/db/client';
import { Refusal } from '@/server/engine/errors/errors';
import type { Clock } from '@/server/lib/clock';
import { refusalAnswer, refusalOf, type Answer } from './envelope';

const KEPT_MS = 24 * 60 * 60 * 1000;
const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;
const SWEEP_ROWS_MAX = 50;

export interface KeyedRequest {
  db: Db;
  clock: Clock;
  /** The caller: two callers may use the same key. */
  owner: string;
  key: string;
  /** Everything that makes two requests the same. */
  fingerprint: readonly (string | Uint8Array)[];
}

export interface KeyedAnswer {
  answer: Answer;
  replayed: boolean;
  /** Where the answer is one. */
  refusal?: Refusal;
}

/**
 * Runs `run` once per owner and key. 422 `idempotency_key_reused` where the key came with another request.
 * A refusal is an answer like any other; a fault is not kept, and the next try runs.
 */
export async function once(request: KeyedRequest, run: (db: Db) => Promise<Answer>): Promise<KeyedAnswer> {
  if (!KEY_PATTERN.test(request.key)) {
    throw new Refusal(
      400,
      'invalid_idempotency_key',
      'An Idempotency-Key has 1 to 255 visible ASCII characters. A fresh UUID does well.',
    );
  }
  return request.db.transaction(async (tx) => {
    const claim = {
      ...request,
      db: tx,
      keyHash: sha256([request.key]),
      requestHash: sha256(request.fingerprint),
    };
    if (!(await claimKey(claim))) return { answer: await keptAnswer(claim), replayed: true };
    const done = await tx.savepoint(run).then(
      (answer) => ({ answer }),
      (error: unknown) => {
        const refusal = refusalOf(error);
        if (refusal === null || refusal.status === 503) throw error;
        return { answer: refusalAnswer(refusal), refusal };
      },
    );
    await keepAnswer(claim, done.answer);
    return { ...done, replayed: false };
  });
}

interface Claim extends KeyedRequest {
  keyHash: string;
  requestHash: string;
}

/** True where this request is the first with its key; waits for one that is under way. */
async function claimKey({ db: { sql }, clock, owner, keyHash, requestHash }: Claim): Promise<boolean> {
  const now = clock.now();
  const expired = new Date(now.getTime() - KEPT_MS).toISOString();
  await sql`
    delete from tidegate.idempotency_key where (owner, key) in (
      select owner, key from tidegate.idempotency_key where created_at < ${expired}::text::timestamptz
      limit ${SWEEP_ROWS_MAX} for update skip locked)`;
  const claimed = await sql`
    insert into tidegate.idempotency_key as k (owner, key, request_hash, created_at)
    values (${owner}, ${keyHash}, ${requestHash}, ${now.toISOString()})
    on conflict (owner, key) do update
      set request_hash = excluded.request_hash, status = null, body = null, created_at = excluded.created_at
      where k.created_at < ${expired}::text::timestamptz
    returning 1`;
  return claimed.length === 1;
}

async function keptAnswer({ db: { sql }, owner, key, keyHash, requestHash }: Claim): Promise<Answer> {
  const [kept] = await sql<{ request_hash: string; status: string; body: string }[]>`
    select request_hash, status, body from tidegate.idempotency_key
    where owner = ${owner} and key = ${keyHash}`;
  if (kept?.request_hash !== requestHash) {
    throw new Refusal(
      422,
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request. Take a new key for a new request.',
    );
  }
  return { status: Number(kept.status), body: decrypt(kept.body, key) };
}

async function keepAnswer({ db: { sql }, owner, key, keyHash }: Claim, answer: Answer): Promise<void> {
  await sql`
    update tidegate.idempotency_key
    set status = ${String(answer.status)}, body = ${encrypt(answer.body, key)}
    where owner = ${owner} and key = ${keyHash}`;
}

/** Of the parts with their lengths, so that no two lists of parts run together. */
function sha256(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

const cipherKey = (key: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', 'tidegate idempotency answer', 32));

function encrypt(text: string, key: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', cipherKey(key), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

function decrypt(kept: string, key: string): string {
  const bytes = Buffer.from(kept, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', cipherKey(key), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
