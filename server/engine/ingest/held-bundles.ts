// Locks the lineages of several bundles and reads what decides where their rows go. The locks come first, in a
// statement of their own: what is read in the same statement would be as old as its start, and rows would be staged
// behind an approval that has just replayed its last one. In the order of their ids (invariant 7), and never
// waiting: a lineage that somebody else holds goes alone, so two groups cannot wait for each other. A locked row itself
// is read as its lock finds it. What a small batch costs is mostly waiting for answers: three questions, no more.
import type { Db } from '@/server/db/client';
import { settleAll } from '@/server/lib/settle-all';
import type { Capture, PauseCauseKind, VersionStatus } from '@/server/db/schema/governance';
import { routeOf } from '../governance/pause';
import type { LineageIdentity, LineageRow } from '../lineages/lineage-row';
import { loadLanding, type Landing } from '../materialize/landing';
import { coalescingModeOf } from '../policy/coalescing-mode';
import type { Bundle } from './batch-bundle';

/** What the way of a group needs of a locked lineage. */
type HeldLineage = LineageIdentity &
  Pick<LineageRow, 'capture' | 'watermarkOrdinal' | 'watermarkSeq' | 'deliveredOrdinal' | 'deliveredSeq'>;

export interface HeldBundle {
  bundle: Bundle;
  lineage: HeldLineage;
  ordinal: bigint;
  route: ReturnType<typeof routeOf>;
  causes: readonly PauseCauseKind[];
  /** Where its rows go in the mirror; null where there is no such place, or the rows are to be staged. */
  landing: Landing | null;
}

interface Found {
  n: number;
  id: string;
  org_id: string;
  project_id: string;
  fleet_id: string;
  device_id: string;
  source_table: string;
  capture: Capture;
  watermark_ordinal: string | null;
  watermark_seq: string | null;
  delivered_ordinal: string | null;
  delivered_seq: string | null;
  /** As it was before the lock: good for a guess and for nothing else. */
  seems_active: boolean;
}

interface Facts {
  n: number;
  status: VersionStatus | null;
  verified: boolean | null;
  has_columns: boolean | null;
  ordinal: string | null;
  causes: PauseCauseKind[];
}

const bigintOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

const lineageOf = (found: Found): HeldLineage => ({
  id: found.id,
  orgId: found.org_id,
  projectId: found.project_id,
  fleetId: found.fleet_id,
  deviceId: found.device_id,
  sourceTable: found.source_table,
  capture: found.capture,
  watermarkOrdinal: bigintOf(found.watermark_ordinal),
  watermarkSeq: bigintOf(found.watermark_seq),
  deliveredOrdinal: bigintOf(found.delivered_ordinal),
  deliveredSeq: bigintOf(found.delivered_seq),
});

/** Where the rows go; null where something has to be decided or made first, which the way of one batch does. */
function held(bundle: Bundle, lineage: HeldLineage, facts: Facts): Omit<HeldBundle, 'landing'> | null {
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
  return isAbove ? { bundle, lineage, ordinal, causes, route: routeOf(causes, status) } : null;
}

/** Those of `bundles` whose lineage is there and free, with nothing to decide: locked until the transaction ends. */
export async function holdBundles(db: Db, bundles: readonly Bundle[]): Promise<HeldBundle[]> {
  const found = await lockFree(db, bundles);
  if (found.length === 0) return [];
  // Most lineages that seem active are: where their rows go is asked at once with what decides whether they go there.
  const [facts, landings] = await settleAll([
    factsOf(db, bundles, found),
    settleAll(found.map((one) => (one.seems_active ? landingOf(db, bundles, one) : Promise.resolve(null)))),
  ]);
  const factsByPlace = new Map(facts.map((f) => [f.n, f]));
  const all = found.map(async (one, i): Promise<HeldBundle[]> => {
    const [bundle, known] = [bundles[one.n], factsByPlace.get(one.n)];
    const place = bundle && known ? held(bundle, lineageOf(one), known) : null;
    if (place === null) return [];
    const landing =
      place.route !== 'mirror' || one.seems_active ? landings[i] : await landingOf(db, bundles, one);
    return [{ ...place, landing: landing ?? null }];
  });
  return (await settleAll(all)).flat();
}

const landingOf = (db: Db, bundles: readonly Bundle[], { id, n }: Found): Promise<Landing | null> =>
  loadLanding(db, id, bundles[n]?.schemaHash ?? '');

function lockFree(db: Db, bundles: readonly Bundle[]): Promise<Found[]> {
  const asked = JSON.stringify(bundles.map((b, n) => ({ n, r: b.rootTopic, t: b.sourceTable })));
  return db.sql<Found[]>`
    select k.n, l.id, l.org_id, l.project_id, l.fleet_id, l.device_id, l.source_table, l.capture,
      l.watermark_ordinal, l.watermark_seq, l.delivered_ordinal, l.delivered_seq,
      not exists (select from tidegate.pause_cause p where p.lineage_id = l.id) as seems_active
    from json_to_recordset(${asked}::text::json) as k(n int, r text, t text)
    join tidegate.device d on d.root_topic = k.r
    join tidegate.lineage l on l.device_id = d.id and l.source_table = k.t
    order by l.id
    for update of l skip locked`.then((rows) => [...rows]);
}

function factsOf(db: Db, bundles: readonly Bundle[], found: readonly Found[]): Promise<Facts[]> {
  const keys = found.map(({ id, n }) => ({
    n,
    id,
    h: bundles[n]?.schemaHash,
    e: bundles[n]?.journalEpoch,
  }));
  return db.sql<Facts[]>`
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
    left join tidegate.journal_epoch e on e.lineage_id = k.id and e.epoch = k.e`.then((rows) => [...rows]);
}
