/** What the tables hold for the devices of a history, all values as text, in the history's own terms. */
import type { RootDb } from '@/server/db/client';
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import type { MirrorType } from '@/server/db/schema/mirrors';
import { epochIndex, type Play } from './play';
import { OWN_COLUMNS } from './samples';
import { isOfSamples } from './values';

export interface MirrorColumn {
  name: string;
  type: MirrorType;
  keyOrdinal: number;
}

/** Where the rows of an approved schema of one device go. */
export interface BindingState {
  mirror: MirrorState;
  /** Mirror column to source column. */
  bound: ReadonlyMap<string, string>;
  /** Mirror column to the text column that takes what does not fit it. */
  texts: ReadonlyMap<string, string>;
  /** Source column to the name of the data point that its values go to. */
  points: ReadonlyMap<string, string>;
}

export interface MirrorState {
  tableName: string;
  sourceTable: string;
  columns: MirrorColumn[];
  /** Indexes into `columns`, in the order of the key. */
  keyIndexes: number[];
  /** By the device's index and the JSON of the key's texts. */
  rows: Map<string, { epoch: number; seq: number; cells: (string | null)[] }>;
  /** A device's own, whose schemas have gone over to a shared one: what is in it stays as it was. */
  isLeft: boolean;
}

export interface StagedState {
  row: string | null;
  reason: string;
  error: string | null;
}

export interface LineageState {
  device: number;
  source_table: string;
  staged_rows: string;
  staged_bytes: string;
  actual_rows: string;
  actual_bytes: string;
  version_drift: number;
  /** Versions whose flag does not say what the lineage says of its last batch. */
  current_drift: number;
  causes: string[];
  newest_control: string | null;
  open_controls: number;
  open_intents: number;
  /** Staged rows of approved schemas that no write has refused. */
  waiting_rows: number;
  /** Schemas that the registry has approved and that are bound to another mirror than it says. */
  astray: number;
  /** The device's own mirrors whose rows are still being copied to a shared one. */
  copying: string[];
}

export interface State {
  mirrors: Map<string, MirrorState>;
  /** By `device|table|hash`. */
  bindings: Map<string, BindingState>;
  /** By `device|table|epoch|seq|pk`. */
  staged: Map<string, StagedState>;
  lineages: LineageState[];
  rejected: number;
  /** The ids of the batches of samples that were refused as late. */
  late: Set<string>;
  problems: string[];
}

const readLineages = ({ world: { db }, place }: Play) => db.sql<
  (Omit<LineageState, 'device'> & { device_id: string })[]
>`
  select l.device_id, l.source_table, l.staged_rows, l.staged_bytes,
    (select count(*) from tidegate.staged_row s where s.lineage_id = l.id) as actual_rows,
    (select coalesce(sum(s.bytes), 0) from tidegate.staged_row s where s.lineage_id = l.id) as actual_bytes,
    (select count(*)::int from tidegate.schema_version v where v.lineage_id = l.id and (v.staged_rows, v.staged_bytes) <>
       (select count(*), coalesce(sum(s.bytes), 0) from tidegate.staged_row s
        where s.lineage_id = l.id and s.schema_hash = v.schema_hash)) as version_drift,
    (select count(*)::int from tidegate.schema_version v where v.lineage_id = l.id
       and v.is_current <> (v.schema_hash = l.current_schema_hash)) as current_drift,
    array(select p.cause from tidegate.pause_cause p where p.lineage_id = l.id order by 1) as causes,
    (select c.control_kind from tidegate.control c where c.lineage_id = l.id and c.superseded_at is null
     order by c.created_at desc limit 1) as newest_control,
    (select count(*)::int from tidegate.control c where c.lineage_id = l.id and c.superseded_at is null) as open_controls,
    (select count(*)::int from tidegate.replay_intent i
     where i.lineage_id = l.id and i.status in ('pending', 'running')) as open_intents,
    (select count(*)::int from tidegate.staged_row s
     join tidegate.schema_version v on v.lineage_id = l.id and v.schema_hash = s.schema_hash and v.status = 'approved'
     where s.lineage_id = l.id and s.staging_reason <> 'materialization_failed') as waiting_rows,
    (select count(*)::int from tidegate.schema_version v
     join tidegate.registry_entry e on e.id = v.registry_entry_id
     where v.lineage_id = l.id and v.status = 'approved' and (e.status <> 'approved' or (e.mirror_id is not null
       and not exists (select from tidegate.column_binding b where b.lineage_id = l.id
                         and b.schema_hash = v.schema_hash and b.mirror_id = e.mirror_id)))) as astray,
    array(select m ->> 'fromMirrorId' from tidegate.consolidation_device d, jsonb_array_elements(d.moves) as m
     where d.lineage_id = l.id and d.status = 'copying') as copying
  from tidegate.lineage l where l.project_id = ${place.projectId}`;

interface MirrorRow {
  id: string;
  table_name: string;
  source_table: string;
  columns: MirrorColumn[];
  is_left: boolean;
}

async function readMirror(
  { sql }: RootDb,
  mirror: MirrorRow,
  placeOf: (deviceId: string, ordinal: string) => { device: number; epoch: number },
): Promise<MirrorState> {
  const { columns } = mirror;
  const keyIndexes = columns
    .map((c, i) => ({ ...c, i }))
    .filter((c) => c.keyOrdinal > 0)
    .sort((a, b) => a.keyOrdinal - b.keyOrdinal)
    .map((c) => c.i);
  const cells = columns.map((c) => `${quoteIdentifier(c.name)}::text`).join(', ');
  const rows = await sql.unsafe<{ d: string; e: string; s: string; cells: (string | null)[] }[]>(
    `select device_id as d, version_epoch::text as e, version_seq::text as s, json_build_array(${cells}) as cells
     from ${mirrorTable(mirror.table_name)}`,
  );
  return {
    tableName: mirror.table_name,
    sourceTable: mirror.source_table,
    columns,
    keyIndexes,
    isLeft: mirror.is_left,
    rows: new Map(
      rows.map((r) => {
        const { device, epoch } = placeOf(r.d, r.e);
        const key = JSON.stringify([device, ...keyIndexes.map((i) => r.cells[i])]);
        return [key, { epoch, seq: Number(r.s), cells: r.cells }];
      }),
    ),
  };
}

/** The journals' places, by device and ordinal; what is out of order is a problem at once. */
async function readEpochs(play: Play, problems: string[]) {
  const { world, place, devices, history } = play;
  const deviceIndex = (id: string) => devices.findIndex((d) => d.id === id);
  const rows = await world.db.sql<
    { lineage_id: string; device_id: string; epoch: string; ordinal: string }[]
  >`
    select e.lineage_id, l.device_id, e.epoch, e.ordinal
    from tidegate.journal_epoch e join tidegate.lineage l on l.id = e.lineage_id
    where l.project_id = ${place.projectId} order by e.lineage_id, e.ordinal`;
  const at = (r: { device_id: string; epoch: string }) =>
    epochIndex(history, deviceIndex(r.device_id), r.epoch);
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    if (before?.lineage_id === row.lineage_id && at(before) > at(row))
      problems.push(`the epochs are out of order: ${before.epoch} before ${row.epoch}`);
  });
  const now = rows.map((r) => [`${r.device_id}|${r.ordinal}`, at(r)] as const);
  const epochOf = new Map([...play.oldEpochs, ...now]);
  return (deviceId: string, ordinal: string) => ({
    device: deviceIndex(deviceId),
    epoch: epochOf.get(`${deviceId}|${ordinal}`) ?? (ordinal === '0' ? 0 : -1),
  });
}

async function readMirrors(play: Play, problems: string[]): Promise<Map<string, MirrorState>> {
  const { world, place } = play;
  const placeOf = await readEpochs(play, problems);
  const found = await world.db.sql<MirrorRow[]>`
    select m.id, m.table_name, m.source_table,
      (select json_agg(json_build_object('name', c.name, 'type', c.type, 'keyOrdinal', c.key_ordinal) order by c.position)
       from tidegate.mirror_column c where c.mirror_id = m.id) as columns,
      exists (select from tidegate.consolidation_device d, jsonb_array_elements(d.moves) as x
              where x ->> 'fromMirrorId' = m.id::text) as is_left
    from tidegate.mirror m where m.project_id = ${place.projectId}`;
  const mirrors = new Map<string, MirrorState>();
  for (const m of found) mirrors.set(m.id, await readMirror(world.db, m, placeOf));
  return mirrors;
}

/** Reads everything of a history's project. */
export async function readState(play: Play): Promise<State> {
  const { world, place, devices } = play;
  const { sql } = world.db;
  const problems: string[] = [];
  const indexOf = new Map(devices.map((d, i) => [d.id, i]));
  const mirrors = await readMirrors(play, problems);
  const bound = await sql<
    {
      device_id: string;
      source_table: string;
      schema_hash: string;
      mirror_id: string;
      bound: [string, string][];
      texts: [string, string][];
      points: [string, string][];
    }[]
  >`
    select l.device_id, l.source_table, b.schema_hash, b.mirror_id,
      json_agg(json_build_array(b.mirror_column_name, b.source_column_name)) as bound,
      coalesce(json_agg(json_build_array(b.mirror_column_name, b.text_column_name))
        filter (where b.text_column_name is not null), '[]') as texts,
      (select coalesce(json_agg(json_build_array(q.source_column_name, p.name)), '[]')
       from tidegate.column_binding q join tidegate.device_data_point p on p.id = q.device_data_point_id
       where q.lineage_id = b.lineage_id and q.schema_hash = b.schema_hash) as points
    from tidegate.column_binding b join tidegate.lineage l on l.id = b.lineage_id
    where l.project_id = ${place.projectId} and b.action = 'mirror'
    group by 1, 2, 3, 4, b.lineage_id`;
  const bindings: State['bindings'] = new Map();
  for (const b of bound) {
    const mirror = mirrors.get(b.mirror_id);
    const key = `${String(indexOf.get(b.device_id))}|${b.source_table}|${b.schema_hash}`;
    if (bindings.has(key)) problems.push(`${key} is bound to two mirrors`);
    if (mirror !== undefined)
      bindings.set(key, {
        mirror,
        bound: new Map(isOfSamples(b.source_table) ? [...OWN_COLUMNS, ...b.bound] : b.bound),
        texts: new Map(b.texts),
        points: new Map(b.points),
      });
  }
  const staged = await sql<
    (StagedState & {
      device_id: string;
      source_table: string;
      journal_epoch: string;
      commit_seq: string;
      pk: string;
    })[]
  >`
    select l.device_id, l.source_table, s.journal_epoch, s.commit_seq, s.pk, s."row", s.staging_reason as reason, s.error
    from tidegate.staged_row s join tidegate.lineage l on l.id = s.lineage_id where l.project_id = ${place.projectId}`;
  const [kept] = await sql<{ n: number; late: string[] }[]>`
    select count(*) filter (where code not like '%_batch_seq')::int as n,
      array(select distinct b.batch_id from tidegate.rejected_batch b
            where b.project_id = ${place.projectId} and b.code like '%_batch_seq') as late
    from tidegate.rejected_batch
    where project_id = ${place.projectId} or (project_id is null and topic like ${`w-${place.projectId}/%`})`;
  return {
    mirrors,
    bindings,
    staged: new Map(
      staged.map((s) => [
        `${String(indexOf.get(s.device_id))}|${s.source_table}|${s.journal_epoch}|${s.commit_seq}|${s.pk}`,
        s,
      ]),
    ),
    lineages: (await readLineages(play)).map(({ device_id, ...l }) => ({
      ...l,
      device: indexOf.get(device_id) ?? -1,
    })),
    rejected: kept?.n ?? 0,
    late: new Set(kept?.late),
    problems,
  };
}

/** By `device|table`: what is paused for another cause than its schema. */
export async function pausedTables({ world, place, devices }: Play): Promise<ReadonlySet<string>> {
  const rows = await world.db.sql<{ device_id: string; source_table: string }[]>`
    select distinct l.device_id, l.source_table from tidegate.lineage l
    join tidegate.pause_cause p on p.lineage_id = l.id
    where l.project_id = ${place.projectId} and p.cause <> 'schema_review'`;
  return new Set(
    rows.map((r) => `${String(devices.findIndex((d) => d.id === r.device_id))}|${r.source_table}`),
  );
}
