// Tombstones go when nothing older than the delete can still be pending. Up to the device's `delivered_through`
// that is at once: ingest takes a repeat of such a change for what it is, tombstone or not (delivered-through.ts).
// Otherwise after the policy's days. Never while a staged row or a rejected batch could still bring something older.
import { POLICY_DEFAULTS } from '@/server/contract/fleet';
import { CHANNELS } from '@/server/protocol/topics';
import type { Sql } from '@/server/db/client';
import type { Ctx } from '../context/context';
import { alone, inChunks } from './alone';

const ROWS_PER_CHUNK = 2_000;
const GROUPS_PER_ROUND = 1_000;
/** Only these can hold row changes; a rejected batch of them may be ingested again, whatever became of it before. */
const ROW_TOPICS = [CHANNELS.rowsBatch, CHANNELS.ingestRequest].map((channel) => `%/${channel}`);

/** The tombstones that may go, as `t` of mirror `m` with its lineage `l`, if there is still one. */
const removable = (sql: Sql, now: string) => sql`
  tidegate.mirror_tombstone t
  join tidegate.mirror m on m.id = t.mirror_id
  left join tidegate.device d on d.id = t.device_id
  left join tidegate.lineage l on l.device_id = t.device_id and l.source_table = m.source_table
  left join tidegate.policy f on f.scope = 'fleet' and f.scope_id = d.fleet_id
  left join tidegate.policy p on p.scope = 'project' and p.scope_id = m.project_id
  where (
    t.deleted_at < ${now}::text::timestamptz - make_interval(days => coalesce(
      (f.fields ->> 'tombstone_retention_days')::int, (p.fields ->> 'tombstone_retention_days')::int,
      ${POLICY_DEFAULTS.tombstone_retention_days}::int))
    or (t.version_epoch = l.delivered_ordinal and t.version_seq <= l.delivered_seq
      -- What the device says of its journal now says nothing of an earlier one.
      and not exists (select from tidegate.journal_epoch e where e.lineage_id = l.id and e.ordinal < t.version_epoch))
  )
  and not exists (select from tidegate.staged_row s
    where s.lineage_id = l.id and (s.epoch_ordinal, s.commit_seq) < (t.version_epoch, t.version_seq))
  -- Rows that a consolidation has still to copy are older than the delete and on their way.
  and not exists (select from tidegate.consolidation_device c
    where c.device_id = t.device_id and c.status = 'copying')
  and not exists (select from tidegate.rejected_batch r
    where r.device_id = t.device_id and (r.source_table is null or r.source_table = m.source_table)
      and r.topic like any(${ROW_TOPICS}))
  -- What came while nobody owned the topic can be ingested too, now that a device has it.
  and not exists (select from tidegate.rejected_batch r
    where r.device_id is null and r.project_id is null and r.topic like any(${ROW_TOPICS})
      and starts_with(r.topic, d.root_topic || '/'))`;

/** Deletes the tombstones that may go, one device's of one mirror at a time. Returns how many. */
export async function deleteTombstones(ctx: Ctx, signal: AbortSignal): Promise<number> {
  const now = ctx.clock.now().toISOString();
  const groups = await alone(
    ctx,
    ({ db: { sql } }) => sql<{ mirror_id: string; device_id: string; lineage_id: string | null }[]>`
      select distinct t.mirror_id, t.device_id, l.id as lineage_id from ${removable(sql, now)}
      limit ${GROUPS_PER_ROUND}`,
  );
  let sum = 0;
  for (const { mirror_id: mirrorId, device_id: deviceId, lineage_id: lineageId } of groups ?? []) {
    sum += await inChunks(ctx, signal, ROWS_PER_CHUNK, async ({ db: { sql } }, rowsMax) => {
      // Invariant 7: under the lineage's lock nothing older is staged, rejected or written meanwhile.
      await sql`select from tidegate.lineage where id = ${lineageId} for update`;
      const gone = await sql`
        delete from tidegate.mirror_tombstone where (mirror_id, device_id, key_hash) in (
          select t.mirror_id, t.device_id, t.key_hash from ${removable(sql, now)}
            and t.mirror_id = ${mirrorId} and t.device_id = ${deviceId}
          limit ${rowsMax})`;
      return gone.count;
    });
  }
  return sum;
}
