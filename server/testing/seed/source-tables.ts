// The tables that a seeded fleet's devices have. One expression per column makes both the JSON that is staged
// and the value in the mirror: were they written twice, a replay of a seeded row would change its values.
import type { MirrorColumnSpec } from '@/server/engine/mirror/plan-mirror';
import { planMirror } from '@/server/engine/mirror/plan-mirror';
import { assert } from '@/server/lib/assert';
import type { Affinity } from '@/server/protocol/affinity';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';

/** What a column holds; `$i` is the row's number from 1. */
const KINDS = {
  id: { affinity: 'INTEGER', value: '$i' },
  count: { affinity: 'INTEGER', value: '($i * 13 % 500)' },
  real: { affinity: 'REAL', value: '(($i * 37 % 1000) / 8.0)::double precision' },
  numeric: { affinity: 'NUMERIC', value: '(($i * 7 % 10000) / 100.0)::numeric(8, 2)' },
  word: { affinity: 'TEXT', value: `(array['ok', 'warm', 'cold', 'alarm', 'off'])[1 + $i * 7 % 5]` },
  text: { affinity: 'TEXT', value: `case when $i % 4 = 0 then null else 'unit ' || $i % 40 end` },
  time: {
    affinity: 'TEXT',
    value: `to_char(timestamp '2026-01-01' + $i * interval '7 seconds', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  },
} as const satisfies Record<string, { affinity: Affinity; value: string }>;

type Kind = keyof typeof KINDS;

/** Name, then `column kind` pairs; every table has an INTEGER key `id` before them. */
const TABLES = [
  'sensor_readings: sensor word, value real, unit text, quality numeric, recorded_at time',
  'device_state: mode word, setpoint real, updated_at_device time',
  'alarms: code count, severity word, message text, raised_at time',
  'maintenance_log: task text, minutes count, done_at time',
  'door_events: door text, state word, at time',
  'energy_meter: kwh numeric, voltage real, phase count, read_at time',
  'compressor_cycles: started_at time, seconds count, outcome word',
  'measurements: channel word, value real, raw count, note text, measured_at time',
  'batch_records: product text, quantity count, weight numeric, finished_at time',
  'operators: badge text, shift word, since time',
  'calibrations: channel count, offset_value real, gain real, at time',
  'network_status: state word, rssi count, seen_at time',
  'firmware_history: component text, build count, installed_at time',
  'recipe_steps: step count, temperature real, hold_seconds count, kind word',
  'inventory: sku text, quantity count, location word',
  'deliveries: carrier text, parcels count, arrived_at time',
  'temperature_setpoints: zone word, target real, changed_at time',
  'faults: code count, detail text, cleared word, at time',
  'shift_reports: shift word, produced count, scrapped count, closed_at time',
  'pump_runs: pump word, litres numeric, started_at time',
  'valve_positions: valve text, opening real, at time',
  'water_quality: ph real, turbidity numeric, sampled_at time',
  'access_log: badge text, result word, at time',
  'cleaning_cycles: program word, minutes count, finished_at time',
  'gps_track: latitude real, longitude real, speed numeric, at time',
];

interface SeedColumn {
  name: string;
  kind: Kind;
}

/** One version of a source table's schema. */
export interface SeedVersion {
  schemaHash: string;
  columns: SchemaColumn[];
}

export interface SeedTable {
  name: string;
  /** As first seen; with one nullable column more; with the first value column retyped. */
  versions: readonly [SeedVersion, SeedVersion, SeedVersion];
  /** The two that came before these, with fewer columns each, and the one that the registry is asked about now. */
  shared: { before: readonly [SeedVersion, SeedVersion]; next: SeedVersion };
  /** Columns of the mirror that the first two versions share. */
  mirrorColumns: MirrorColumnSpec[];
  /** SQL for the JSON text of row `i`, first version. */
  rowJson(i: string): string;
  /** Mirror column and SQL for its value in row `i`, first version. */
  values(i: string): { name: string; value: string }[];
}

const isKind = (text: string | undefined): text is Kind => text !== undefined && text in KINDS;

function columnsOf(definition: string): SeedColumn[] {
  const named = definition.split(', ').map((pair) => {
    const [name = '', kind] = pair.trim().split(' ');
    assert(isKind(kind), `a seed column of kind ${String(kind)}`);
    return { name, kind };
  });
  return [{ name: 'id', kind: 'id' }, ...named];
}

const asColumn = ({ name, kind }: SeedColumn): SchemaColumn => ({
  name,
  decl_type_affinity: KINDS[kind].affinity,
  pk_ordinal: kind === 'id' ? 1 : 0,
  not_null: kind === 'id' || kind === 'time',
});

const valueOf = ({ kind }: SeedColumn, i: string): string => KINDS[kind].value.replaceAll('$i', i);

function jsonOf(column: SeedColumn, i: string): string {
  const isText = KINDS[column.kind].affinity === 'TEXT';
  const value = valueOf(column, i);
  const shown = isText ? `'"' || ${value} || '"'` : `(${value})::text`;
  return `'"${column.name}":' || coalesce(${shown}, 'null')`;
}

function mirrorColumnsOf(columns: SchemaColumn[]): MirrorColumnSpec[] {
  const actions = new Map(
    columns.map(({ name }) => [name, { source_column_name: name, action: 'mirror' as const }]),
  );
  const plan = planMirror(columns, actions, null);
  assert(plan.kind === 'create', 'a seeded table has a mirror');
  return plan.columns;
}

function seedTable(definition: string): SeedTable {
  const colon = definition.indexOf(': ');
  const name = definition.slice(0, colon);
  const columns = columnsOf(definition.slice(colon + 2));
  const first = columns.map(asColumn);
  const nullable = (of: string) => ({
    name: of,
    decl_type_affinity: 'TEXT' as const,
    pk_ordinal: 0,
    not_null: false,
  });
  const added = [...first, nullable('firmware')];
  const retyped = first.map((column, i) => ({
    ...column,
    ...(i === 1 ? { decl_type_affinity: 'BLOB' as const } : {}),
  }));
  const version = (of: SchemaColumn[]): SeedVersion => ({
    schemaHash: schemaHash({ tableName: name, columns: of }),
    columns: of,
  });
  return {
    name,
    versions: [version(first), version(added), version(retyped)],
    shared: {
      before: [version(first.slice(0, -2)), version(first.slice(0, -1))],
      next: version([...added, nullable('calibrated_at')]),
    },
    mirrorColumns: mirrorColumnsOf(added),
    rowJson: (i) => `'{' || ${columns.map((c) => jsonOf(c, i)).join(` || ',' || `)} || '}'`,
    values: (i) => columns.map((c) => ({ name: c.name, value: valueOf(c, i) })),
  };
}

/** Every source table there is; a device has some of them. */
export const SEED_TABLES: readonly SeedTable[] = TABLES.map(seedTable);
