// A column that went and one that came may be the same under a new name. Only values say so: what staged rows hold
// under the new name is compared with what the mirror holds under the old one, for the same keys. Names, and pairs
// of which no row could be compared, propose nothing; and a person decides, since equal values can be chance.
import type { RenameProposal } from '@/server/contract/governance';
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import type { JsonObject } from '@/server/protocol/exact-json';
import { canonicalSchema, type SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import { encodeCell } from '../mirror/cell';
import { loadTarget } from '../mirror/load-target';
import type { MirrorColumnSpec } from '../mirror/plan-mirror';
import type { MirrorTarget } from '../mirror/prepare-writes';
import { sampleRows } from './sample-values';

const PAIRS_MAX = 50;
const SHARE_MIN = 0.5;

interface Pair {
  from: string;
  to: string;
  old: MirrorColumnSpec;
}

interface Versions {
  lineageId: string;
  schemaHash: string;
  columns: readonly SchemaColumn[];
  approved: { schemaHash: string; columns: readonly SchemaColumn[] };
}

/** Renames that at least half of the compared values bear out, the surest first, each column at most once. */
export async function renameProposals(ctx: Ctx, versions: Versions): Promise<RenameProposal[]> {
  const target = await loadTarget(ctx.db, versions.lineageId, versions.approved.schemaHash);
  // A sample is never sent twice, so no key of a telemetry table is in both schemas.
  if (target === null || target.sample !== null) return [];
  const pairs = candidates(versions, target);
  const key = target.columns.filter((c) => c.keyOrdinal > 0);
  const isSameKey = keyText(versions.columns) === keyText(versions.approved.columns);
  if (pairs.length === 0 || key.length === 0 || !isSameKey) return [];
  const rows = await sampleRows(ctx.db, versions.lineageId, versions.schemaHash);
  const records = recordsOf(rows, target, key, pairs);
  if (records.length === 0) return [];
  return best(await compare(ctx, target, { key, pairs, records }));
}

const keyText = (columns: readonly SchemaColumn[]): string =>
  canonicalSchema({ tableName: '', columns: columns.filter((c) => c.pk_ordinal > 0) });

function candidates({ columns, approved }: Versions, target: MirrorTarget): Pair[] {
  const now = new Set(columns.map((c) => c.name));
  const then = new Set(approved.columns.map((c) => c.name));
  const added = columns.filter((c) => c.pk_ordinal === 0 && !then.has(c.name));
  const removed = approved.columns.filter((c) => c.pk_ordinal === 0 && !now.has(c.name));
  return removed
    .flatMap((gone) => {
      const old = target.columns.find((c) => target.bound.get(c.name) === gone.name);
      const same = added.filter((c) => c.decl_type_affinity === gone.decl_type_affinity);
      return old === undefined ? [] : same.map((c) => ({ from: gone.name, to: c.name, old }));
    })
    .slice(0, PAIRS_MAX);
}

/** One JSON object per key: its cells, and per pair the new value in the old column's type and whether it fits. */
function recordsOf(
  rows: readonly JsonObject[],
  target: MirrorTarget,
  key: readonly MirrorColumnSpec[],
  pairs: readonly Pair[],
): string[] {
  const records = new Map<string, string>();
  for (const row of rows) {
    const cells = key.map((c) => encodeCell(row.entries.get(target.bound.get(c.name) ?? '') ?? null, c.type));
    const keys = cells.flatMap((cell, i) => (cell.ok ? [`"k${i}":${cell.json}`] : []));
    if (keys.length < key.length) continue;
    const values = pairs.map(({ to, old }, i) => {
      const cell = encodeCell(row.entries.get(to) ?? null, old.type);
      return cell.ok ? `"v${i}":${cell.json},"f${i}":true` : `"v${i}":null,"f${i}":false`;
    });
    records.set(keys.join(), `{${[...keys, ...values].join(',')}}`);
  }
  return [...records.values()];
}

async function compare(
  { db }: Ctx,
  target: MirrorTarget,
  {
    key,
    pairs,
    records,
  }: { key: readonly MirrorColumnSpec[]; pairs: readonly Pair[]; records: readonly string[] },
): Promise<RenameProposal[]> {
  const fields = [
    ...key.map((c, i) => `k${i} ${c.type}`),
    ...pairs.map(({ old }, i) => `v${i} ${old.type}, f${i} boolean`),
  ];
  const match = key.map((c, i) => `m.${quoteIdentifier(c.name)} = r.k${i}`);
  // Two NULLs agree about nothing and are not counted.
  const counts = pairs.map(({ old }, i) => {
    const was = `m.${quoteIdentifier(old.name)}`;
    return `count(*) filter (where ${was} is not null or r.v${i} is not null or not r.f${i})::int as c${i},
            count(*) filter (where r.f${i} and ${was} = r.v${i})::int as a${i}`;
  });
  const [found] = await db.sql.unsafe<Record<string, number>[]>(
    `select ${counts.join(', ')}
     from json_to_recordset($1::text::json) as r(${fields.join(', ')})
     join ${mirrorTable(target.tableName)} m on m.device_id = $2::uuid and ${match.join(' and ')}`,
    [`[${records.join(',')}]`, target.deviceId],
  );
  return pairs.map(({ from, to }, i) => {
    const compared = found?.[`c${i}`] ?? 0;
    const agreeing = found?.[`a${i}`] ?? 0;
    return { from, to, compared, agreeing, share: compared === 0 ? 0 : agreeing / compared };
  });
}

function best(all: readonly RenameProposal[]): RenameProposal[] {
  const taken = new Set<string>();
  return all
    .filter(({ compared, share }) => compared > 0 && share >= SHARE_MIN)
    .sort((a, b) => b.share - a.share || b.compared - a.compared)
    .filter(({ from, to }) => {
      if (taken.has(`from ${from}`) || taken.has(`to ${to}`)) return false;
      taken.add(`from ${from}`).add(`to ${to}`);
      return true;
    });
}
