// Locks the lineages of several bundles and reads what decides where their rows go. The locks come first, in a
// statement of their own: what is read in the same statement would be as old as its start, and rows would be staged
// behind an approval that has just replayed its last one. In the order of their ids (invariant 7), and never
// waiting: a lineage that somebody else holds goes alone, so two groups cannot wait for each other.
import { inArray } from 'drizzle-orm';
import type { Db } from '@/server/db/client';
import { settleAll } from '@/server/lib/settle-all';
import { lineage, type PauseCauseKind, type VersionStatus } from '@/server/db/schema/governance';
import { routeOf } from '../governance/pause';
import type { LineageRow } from '../lineages/lineage-row';
import { coalescingModeOf } from '../policy/coalescing-mode';
import type { Bundle } from './batch-bundle';

export interface HeldBundle {
  bundle: Bundle;
  lineage: LineageRow;
  ordinal: bigint;
  route: ReturnType<typeof routeOf>;
}

interface Found {
  id: string;
  n: number;
}

interface Facts {
  n: number;
  status: VersionStatus | null;
  verified: boolean | null;
  has_columns: boolean | null;
  ordinal: string | null;
  causes: PauseCauseKind[];
}

/** Where the rows go; null where something has to be decided or made first, which the way of one batch does. */
function held(bundle: Bundle, lineage: LineageRow, facts: Facts): HeldBundle | null {
  const { status, verified, ordinal: text, causes } = facts;
  if (lineage.capture !== 'rows' || status === null || text === null) return null;
  const ordinal = BigInt(text);
  const [first] = bundle.members;
  const teaches = ({ batch }: Bundle['members'][number]): boolean =>
    batch.schemaColumns !== null && verified !== true && (batch.schemaVerified || facts.has_columns !== true);
  if (first === undefined || bundle.members.some(teaches)) return null;
  if ((status === 'approved') === causes.includes('schema_review')) return null;
  const { watermarkOrdinal: epoch, watermarkSeq: seq } = lineage;
  const isAbove =
    epoch === null ||
    seq === null ||
    ordinal > epoch ||
    (ordinal === epoch && first.batch.firstCommitSeq > seq);
  return isAbove ? { bundle, lineage, ordinal, route: routeOf(causes, status) } : null;
}

/** Those of `bundles` whose lineage is there and free, with nothing to decide: locked until the transaction ends. */
export async function holdBundles(db: Db, bundles: readonly Bundle[]): Promise<HeldBundle[]> {
  const asked = JSON.stringify(bundles.map((b, n) => ({ n, r: b.rootTopic, t: b.sourceTable })));
  const found = await db.sql<Found[]>`
    select l.id, k.n
    from json_to_recordset(${asked}::text::json) as k(n int, r text, t text)
    join tidegate.device d on d.root_topic = k.r
    join tidegate.lineage l on l.device_id = d.id and l.source_table = k.t
    order by l.id
    for update of l skip locked`;
  if (found.length === 0) return [];
  const keys = found.map(({ id, n }) => ({
    n,
    id,
    h: bundles[n]?.schemaHash,
    e: bundles[n]?.journalEpoch,
  }));
  const ids = found.map(({ id }) => id);
  const [rows, facts] = await settleAll([
    db.orm.select().from(lineage).where(inArray(lineage.id, ids)),
    db.sql<Facts[]>`
      select k.n,
        -- What the registry decides now: nobody is asked about it there, or it is approved where the mode in force
        -- decides while a review of the device's own is left. The way of one batch finds out which.
        case when v.status <> 'pending'
          or (v.registry_entry_id is null and not exists (
            select from tidegate.lineage l
            join tidegate.registry_entry r on r.source_table = l.source_table and r.schema_hash = k.h
              and (r.scope, r.scope_id) in (('project', l.project_id), ('fleet', l.fleet_id))
            where l.id = k.id and r.status = 'approved' and r.capture = l.capture
              and r.scope = ${coalescingModeOf(db.sql, db.sql`l.fleet_id`, db.sql`l.project_id`)}))
          or exists (select from tidegate.registry_review q
                     where q.registry_id = v.registry_entry_id and q.status in ('queued', 'in_review'))
          then v.status end as status, v.verified, v.columns is not null as has_columns, e.ordinal,
        array(select p.cause from tidegate.pause_cause p where p.lineage_id = k.id) as causes
      from json_to_recordset(${JSON.stringify(keys)}::text::json) as k(n int, id uuid, h text, e uuid)
      left join tidegate.schema_version v on v.lineage_id = k.id and v.schema_hash = k.h
      left join tidegate.journal_epoch e on e.lineage_id = k.id and e.epoch = k.e`,
  ]);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const factsOf = new Map(facts.map((f) => [f.n, f]));
  return found.flatMap(({ id, n }) => {
    const [bundle, row, known] = [bundles[n], rowOf.get(id), factsOf.get(n)];
    if (bundle === undefined || row === undefined || known === undefined) return [];
    return held(bundle, row, known) ?? [];
  });
}
