// The facts of a situation at the moment in which it is told: who and how much, from the tables.
import type { Fragment } from 'postgres';
import type { SchemaChangeReason } from '@/server/contract/governance';
import type { Ctx } from '../context/context';
import { earliestFull, forecastBacklogs } from './forecast-backlogs';
import { presenceCondition } from '../devices/presence';
import type { Situation } from './situation';

/** How many devices are called by name. */
const NAMES_MAX = 5;

export interface SituationFacts {
  devices: number;
  /** The first by name. */
  deviceNames: string[];
  since: string | null;
  /** Null where it is about no table. */
  schema: {
    sourceTable: string;
    schemaHash: string;
    classification: string | null;
    changes: SchemaChangeReason[];
  } | null;
  fleetName: string | null;
  stagedRows: number;
  stagedBytes: number;
  /** When the first backlog is full at its present growth; null where none will be. */
  fullAt: string | null;
  /** True where a backlog is over its cap now. */
  isFull: boolean;
  /** Where it is seen: a path of the console. */
  path: string;
}

/** Null where it is over in the meantime. */
export function situationFacts(
  ctx: Ctx,
  projectId: string,
  situation: Situation,
): Promise<SituationFacts | null> {
  switch (situation.subject.of) {
    case 'fleet':
      return silentFacts(ctx, projectId, situation.subject.id);
    case 'registry_review':
      return registryFacts(ctx, projectId, situation.subject.id);
    case 'schema':
      return schemaFacts(ctx, projectId, situation, situation.subject);
  }
}

async function silentFacts(
  { db: { sql }, clock }: Ctx,
  projectId: string,
  fleetId: string,
): Promise<SituationFacts | null> {
  const [row] = await sql<{ fleet: string; devices: number; names: string[]; since: string }[]>`
    select f.name as fleet, count(*)::int as devices, min(d.last_seen_at) as since,
      (array_agg(d.name order by d.name))[1:${NAMES_MAX}] as names
    from tidegate.device d join tidegate.fleet f on f.id = d.fleet_id
    where d.project_id = ${projectId} and d.fleet_id = ${fleetId} and ${presenceCondition(sql, 'silent', clock.now())}
    group by f.name`;
  if (row === undefined) return null;
  return {
    devices: row.devices,
    deviceNames: row.names,
    since: new Date(row.since).toISOString(),
    schema: null,
    fleetName: row.fleet,
    stagedRows: 0,
    stagedBytes: 0,
    fullAt: null,
    isFull: false,
    path: `/devices?fleet=${fleetId}&presence=silent`,
  };
}

interface Affected {
  devices: number;
  names: string[];
  staged_rows: number;
  staged_bytes: number;
}

/** Counts over lineages `l` and the versions `v` of theirs that hold the rows. */
async function affected(
  { db: { sql } }: Ctx,
  from: Fragment,
  staged: 'version' | 'lineage',
): Promise<Affected> {
  const of = staged === 'version' ? sql`v` : sql`l`;
  const [row] = await sql<Affected[]>`
    select count(*)::int as devices, coalesce(sum(${of}.staged_rows), 0)::float8 as staged_rows,
      coalesce(sum(${of}.staged_bytes), 0)::float8 as staged_bytes,
      coalesce((array_agg(d.name order by d.name))[1:${NAMES_MAX}], '{}') as names
    ${from}`;
  return row ?? { devices: 0, names: [], staged_rows: 0, staged_bytes: 0 };
}

async function outlook(ctx: Ctx, projectId: string, where: Fragment) {
  const outlooks = await forecastBacklogs(ctx, projectId, where);
  return { fullAt: earliestFull(outlooks), isFull: outlooks.some(({ isOver }) => isOver) };
}

const factsOf = (of: Affected) => ({
  devices: of.devices,
  deviceNames: of.names,
  fleetName: null,
  stagedRows: of.staged_rows,
  stagedBytes: of.staged_bytes,
});

async function registryFacts(ctx: Ctx, projectId: string, id: string): Promise<SituationFacts | null> {
  const { sql } = ctx.db;
  const [review] = await sql<(ReviewRow & { entry: string; source_table: string; schema_hash: string })[]>`
    select id, registry_id as entry, source_table, schema_hash, classification, reasons, created_at
    from tidegate.registry_review
    where id = ${id} and project_id = ${projectId} and status in ('queued', 'in_review')`;
  if (review === undefined) return null;
  const waits = sql`v.registry_entry_id = ${review.entry} and v.status = 'pending'`;
  const counts = await affected(
    ctx,
    sql`from tidegate.schema_version v join tidegate.lineage l on l.id = v.lineage_id
      join tidegate.device d on d.id = l.device_id where ${waits}`,
    'version',
  );
  const lineages = sql`exists (select from tidegate.schema_version v where v.lineage_id = l.id and ${waits})`;
  return {
    ...factsOf(counts),
    ...(await outlook(ctx, projectId, lineages)),
    since: new Date(review.created_at).toISOString(),
    schema: {
      sourceTable: review.source_table,
      schemaHash: review.schema_hash,
      classification: review.classification,
      changes: review.reasons,
    },
    path: `/reviews/registry/${id}`,
  };
}

interface ReviewRow {
  id: string;
  classification: string;
  reasons: SchemaChangeReason[];
  created_at: string;
}

type SchemaSubject = Extract<Situation['subject'], { of: 'schema' }>;

/** The open reviews of a schema, or the lineages that are on it: whichever the kind is about. */
async function schemaFacts(
  ctx: Ctx,
  projectId: string,
  { kind, since }: Situation,
  subject: SchemaSubject,
): Promise<SituationFacts | null> {
  const isReview = kind === 'review_waits' || kind === 'review_unclaimed';
  const review = await frequentReview(ctx, projectId, subject);
  if (isReview && review === null) return null;
  const of = isReview ? ofReviews(ctx, projectId, subject) : ofLineages(ctx, projectId, kind, subject);
  const counts = await affected(ctx, of.from, isReview ? 'version' : 'lineage');
  if (counts.devices === 0) return null;
  return {
    ...factsOf(counts),
    ...(await outlook(ctx, projectId, of.lineages)),
    since:
      isReview && review !== null ? review.created_at : since.getTime() === 0 ? null : since.toISOString(),
    schema: {
      sourceTable: subject.sourceTable,
      schemaHash: subject.schemaHash,
      classification: review?.classification ?? null,
      changes: review?.reasons ?? [],
    },
    path: isReview && counts.devices === 1 ? `/reviews/${review?.id ?? ''}` : of.path,
  };
}

/** The oldest open review of the schema whose finding most devices share; null where none is open. */
async function frequentReview(
  { db: { sql } }: Ctx,
  projectId: string,
  { sourceTable, schemaHash }: SchemaSubject,
): Promise<ReviewRow | null> {
  const [row] = await sql<ReviewRow[]>`
    select id, classification, reasons, created_at from tidegate.schema_review
    where project_id = ${projectId} and source_table = ${sourceTable} and schema_hash = ${schemaHash}
      and status in ('queued', 'in_review')
    order by count(*) over (partition by classification) desc, created_at, id limit 1`;
  return row === undefined ? null : { ...row, created_at: new Date(row.created_at).toISOString() };
}

interface Place {
  from: Fragment;
  lineages: Fragment;
  path: string;
}

function ofReviews({ db: { sql } }: Ctx, projectId: string, subject: SchemaSubject): Place {
  const { sourceTable, schemaHash } = subject;
  const open = sql`r.project_id = ${projectId} and r.source_table = ${sourceTable}
    and r.schema_hash = ${schemaHash} and r.status in ('queued', 'in_review')`;
  return {
    from: sql`from tidegate.schema_review r join tidegate.schema_version v on v.id = r.schema_version_id
      join tidegate.device d on d.id = r.device_id where ${open}`,
    lineages: sql`exists (select from tidegate.schema_review r where r.lineage_id = l.id and ${open})`,
    path: `/reviews?table=${encodeURIComponent(sourceTable)}`,
  };
}

function ofLineages(
  { db: { sql } }: Ctx,
  projectId: string,
  kind: Situation['kind'],
  { sourceTable, schemaHash }: SchemaSubject,
): Place {
  const held =
    kind === 'breaker_opened'
      ? sql`exists (select from tidegate.pause_cause c where c.lineage_id = l.id and c.cause = 'circuit_breaker')`
      : sql`l.staged_rows > 0`;
  const table = encodeURIComponent(sourceTable);
  const lineages = sql`l.source_table = ${sourceTable} and l.current_schema_hash = ${schemaHash} and ${held}`;
  return {
    from: sql`from tidegate.lineage l join tidegate.device d on d.id = l.device_id
      where l.project_id = ${projectId} and ${lineages}`,
    lineages,
    path:
      kind === 'breaker_opened'
        ? `/lineages?cause=circuit_breaker&table=${table}`
        : `/lineages?table=${table}&sort=-staged_row_count`,
  };
}
