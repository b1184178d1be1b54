// What was received for a mirror row whose columns are not all decided, kept until they are. A kept row
// belongs to the mirror row of exactly its version: kept for another one, an amend would fill an old value
// into a newer row. The caller holds the lineage's lock.
import { assert } from '@/server/lib/assert';
import { mirrorTable } from '@/server/db/identifier';
import type { Db } from '@/server/db/client';
import { byKey, byNullKeys } from './key-match';
import type { MirrorTarget, PreparedWrite } from './prepare-writes';

const KEPT_FIELDS = ', ph bytea, j uuid, et text, o text, p text, w text, t timestamptz';

const keptJson = ({ write, json }: PreparedWrite): string => {
  const { received } = write;
  assert(received !== undefined, 'a row with deferred columns has to come with what was received');
  const fields = JSON.stringify({
    ph: `\\x${received.pkHash.toString('hex')}`,
    j: received.journalEpoch,
    et: received.eventTs,
    o: write.op,
    p: received.pkText,
    w: received.rowText,
    t: received.receivedAt,
  });
  return `${json.slice(0, -1)},${fields.slice(1)}`;
};

/** Keeps what was received for those of `upserts` that are the mirror's rows now. */
async function keep(db: Db, target: MirrorTarget, upserts: readonly PreparedWrite[]): Promise<void> {
  for (const group of byNullKeys(upserts)) {
    const { record, match } = byKey(target, group[0]?.nullKeys ?? [], KEPT_FIELDS);
    await db.sql.unsafe(
      `insert into tidegate.deferred_row as d
         (mirror_id, lineage_id, schema_hash, key_hash, version_epoch, version_seq, pk_hash, journal_epoch, event_ts, op, pk,
          "row", received_at)
       select $3::uuid, $4::uuid, $5, r.k, r.e, r.s, r.ph, r.j, r.et, r.o, r.p, r.w, r.t from ${record}
       where exists (select from ${mirrorTable(target.tableName)} m
                     where ${match} and (m.version_epoch, m.version_seq) = (r.e, r.s))
       on conflict (mirror_id, lineage_id, key_hash) do update set
         schema_hash = excluded.schema_hash, version_epoch = excluded.version_epoch,
         version_seq = excluded.version_seq, pk_hash = excluded.pk_hash, journal_epoch = excluded.journal_epoch,
         event_ts = excluded.event_ts,
         op = excluded.op, pk = excluded.pk, "row" = excluded."row", received_at = excluded.received_at
       where (d.version_epoch, d.version_seq) <= (excluded.version_epoch, excluded.version_seq)`,
      [
        `[${group.map(keptJson).join(',')}]`,
        target.deviceId,
        target.mirrorId,
        target.lineageId,
        target.schemaHash,
      ],
    );
  }
}

/** Takes away what `writes` have overtaken. */
async function drop(db: Db, target: MirrorTarget, writes: readonly PreparedWrite[]): Promise<void> {
  const keys = writes.map((w) => `{"k":"\\\\x${w.keyHash}","e":${w.write.epoch},"s":${w.write.seq}}`);
  await db.sql.unsafe(
    `delete from tidegate.deferred_row d
     using json_to_recordset($1::text::json) as r(k bytea, e bigint, s bigint)
     where d.mirror_id = $2::uuid and d.lineage_id = $3::uuid and d.key_hash = r.k
       and (d.version_epoch, d.version_seq) <= (r.e, r.s)`,
    [`[${keys.join(',')}]`, target.mirrorId, target.lineageId],
  );
}

/** Brings the kept rows to what the mirror holds after `writes` were applied. */
export async function updateDeferredRows(
  db: Db,
  target: MirrorTarget,
  writes: { upserts: readonly PreparedWrite[]; deletes: readonly PreparedWrite[] },
): Promise<void> {
  const overtaking = target.defers ? writes.deletes : [...writes.upserts, ...writes.deletes];
  if (overtaking.length > 0 && target.keepsRows) await drop(db, target, overtaking);
  if (target.defers && writes.upserts.length > 0) await keep(db, target, writes.upserts);
}

/** Forgets what is kept of a schema: nothing of it is undecided any more. */
export async function forgetDeferredRows(db: Db, lineageId: string, schemaHash: string): Promise<void> {
  await db.sql`
    delete from tidegate.deferred_row where lineage_id = ${lineageId} and schema_hash = ${schemaHash}`;
}
