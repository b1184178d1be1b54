// The way of one key, from what is still kept of it: its waiting changes, its mirror row, its tombstone and the
// ledger's entries for them. What is overwritten or expired is gone, and the answer says so instead of looking whole.
import type { z } from 'zod';
import { keyHistoryInput, type KeyHistory } from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';
import { pkHashOf } from '@/server/protocol/canonical-json';
import { toPlain, type JsonObject } from '@/server/protocol/exact-json';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { requireLineage, type LineageScope } from '../lineages/require-lineage';
import { mirrorOfLineage, type MirrorView } from '../mirror/read-mirror';
import { boundedRead } from '../paging/bounded-read';
import { parseKey } from '../paging/row-conditions';
import { stagedColumns } from '../staging/staged-select';
import { toStagedRow, type StagedRowRow } from '../staging/staged-row-view';
import { keyOfMirror, parsePk, pkOfKey, typedKey, type TypedKey } from './key-forms';
import { notKept } from './not-kept';
import { readTombstone, readWritten, type KeptVersion } from './written-key';

const STAGED_MAX = 100;

/** 400 `invalid_parameter` without a readable `pk` or `key`; 422 `query_too_slow` where too much has to be read. */
export async function getKeyHistory({
  ctx,
  projectId,
  lineageId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
  input: z.input<typeof keyHistoryInput>;
}): Promise<KeyHistory> {
  requirePermission(ctx, 'PROJECT_CAN_READ_ROWS');
  const asked = parseInput(keyHistoryInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const lineage = await requireLineage(ctx, project, lineageId);
  const mirror = await mirrorOfLineage(ctx.db.sql, lineage.id);
  const { pk, key } = formsOf(asked, mirror);
  return boundedRead(ctx.db, async ({ sql }) => {
    const staged = await readStaged(sql, lineage, pk);
    const written = mirror === null || key === null ? null : await readWritten(sql, lineage, mirror, key);
    const deleted = mirror === null || key === null ? null : await readTombstone(sql, lineage, mirror, key);
    const versions = [
      ...staged.flatMap(({ journal_epoch, commit_seq }) =>
        commit_seq === null ? [] : [{ journal_epoch, commit_seq }],
      ),
      ...[written, deleted].flatMap((kept) => (kept === null ? [] : [kept.version])),
    ];
    const batches = await readBatches(sql, lineage.id, versions);
    const found = { staged, written, deleted, batches, isCut: staged.length === STAGED_MAX };
    return {
      pk: pk === null ? null : (toPlain(pk) as KeyHistory['pk']),
      batches,
      staged,
      written,
      deleted,
      not_kept: await notKept(sql, { lineage, hasMirror: mirror !== null, hasKey: key !== null }, found),
    };
  });
}

/** The key as the device writes it and as the mirror holds it; null for the one that cannot be told. */
function formsOf(
  { pk, key }: z.infer<typeof keyHistoryInput>,
  mirror: MirrorView | null,
): { pk: JsonObject | null; key: TypedKey | null } {
  if (pk !== undefined) {
    const parsed = parsePk(pk);
    return { pk: parsed, key: mirror === null ? null : typedKey(mirror, parsed) };
  }
  if (key === undefined || mirror === null)
    throw new Refusal(400, 'invalid_parameter', 'Give "pk", the key as JSON: pk={"id":1}.');
  const parts = parseKey('key', key);
  return { pk: pkOfKey(mirror, parts), key: keyOfMirror(mirror, parts) };
}

async function readStaged(sql: Sql, lineage: LineageScope, pk: JsonObject | null) {
  if (pk === null) return [];
  // The hash is in the primary key behind the version: the walk reads index entries of this lineage alone.
  const rows = await sql<StagedRowRow[]>`
    select ${stagedColumns(sql, lineage.source_table)} from tidegate.staged_row s
    where s.lineage_id = ${lineage.id} and s.pk_hash = ${pkHashOf(pk)}
    order by s.epoch_ordinal desc, s.commit_seq desc limit ${STAGED_MAX}`;
  return rows.reverse().map(toStagedRow);
}

async function readBatches(
  sql: Sql,
  lineageId: string,
  versions: readonly KeptVersion[],
): Promise<KeyHistory['batches']> {
  const known = versions.filter(({ journal_epoch }) => journal_epoch !== null);
  if (known.length === 0) return [];
  const rows = await sql<
    (Omit<KeyHistory['batches'][number], 'brought'> & { journal_epoch: string; seq: string })[]
  >`
    select b.batch_id, b.received_at, b.rows, b.outcome, v.epoch as journal_epoch, v.seq::text as seq
    from tidegate.batch_ledger b
    join unnest(${known.map((v) => v.journal_epoch)}::text[]::uuid[], ${known.map((v) => v.commit_seq)}::text[]::bigint[])
      as v(epoch, seq) on b.journal_epoch = v.epoch and v.seq between b.first_seq and b.last_seq
    where b.lineage_id = ${lineageId}
    order by b.id desc limit ${STAGED_MAX}`;
  return rows.map(({ journal_epoch, seq, received_at, ...batch }) => ({
    ...batch,
    received_at: rfc3339(received_at),
    brought: { journal_epoch, commit_seq: seq },
  }));
}
