// Simulation: the approval is really carried out, with its DDL and the staged rows, in a transaction that is
// then rolled back. What it reports is what Postgres did, not what we think it would do.
import type { z } from 'zod';
import { approveReviewInput, type ReviewPreview } from '@/server/contract/governance';
import { groupBy } from '@/server/lib/group-by';
import { mayReadRows, requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { mirrorDdl } from '../mirror/ddl';
import type { MirrorPlan } from '../mirror/plan-mirror';
import { landRows } from '../materialize/land-rows';
import { loadLanding, writeOfStaged, type StagedToWrite } from '../materialize/landing';
import { amend } from './amend-review';
import { applyDecision } from './apply-decision';
import { inferColumns } from './infer-columns';
import { refuseWhenBusy } from './mirror-busy';
import { lockReview, requireStatus, versionOf, type LockedReview } from './locked-review';
import { requireNamedTable } from './named-table';

/** More would hold the lineage's lock for too long while its device sends. */
const TRIED_ROWS_MAX = 5000;
const LOCK_TIMEOUT = '2s';
const STATEMENT_TIMEOUT = '20s';

/** Undoes what has been tried; it is never seen outside. */
class RolledBack extends Error {}

/**
 * What approving with these actions would do; of an approved review, what amending it would. Refuses what the
 * verb itself would refuse, in the same words.
 */
export async function previewReview(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof approveReviewInput>;
}): Promise<ReviewPreview> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(approveReviewInput, args.input, 'body');
  return rolledBack(args.ctx, async (ctx) => {
    const locked = await lockReview(ctx, args.projectId, args.reviewId, input.action_version);
    requireStatus(locked.review, ['queued', 'in_review', 'approved'], 'simulated');
    return simulate(ctx, locked, input.column_actions);
  });
}

/** What `run` answers, after everything that it did has been undone. Gives up on locks and statements that take long. */
export async function rolledBack<T>(outer: Ctx, run: (ctx: Ctx) => Promise<T>): Promise<T> {
  let done: { result: T } | null = null;
  try {
    // A savepoint, not a joined transaction: what is thrown below must undo this part inside any caller's.
    return await refuseWhenBusy(() =>
      outer.db.savepoint(async (db): Promise<T> => {
        await db.sql`
          select set_config('lock_timeout', ${LOCK_TIMEOUT}, true),
            set_config('statement_timeout', ${STATEMENT_TIMEOUT}, true)`;
        done = { result: await run({ ...outer, db }) };
        throw new RolledBack();
      }),
    );
  } catch (error) {
    if (error instanceof RolledBack && done !== null) return (done as { result: T }).result;
    throw error;
  }
}

async function simulate(
  ctx: Ctx,
  locked: LockedReview,
  actions: z.output<typeof approveReviewInput>['column_actions'],
): Promise<ReviewPreview> {
  const { lineage, review, version } = locked;
  const { schemaHash } = review;
  const { provisioned, plan, held, points } =
    review.status === 'approved'
      ? await amend(ctx, locked, actions)
      : await applyDecision(ctx, lineage, {
          schemaHash,
          columns: version.columns ?? (await inferColumns(ctx.db, lineage.id, schemaHash)),
          actions,
        });
  requireNamedTable(actions, provisioned.tableName);
  // An amend puts the rows that were kept for deferred columns back among the staged ones.
  const { stagedRows } = await versionOf(ctx, review);
  const tried = await tryRows(ctx, lineage.id, schemaHash);
  return {
    ddl: provisioned.tableName === null ? [] : mirrorDdl(plan, provisioned.tableName),
    bindings: plan.bindings.map((b) => ({
      source_column_name: b.sourceColumnName,
      action: b.action,
      mirror_column_name: b.mirrorColumnName,
      device_data_point_id: points.get(b.sourceColumnName) ?? null,
      schema_hash: schemaHash,
    })),
    warnings: warningsOf(plan, { held, mapped: points.size, stagedRows }),
    staged_rows: stagedRows,
    ...tried,
  };
}

function warningsOf(
  plan: MirrorPlan,
  { held, mapped, stagedRows }: { held: boolean; mapped: number; stagedRows: number },
): string[] {
  const warnings: string[] = [];
  if (held)
    warnings.push(
      'A required column is deferred: the lineage stays paused and nothing is written until it is decided.',
    );
  else if (plan.kind === 'none' && mapped === 0) {
    warnings.push(
      `Every column is ignored: nothing of this table will be queryable, and its ${stagedRows} staged rows are dropped by this decision.`,
    );
  }
  const deferred = plan.bindings.filter((b) => b.action === 'defer').length;
  if (!held && deferred > 0) {
    warnings.push(
      `${deferred} optional ${deferred === 1 ? 'column is' : 'columns are'} deferred: the other columns flow, and the values are kept with their rows until this approval is amended.`,
    );
  }
  if (plan.kind === 'create' && plan.supersedes) {
    warnings.push(
      'The key has changed: a new generation of the mirror table is made, the old one stays readable and gets no more rows of this schema.',
    );
  }
  if (stagedRows > TRIED_ROWS_MAX)
    warnings.push(
      `The rows after the first ${TRIED_ROWS_MAX.toLocaleString('en-US')} were not tried: whether they land, the replay tells.`,
    );
  return warnings;
}

/** Writes up to `rowsMax` staged rows of a lineage where its bindings send them, and says what became of them. */
export async function tryRows(
  ctx: Ctx,
  lineageId: string,
  schemaHash: string,
  rowsMax: number = TRIED_ROWS_MAX,
): Promise<Pick<ReviewPreview, 'tried_rows' | 'landing_rows' | 'failures'>> {
  const landing = await loadLanding(ctx.db, lineageId, schemaHash);
  if (landing === null) return { tried_rows: 0, landing_rows: 0, failures: [] };
  const rows = await ctx.db.sql<StagedToWrite[]>`
    select epoch_ordinal as ordinal, commit_seq as seq, pk_hash as hash, op, pk, "row", journal_epoch, event_ts, received_at
    from tidegate.staged_row
    where lineage_id = ${lineageId} and schema_hash = ${schemaHash}
    order by epoch_ordinal, commit_seq, pk_hash limit ${rowsMax}`;
  const writes = rows.map((r) => ({ ...writeOfStaged(r), text: r.row ?? r.pk }));
  const options = { at: ctx.clock.now(), isolate: true, countDuplicates: false, rewriteEqual: true };
  const { failures } = await landRows(ctx.db, landing, writes, options);
  const textOf = new Map(writes.map((w) => [w as object, w.text]));
  return {
    tried_rows: rows.length,
    landing_rows: rows.length - failures.length,
    failures: inGroups(
      failures.map(({ write, column, kind, error }) => ({
        column,
        kind,
        rows: 1,
        example: mayReadRows(ctx) ? { error, row: textOf.get(write) ?? '' } : null,
      })),
    ),
  };
}

/** One group per column and kind, with its first example: the sentence of an error names the value and would not group. */
export const inGroups = (failures: ReviewPreview['failures']): ReviewPreview['failures'] =>
  [...groupBy(failures, ({ column, kind }) => JSON.stringify([column, kind])).values()].flatMap((group) =>
    group.slice(0, 1).map((first) => ({ ...first, rows: group.reduce((sum, { rows }) => sum + rows, 0) })),
  );
