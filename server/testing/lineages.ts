/** Devices and lineages made directly in the database, for tests of what reads them. */
import type { Db } from '@/server/db/client';
import { uuidV4, uuidV7 } from '@/server/lib/uuid';
import type { TestPlace } from './tenancy';

export interface TestLineage {
  deviceId: string;
  deviceName: string;
  lineageId: string;
  versionId: string;
  schemaHash: string;
  sourceTable: string;
}

const COLUMNS = [
  { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
  { name: 'price', decl_type_affinity: 'NUMERIC', pk_ordinal: 0, not_null: false },
];

/** A device of its own with one lineage and one pending schema version. */
export async function makeLineage(
  { sql }: Db,
  place: TestPlace,
  { deviceName = `d-${uuidV4().slice(0, 8)}`, sourceTable = 'readings', stagedRows = 0 } = {},
): Promise<TestLineage> {
  const made = {
    deviceId: uuidV4(),
    deviceName,
    lineageId: uuidV4(),
    versionId: uuidV4(),
    schemaHash: uuidV4().replaceAll('-', '').repeat(2),
    sourceTable,
  };
  await sql`
    insert into tidegate.device (id, org_id, project_id, fleet_id, name, root_topic)
    values (${made.deviceId}, ${place.orgId}, ${place.projectId}, ${place.fleetId}, ${deviceName},
      ${`${place.projectId.slice(0, 8)}/${deviceName}`})`;
  await sql`
    insert into tidegate.lineage
      (id, org_id, project_id, fleet_id, device_id, source_table, current_schema_hash, last_batch_at, staged_rows)
    values (${made.lineageId}, ${place.orgId}, ${place.projectId}, ${place.fleetId}, ${made.deviceId},
      ${sourceTable}, ${made.schemaHash}, clock_timestamp(), ${stagedRows})`;
  await sql`
    insert into tidegate.schema_version
      (id, lineage_id, schema_hash, classification, verified, columns, reasons, status, staged_rows, first_seen_at)
    values (${made.versionId}, ${made.lineageId}, ${made.schemaHash}, 'ambiguous', true,
      ${JSON.stringify(COLUMNS)}::text::jsonb, '[]', 'pending', ${stagedRows}, now())`;
  return made;
}

/** A queued review of the lineage's version; the lineage is held for it. */
export async function makeReview({ sql }: Db, place: TestPlace, made: TestLineage): Promise<string> {
  const id = uuidV4();
  await sql`
    insert into tidegate.schema_review
      (id, org_id, project_id, fleet_id, device_id, lineage_id, schema_version_id, source_table, schema_hash,
       classification, reasons, status)
    values (${id}, ${place.orgId}, ${place.projectId}, ${place.fleetId}, ${made.deviceId}, ${made.lineageId},
      ${made.versionId}, ${made.sourceTable}, ${made.schemaHash}, 'ambiguous', '[]', 'queued')`;
  await sql`
    insert into tidegate.pause_cause (lineage_id, cause, since, detail)
    values (${made.lineageId}, 'schema_review', now(), 'a review waits')`;
  return id;
}

/** One staged row; `row` is the received JSON text. */
export async function makeStagedRow(
  { sql }: Db,
  made: TestLineage,
  { commitSeq, row, op = 'insert' }: { commitSeq: number; row: string | null; op?: string },
): Promise<void> {
  const pk = JSON.stringify({ id: commitSeq });
  await sql`
    insert into tidegate.staged_row
      (lineage_id, epoch_ordinal, commit_seq, pk_hash, journal_epoch, schema_hash, op, pk, "row", staging_reason,
       received_at, bytes)
    values (${made.lineageId}, 1, ${commitSeq}, sha256(${pk}::text::bytea), ${uuidV7()}, ${made.schemaHash}, ${op},
      ${pk}, ${row}, 'schema_review', now(), ${pk.length})`;
}
