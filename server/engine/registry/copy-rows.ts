// Copies the rows of one device's mirror into the shared one, with their versions and times, by the version guard of
// every other write (invariant 3). The caller holds the lineage's lock and has copied the tombstones first: from then
// on neither a late batch nor a row that is copied can bring a deleted key back.
import { assert } from '@/server/lib/assert';
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import type { Db } from '@/server/db/client';
import { encodeCell } from '../mirror/cell';
import { keyColumns } from '../mirror/ddl';
import { byKey, byNullKeys, rowsParameter } from '../mirror/key-match';
import { keysetBranches, keysetOrder, type KeysetColumn } from '../mirror/keyset';
import type { MirrorColumnSpec } from '../mirror/plan-mirror';
import { keyHashOf } from '../mirror/prepare-writes';
import { widenedExpression } from '../mirror/widen';
import type { DeviceMirror } from './consolidation-rules';

/** A key as text, NULL as null: how a job remembers where it is. */
export type KeyText = (string | null)[];

export interface Copy {
  deviceId: string;
  from: DeviceMirror;
  to: DeviceMirror;
  columns: readonly { from: string; to: string }[];
}

interface PreparedKey {
  nullKeys: number[];
  json: string;
}

/** Copies what the device has deleted. Answers how many tombstones were new or newer. */
export async function copyTombstones({ sql }: Db, { deviceId, from, to }: Copy): Promise<number> {
  const copied = await sql`
    insert into tidegate.mirror_tombstone as t
      (mirror_id, device_id, key_hash, version_epoch, version_seq, deleted_at)
    select ${to.id}, device_id, key_hash, version_epoch, version_seq, deleted_at
    from tidegate.mirror_tombstone where mirror_id = ${from.id} and device_id = ${deviceId}
    on conflict (mirror_id, device_id, key_hash) do update set
      version_epoch = excluded.version_epoch, version_seq = excluded.version_seq, deleted_at = excluded.deleted_at
    where (t.version_epoch, t.version_seq) < (excluded.version_epoch, excluded.version_seq)`;
  return copied.count;
}

/** Deletes rows of the device in the shared mirror that a tombstone there has overtaken. */
export async function deleteOvertaken(db: Db, { deviceId, to }: Copy, rowsMax: number): Promise<void> {
  for (let after: KeyText | null = null; ;) {
    const keys: KeyText[] = await readKeys(db, to, deviceId, after, rowsMax);
    for (const group of byNullKeys(keys.map((key) => prepareKey(to, key)))) {
      const { record, match } = byKey(to, group[0]?.nullKeys ?? []);
      await db.sql.unsafe(
        `delete from ${mirrorTable(to.tableName)} m using ${record}, tidegate.mirror_tombstone t
         where ${match} and t.mirror_id = $3::uuid and t.device_id = $2::uuid and t.key_hash = r.k
           and (m.version_epoch, m.version_seq) < (t.version_epoch, t.version_seq)`,
        [rowsParameter(group), deviceId, to.id],
      );
    }
    after = keys.at(-1) ?? null;
    if (keys.length < rowsMax || after === null) return;
  }
}

/** Copies up to `rowsMax` rows after a key. `last` is null once there are no more. */
export async function copyRows(
  db: Db,
  copy: Copy,
  after: KeyText | null,
  rowsMax: number,
): Promise<{ copied: number; last: KeyText | null }> {
  const { deviceId, from, to } = copy;
  const keys = await readKeys(db, from, deviceId, after, rowsMax);
  let copied = 0;
  for (const group of byNullKeys(keys.map((key) => prepareKey(from, key)))) {
    const { record, match } = byKey(from, group[0]?.nullKeys ?? []);
    const put = await db.sql.unsafe(copyStatement(copy, record, match), [
      rowsParameter(group),
      deviceId,
      to.id,
    ]);
    copied += put.count;
    if (put.count < group.length) {
      const created = createdStatement(copy, record, match, group[0]?.nullKeys ?? []);
      await db.sql.unsafe(created, [rowsParameter(group), deviceId]);
    }
  }
  return { copied, last: keys.length < rowsMax ? null : (keys.at(-1) ?? null) };
}

const keyOf = (columns: readonly MirrorColumnSpec[]): MirrorColumnSpec[] =>
  columns.filter((c) => c.keyOrdinal > 0).sort((a, b) => a.keyOrdinal - b.keyOrdinal);

const asText = ({ identifier, type }: KeysetColumn): string =>
  type === 'bytea' ? `'\\x' || encode(${identifier}, 'hex')` : `${identifier}::text`;

/** The keys of a device in key order, from behind `after` on. */
async function readKeys(
  { sql }: Db,
  mirror: DeviceMirror,
  deviceId: string,
  after: KeyText | null,
  rowsMax: number,
): Promise<KeyText[]> {
  const order = keyOf(mirror.columns).map((c) => ({
    identifier: `t.${quoteIdentifier(c.name)}`,
    type: c.type,
  }));
  assert(order.length > 0, 'a mirror has a key');
  const sorted = `order by ${keysetOrder(order, false)} limit ${String(rowsMax)}`;
  const branches = after === null ? ['true'] : keysetBranches(order, after, false, 2);
  // Postgres must be told the type of every parameter, also of one that no branch uses.
  const used = (after ?? []).map(
    (_, i) => `$${String(i + 2)}::text is not distinct from $${String(i + 2)}::text`,
  );
  if (branches.length === 0) return [];
  const parts = branches.map(
    (branch) => `(select t.* from ${mirrorTable(mirror.tableName)} t
      where ${['t.device_id = $1::text::uuid', branch, ...used].join(' and ')} ${sorted})`,
  );
  const rows = await sql.unsafe<{ key: KeyText }[]>(
    `select to_json(array[${order.map(asText).join(', ')}]::text[]) as key from (${parts.join(' union all ')}) t ${sorted}`,
    [deviceId, ...(after ?? [])],
  );
  return rows.map(({ key }) => key);
}

/** A key as the statements read it, with the hash that its tombstone would have. */
function prepareKey({ columns }: DeviceMirror, key: KeyText): PreparedKey {
  const nullKeys: number[] = [];
  const canonical: string[] = [];
  const cells: string[] = [];
  for (const [at, column] of keyOf(columns).entries()) {
    const i = columns.indexOf(column);
    const text = key[at] ?? null;
    const isHex = column.type === 'bytea' && text !== null;
    const value = isHex ? Buffer.from(text.slice(2), 'hex').toString('base64') : text;
    const cell = encodeCell(value, column.type);
    assert(cell.ok, 'a stored key fits its own column');
    if (text === null) nullKeys.push(i);
    canonical.push(cell.key);
    cells.push(`"c${String(i)}":${cell.json}`);
  }
  return { nullKeys, json: `{"k":"\\\\x${keyHashOf(JSON.stringify(canonical))}",${cells.join(',')}}` };
}

function copyStatement({ from, to, columns }: Copy, record: string, match: string): string {
  const sourceOf = new Map(columns.map((c) => [c.to, from.columns.find((f) => f.name === c.from)]));
  const names = to.columns.map((c) => quoteIdentifier(c.name));
  const values = to.columns.map((c) => {
    const source = sourceOf.get(c.name);
    if (source === undefined) return `null::${c.type}`;
    const value = `m.${quoteIdentifier(source.name)}`;
    return source.type === c.type ? value : widenedExpression(value, source.type, c.type);
  });
  const set = to.columns.flatMap((c, i) =>
    c.keyOrdinal > 0 ? [] : [`${names[i] ?? ''} = excluded.${names[i] ?? ''}`],
  );
  return `insert into ${mirrorTable(to.tableName)} as x
      (${['device_id', 'version_epoch', 'version_seq', 'created_at', 'updated_at', ...names].join(', ')})
    select ${['device_id', 'version_epoch', 'version_seq', 'created_at', 'updated_at'].map((c) => `m.${c}`).join(', ')},
      ${values.join(', ')}
    from ${record} join ${mirrorTable(from.tableName)} m on ${match}
    left join tidegate.mirror_tombstone t on t.mirror_id = $3::uuid and t.device_id = $2::uuid and t.key_hash = r.k
    where t.key_hash is null or (t.version_epoch, t.version_seq) < (m.version_epoch, m.version_seq)
    on conflict (${keyColumns(to.columns).join(', ')}) do update set
      ${['version_epoch = excluded.version_epoch', 'version_seq = excluded.version_seq', 'created_at = least(x.created_at, excluded.created_at)', 'updated_at = excluded.updated_at', ...set].join(', ')}
    where (x.version_epoch, x.version_seq) < (excluded.version_epoch, excluded.version_seq)`;
}

/**
 * A row that is newer in the shared mirror was created when the device's own mirror first had it. The rows' keys have
 * their NULLs in the same places: compared by `=` they are found in the index, where `is not distinct from` would
 * compare every row of a chunk with every row of the device.
 */
function createdStatement(
  { from, to, columns }: Copy,
  record: string,
  match: string,
  nullKeys: readonly number[],
): string {
  const targetOf = new Map(columns.map((c) => [c.from, c.to]));
  const same = keyOf(from.columns).map((c) => {
    const name = quoteIdentifier(targetOf.get(c.name) ?? c.name);
    return nullKeys.includes(from.columns.indexOf(c))
      ? `x.${name} is null`
      : `x.${name} = m.${quoteIdentifier(c.name)}`;
  });
  return `update ${mirrorTable(to.tableName)} x set created_at = m.created_at
    from ${record} join ${mirrorTable(from.tableName)} m on ${match}
    where x.device_id = $2::uuid and ${same.join(' and ')} and x.created_at > m.created_at`;
}
