/** What the tables hold for one device, all values as text, in the terms of its history. */
import type { RootDb } from '@/server/db/client';
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import type { History } from './history';

export interface MirrorState {
  tableName: string;
  columns: { name: string; keyOrdinal: number }[];
  /** Indexes into `columns`, in the order of the key. */
  keyIndexes: number[];
  /** By the JSON of the key's texts. */
  rows: Map<string, { epoch: number; seq: number; cells: (string | null)[] }>;
}

export interface StagedState {
  row: string | null;
  reason: string;
  error: string | null;
}

export interface LineageState {
  source_table: string;
  staged_rows: string;
  staged_bytes: string;
  actual_rows: string;
  actual_bytes: string;
  version_drift: number;
  causes: string[];
  newest_control: string | null;
  open_controls: number;
  open_intents: number;
  /** Staged rows of approved schemas that no write has refused. */
  waiting_rows: number;
}

export interface State {
  mirrors: MirrorState[];
  /** By `table|hash`: where an approved schema's rows go, mirror column to source column. */
  bindings: Map<string, { mirror: MirrorState; bound: ReadonlyMap<string, string> }>;
  staged: Map<string, StagedState>;
  lineages: LineageState[];
  rejected: number;
  problems: string[];
}

const readLineages = ({ sql }: RootDb, deviceId: string) => sql<LineageState[]>`
  select l.source_table, l.staged_rows, l.staged_bytes,
    (select count(*) from tidegate.staged_row s where s.lineage_id = l.id) as actual_rows,
    (select coalesce(sum(s.bytes), 0) from tidegate.staged_row s where s.lineage_id = l.id) as actual_bytes,
    (select count(*)::int from tidegate.schema_version v where v.lineage_id = l.id and (v.staged_rows, v.staged_bytes) <>
       (select count(*), coalesce(sum(s.bytes), 0) from tidegate.staged_row s
        where s.lineage_id = l.id and s.schema_hash = v.schema_hash)) as version_drift,
    array(select p.cause from tidegate.pause_cause p where p.lineage_id = l.id order by 1) as causes,
    (select c.control_kind from tidegate.control c where c.lineage_id = l.id and c.superseded_at is null
     order by c.created_at desc limit 1) as newest_control,
    (select count(*)::int from tidegate.control c where c.lineage_id = l.id and c.superseded_at is null) as open_controls,
    (select count(*)::int from tidegate.replay_intent i
     where i.lineage_id = l.id and i.status in ('pending', 'running')) as open_intents,
    (select count(*)::int from tidegate.staged_row s
     join tidegate.schema_version v on v.lineage_id = l.id and v.schema_hash = s.schema_hash and v.status = 'approved'
     where s.lineage_id = l.id and s.staging_reason <> 'materialization_failed') as waiting_rows
  from tidegate.lineage l where l.device_id = ${deviceId}`;

interface MirrorRow {
  id: string;
  table_name: string;
  columns: { name: string; keyOrdinal: number }[];
}

async function readMirror(
  { sql }: RootDb,
  deviceId: string,
  mirror: MirrorRow,
  epochOf: (ordinal: string) => number,
): Promise<MirrorState> {
  const { columns } = mirror;
  const keyIndexes = columns
    .map((c, i) => ({ ...c, i }))
    .filter((c) => c.keyOrdinal > 0)
    .sort((a, b) => a.keyOrdinal - b.keyOrdinal)
    .map((c) => c.i);
  const cells = columns.map((c) => `${quoteIdentifier(c.name)}::text`).join(', ');
  const rows = await sql.unsafe<{ e: string; s: string; cells: (string | null)[] }[]>(
    `select version_epoch::text as e, version_seq::text as s, json_build_array(${cells}) as cells
     from ${mirrorTable(mirror.table_name)} where device_id = $1`,
    [deviceId],
  );
  return {
    tableName: mirror.table_name,
    columns,
    keyIndexes,
    rows: new Map(
      rows.map((r) => [
        JSON.stringify(keyIndexes.map((i) => r.cells[i])),
        { epoch: epochOf(r.e), seq: Number(r.s), cells: r.cells },
      ]),
    ),
  };
}

/** Reads everything of `deviceId`. Ordinals that are not in the order of the epochs are a problem at once. */
export async function readState(db: RootDb, deviceId: string, history: History): Promise<State> {
  const { sql } = db;
  const problems: string[] = [];
  const place = new Map(history.epochs.map((e, i) => [e.uuid, i]));
  const ordinals = await sql<{ lineage_id: string; epoch: string; ordinal: string }[]>`
    select e.lineage_id, e.epoch, e.ordinal from tidegate.journal_epoch e join tidegate.lineage l on l.id = e.lineage_id
    where l.device_id = ${deviceId} order by e.lineage_id, e.ordinal`;
  ordinals.forEach((o, i) => {
    const before = ordinals[i - 1];
    if (before?.lineage_id === o.lineage_id && (place.get(before.epoch) ?? 0) > (place.get(o.epoch) ?? 0))
      problems.push(`the epochs are out of order: ${before.epoch} before ${o.epoch}`);
  });
  const epochOf = (ordinal: string) =>
    place.get(ordinals.find((o) => o.ordinal === ordinal)?.epoch ?? '') ?? -1;
  const found = await sql<MirrorRow[]>`
    select m.id, m.table_name,
      (select json_agg(json_build_object('name', c.name, 'keyOrdinal', c.key_ordinal) order by c.position)
       from tidegate.mirror_column c where c.mirror_id = m.id) as columns
    from tidegate.mirror m where m.scope_id = ${deviceId}`;
  const mirrors = new Map<string, MirrorState>();
  for (const m of found) mirrors.set(m.id, await readMirror(db, deviceId, m, epochOf));
  const bound = await sql<
    { source_table: string; schema_hash: string; mirror_id: string; bound: [string, string][] }[]
  >`
    select l.source_table, b.schema_hash, b.mirror_id, json_agg(json_build_array(b.mirror_column_name, b.source_column_name)) as bound
    from tidegate.column_binding b join tidegate.lineage l on l.id = b.lineage_id
    where l.device_id = ${deviceId} and b.action = 'mirror' group by 1, 2, 3`;
  const bindings: State['bindings'] = new Map();
  for (const b of bound) {
    const mirror = mirrors.get(b.mirror_id);
    if (mirror !== undefined)
      bindings.set(`${b.source_table}|${b.schema_hash}`, { mirror, bound: new Map(b.bound) });
  }
  const staged = await sql<
    (StagedState & { source_table: string; journal_epoch: string; commit_seq: string; pk: string })[]
  >`
    select l.source_table, s.journal_epoch, s.commit_seq, s.pk, s."row", s.staging_reason as reason, s.error
    from tidegate.staged_row s join tidegate.lineage l on l.id = s.lineage_id where l.device_id = ${deviceId}`;
  const [kept] = await sql<{ n: number }[]>`
    select count(*)::int as n from tidegate.rejected_batch where device_id = ${deviceId}`;
  return {
    mirrors: [...mirrors.values()],
    bindings,
    staged: new Map(staged.map((s) => [`${s.source_table}|${s.journal_epoch}|${s.commit_seq}|${s.pk}`, s])),
    lineages: await readLineages(db, deviceId),
    rejected: kept?.n ?? 0,
    problems,
  };
}
