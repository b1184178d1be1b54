// Names of mirror tables and columns. Two sources must never share a table by accident: names are cut and
// cleaned, so two of them can become equal, and then the later one gets a hash of what it really is.
import { createHash } from 'node:crypto';
import { IDENTIFIER_BYTES_MAX } from '@/server/db/identifier';

/** Tidegate's own columns of every mirror table, in order. */
export const PLATFORM_COLUMNS = [
  'device_id',
  'version_epoch',
  'version_seq',
  'created_at',
  'updated_at',
] as const;

/** Names that Postgres keeps for itself in every table (PostgreSQL, "System Columns"). */
const SYSTEM_COLUMNS = ['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'];
const RESERVED = new Set<string>([...PLATFORM_COLUMNS, ...SYSTEM_COLUMNS]);
const HASH_CHARS = 8;

/** The first digits of a SHA-256, enough to tell two names apart and short enough to read. */
const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, HASH_CHARS);

/** `text` cut to at most `bytes` bytes of UTF-8, never inside a character. */
function cutToBytes(text: string, bytes: number): string {
  let out = '';
  let used = 0;
  for (const char of text) {
    used += Buffer.byteLength(char);
    if (used > bytes) break;
    out += char;
  }
  return out;
}

const clean = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^_+|_+$/g, '') || 'table';

function withSuffix(base: string, suffix: string): string {
  return `${cutToBytes(base, IDENTIFIER_BYTES_MAX - suffix.length - 1)}_${suffix}`;
}

export interface MirrorIdentity {
  scope: 'device' | 'project' | 'fleet';
  scopeId: string;
  sourceTable: string;
  generation: number;
}

const SCOPE_PREFIX = { device: '', project: 'p', fleet: 'f' } as const;

/**
 * Names for the table, the best first: `edge_mirror_{device8}_{source_table}` and its kin (storage, "Mirror
 * tables"), then with a hash of what it really is. The same for the same identity.
 */
export function* mirrorTableNames(identity: MirrorIdentity): Generator<string, never> {
  const id8 = identity.scopeId.replaceAll('-', '').slice(0, 8);
  const generation = identity.generation > 1 ? `_g${identity.generation}` : '';
  const plain = `edge_mirror_${SCOPE_PREFIX[identity.scope]}${id8}_${clean(identity.sourceTable)}${generation}`;
  if (Buffer.byteLength(plain) <= IDENTIFIER_BYTES_MAX) yield plain;
  const whole = [identity.scope, identity.scopeId, identity.sourceTable, identity.generation];
  for (let n = 0; ; n++) yield withSuffix(plain, shortHash(JSON.stringify(n === 0 ? whole : [...whole, n])));
}

/** Why `name` cannot name a mirror column, or null. */
export function columnNameProblem(name: string): string | null {
  if (name.length === 0) return 'is empty';
  if (name.includes('\0')) return 'holds the character U+0000';
  if (!name.isWellFormed()) return 'is not valid Unicode';
  if (Buffer.byteLength(name) > IDENTIFIER_BYTES_MAX) return `is longer than ${IDENTIFIER_BYTES_MAX} bytes`;
  if (RESERVED.has(name)) return 'is a name that Tidegate or Postgres keeps for itself';
  return null;
}

/** The name proposed for a source column: its own where that is usable and free. */
export function proposeColumnName(sourceName: string, taken: ReadonlySet<string>): string {
  const free = (name: string) => columnNameProblem(name) === null && !taken.has(name);
  if (free(sourceName)) return sourceName;
  const readable = RESERVED.has(sourceName) ? `source_${sourceName}` : clean(sourceName);
  if (free(readable)) return readable;
  for (let n = 0; ; n++) {
    const name = withSuffix(readable, shortHash(`${sourceName}\0${n}`));
    if (free(name)) return name;
  }
}
