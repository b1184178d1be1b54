// Passwords are kept as scrypt hashes that name their own cost: a later build can raise the cost, and old
// hashes still verify. A plain or fast hash would give every password away with a copy of the database.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  n: number;
  r: number;
  p: number;
}
const COST: Cost = { n: 16_384, r: 8, p: 1 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const MEMORY_BYTES_MAX = 256 * 1024 * 1024;

const derive = (password: string, salt: Buffer, bytes: number, { n, r, p }: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, bytes, { N: n, r, p, maxmem: MEMORY_BYTES_MAX }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

/** A salted hash of `password` as one printable string: `scrypt$n$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, KEY_BYTES, COST);
  return ['scrypt', COST.n, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** True when `stored` is a hash of `password`. False, never an error, for anything that is not a hash. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [kind, n, r, p, salt, key] = stored.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  if (expected.length === 0 || !Object.values(cost).every(Number.isSafeInteger)) return false;
  const actual = await derive(password, Buffer.from(salt, 'base64url'), expected.length, cost);
  return timingSafeEqual(actual, expected);
}
