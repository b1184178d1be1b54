// What is measured: every list of the API as it is opened, with its filters and orders, and deep inside.
import type { RootDb } from '@/server/db/client';
import { only } from '@/server/lib/assert';

export interface Case {
  /** The list; its first case is what the others are compared with. */
  list: string;
  name: string;
  /** Below /core/api/v1. */
  path: string;
}

interface Place {
  project: string;
  backlog: string;
  large: string;
  device: string;
  device_name: string;
  point_device: string;
  fleet: string;
  claimant: string;
  /** The newest approved version of the registry, a review of it that waits, and a shared mirror. */
  entry: string | null;
  waiting: string | null;
  shared: string | null;
}

const placeOf = async (db: RootDb): Promise<Place> =>
  only(
    await db.sql<Place[]>`
      select p.id as project,
        (select id from tidegate.lineage order by staged_rows desc limit 1) as backlog,
        (select l.id from tidegate.mirror m join tidegate.lineage l on l.device_id = m.scope_id
           and l.source_table = m.source_table where m.scope = 'device' limit 1) as large,
        d.id as device, d.name as device_name, d.fleet_id as fleet,
        (select device_id from tidegate.device_data_point limit 1) as point_device,
        (select claimed_by from tidegate.schema_review where status = 'in_review' limit 1) as claimant,
        (select id from tidegate.registry_entry where status = 'approved' order by created_at desc, id limit 1) as entry,
        (select id from tidegate.registry_review where status = 'queued' order by id limit 1) as waiting,
        (select mirror_id from tidegate.registry_entry where mirror_id is not null order by id limit 1) as shared
      from tidegate.project p join lateral
        (select * from tidegate.device where project_id = p.id order by name offset 17 limit 1) d on true
      order by p.created_at, p.id limit 1`,
  );

const DEEP = 50_000;

type Lists = Record<string, [path: string, ...queries: string[]]>;

/** Single objects of the registry; none in a database of a seed that had no registry yet. */
const registryOf = (root: string, { entry, waiting, shared }: Place): Lists =>
  entry === null || waiting === null || shared === null
    ? {}
    : {
        'one version': [`${root}/edge/registry/${entry}`],
        'devices of a version': [
          `${root}/edge/registry/${entry}/devices`,
          'on=current',
          'on=waiting',
          'on=left',
          'on=older',
          'q=00',
        ],
        'one registry review': [`${root}/edge/registry-reviews/${waiting}`],
        'facts of it': [`${root}/edge/registry-reviews/${waiting}/facts`],
        'one shared mirror': [`${root}/edge/coalesced-mirrors/${shared}`],
        'devices of a mirror': [`${root}/edge/coalesced-mirrors/${shared}/devices`],
      };

/** Every case against the seeded database. `since` bounds are a day ago. */
export async function casesOf(db: RootDb): Promise<Case[]> {
  const at = await placeOf(db);
  const root = `/projects/${at.project}`;
  const since = new Date(Date.now() - 86_400_000).toISOString();
  const staged = `${root}/edge/lineages/${at.backlog}/staged-rows`;
  const mirror = `${root}/edge/lineages/${at.large}/mirror-rows`;
  const lists: Lists = {
    'staged-rows': [
      staged,
      `page=5000`,
      `page=${DEEP}`,
      'staging_reason=schema_review',
      'op=delete',
      'limit=500',
    ],
    'mirror-rows': [
      mirror,
      'page=5000',
      `page=${DEEP}`,
      'page=250000',
      'sort=-id',
      `sort=-id&page=${DEEP}`,
      'filter=id:4711',
      'filter=channel:alarm',
      'filter=raw:13',
      'sort=raw',
      'sort=-measured_at',
      'limit=500',
    ],
    lineages: [
      `${root}/edge/lineages`,
      'page=2500',
      'status=paused',
      'status=active',
      'pause_cause=schema_review',
      'pause_cause=circuit_breaker',
      'source_table=alarms',
      `fleet_id=${at.fleet}`,
      `device_id=${at.device}`,
      `q=${at.device_name.slice(0, -2)}`,
      'q=alarm',
      'q=zzzz',
      'sort=-staged_row_count',
      'sort=-last_error_at',
      'sort=source_table',
      'sort=device_name',
      'sort=-device_name&status=paused',
      'limit=500',
    ],
    'schema-reviews': [
      `${root}/edge/schema-reviews`,
      'status=open',
      'status=open&page=250',
      'status=queued',
      'status=approved',
      'classification=breaking',
      'source_table=alarms',
      `claimed_by=${at.claimant}`,
      `fleet_id=${at.fleet}`,
      `device_id=${at.device}`,
      'q=alarm',
      'status=open&sort=source_table',
    ],
    'registry-reviews': [
      `${root}/edge/registry-reviews`,
      'status=open',
      'status=approved',
      'scope=fleet',
      'source_table=alarms',
      'status=open&sort=source_table',
    ],
    registry: [`${root}/edge/registry`, 'status=approved', 'scope=fleet', 'source_table=alarms'],
    'registry of a fleet': [`${root}/fleets/${at.fleet}/edge/registry`],
    'registry-tables': [
      `${root}/edge/registry-tables`,
      'page=12',
      'sort=-source_table',
      'status=approved',
      'status=pending',
      'scope=fleet',
      'q=alarm',
    ],
    'tables of a fleet': [`${root}/fleets/${at.fleet}/edge/registry-tables`],
    ...registryOf(root, at),
    'mode-effect': [
      `${root}/edge/policy/mode-effect`,
      'schema_coalescing_mode=project',
      'schema_coalescing_mode=fleet',
    ],
    'consolidation-candidates': [`${root}/edge/consolidation-candidates`, 'scope=fleet'],
    'coalesced-mirrors': [`${root}/edge/coalesced-mirrors`, 'scope=fleet', 'source_table=alarms'],
    consolidations: [`${root}/edge/consolidations`],
    'rejected-batches': [
      `${root}/edge/rejected-batches`,
      'page=500',
      'code=invalid_json',
      'code=unknown_device',
      `device_id=${at.device}`,
      `since=${since}`,
    ],
    devices: [
      `${root}/devices`,
      'page=400',
      `q=${at.device_name.slice(-4)}`,
      `name=${at.device_name}`,
      `fleet_id=${at.fleet}`,
      'connected=false',
      'presence=silent&sort=last_seen_at',
      'presence=never_seen',
      'sort=-last_seen_at',
      'sort=-last_seen_at&page=400',
      'having=rejected_batches',
      'having=pending_controls',
      'having=paused_lineages',
      'sort=-lineages',
      'sort=-paused_lineages',
      'sort=-rejected_batches',
      'sort=-pending_controls',
      'limit=500',
    ],
    fleets: [`${root}/fleets`],
    'fleet devices': [`${root}/fleets/${at.fleet}/devices`],
    events: [
      `${root}/events`,
      'page=5000',
      'kind=edge_schema_review.approved',
      'kind=edge_schema_review.*',
      'kind=nothing.such',
      `device_id=${at.device}`,
      `fleet_id=${at.fleet}`,
      `lineage_id=${at.backlog}`,
      `subject_id=${at.backlog}`,
      `since=${since}`,
    ],
    controls: [
      `${root}/edge/controls`,
      'status=pending',
      'status=acknowledged',
      `device_id=${at.device}`,
      'page=200',
    ],
    'data-points': [`${root}/devices/${at.point_device}/data-points`],
    overview: [`${root}/overview`],
    'one lineage': [`${root}/edge/lineages/${at.backlog}`],
    'failures of a lineage': [`${root}/edge/lineages/${at.backlog}/failures`],
  };
  return Object.entries(lists).flatMap(([list, [path, ...queries]]) => [
    { list, name: 'page 1', path },
    ...queries.map((query) => ({ list, name: query, path: `${path}?${query}` })),
  ]);
}
