// Writes values of data points. The result does not depend on the order of arrival: at one moment the highest
// version stands (epoch ordinal or 0, commit seq or batch seq, key of the row), and the newest value is the one
// with the highest (moment, version). Both are maxima, so what comes twice or late changes nothing.
import type { Db } from '@/server/db/client';
import { newestPerPoint, onePerMoment, type Sample, type SampleTarget } from './samples';

const RECORD =
  'r(p uuid, t timestamptz, n smallint, e bigint, s bigint, k bytea, vn numeric, vb boolean, vt text)';
const COLUMNS =
  'data_point_id, ts, ts_nanos, version_epoch, version_seq, version_key, value_numeric, value_boolean, value_text';
const VALUES = 'r.p, r.t, r.n, r.e, r.s, r.k, r.vn, r.vb, r.vt';
const VERSION = (table: string): string =>
  `${table}.version_epoch, ${table}.version_seq, ${table}.version_key`;
const SET_VALUE = `version_epoch = excluded.version_epoch, version_seq = excluded.version_seq,
  version_key = excluded.version_key, value_numeric = excluded.value_numeric,
  value_boolean = excluded.value_boolean, value_text = excluded.value_text`;

const parameter = (samples: readonly Sample[]): string => `[${samples.map((s) => s.json).join(',')}]`;

/** Writes samples of a locked lineage. Throws what Postgres throws; the caller isolates the row. */
export async function writeSamples(db: Db, target: SampleTarget, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  await db.sql.unsafe(
    `insert into tidegate.telemetry_data_point_value as v (device_id, ${COLUMNS})
     select $2::uuid, ${VALUES} from json_to_recordset($1::text::json) as ${RECORD}
     on conflict (device_id, data_point_id, ts, ts_nanos) do update set ${SET_VALUE}
     where (${VERSION('v')}) < (${VERSION('excluded')})`,
    [parameter(onePerMoment(samples)), target.deviceId],
    { prepare: true },
  );
  // Ordered, so that two lineages with a data point in common cannot wait for each other.
  await db.sql.unsafe(
    `insert into tidegate.data_point_latest as v (device_id, ${COLUMNS})
     select $2::uuid, ${VALUES} from json_to_recordset($1::text::json) as ${RECORD} order by r.p
     on conflict (data_point_id) do update set ts = excluded.ts, ts_nanos = excluded.ts_nanos, ${SET_VALUE}
     where (v.ts, v.ts_nanos, ${VERSION('v')}) < (excluded.ts, excluded.ts_nanos, ${VERSION('excluded')})`,
    [parameter(newestPerPoint(samples)), target.deviceId],
    { prepare: true },
  );
}
