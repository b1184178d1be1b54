// What time takes away. Every step is a row of short transactions, by one worker at a time, each of which leaves
// the database as the rules want it: a stop, a crash or a second worker at any point costs nothing but the wait.
import { sqlMessage } from '@/server/db/sqlstate';
import type { Ctx } from '../context/context';
import { noteRound } from './note-round';
import {
  deleteDeadTokens,
  deleteOldBulkJobs,
  deleteOldDeliveries,
  deleteIdempotencyKeys,
  deleteRejectedBatches,
} from './old-rows';
import { BATCH_LEDGER, dropOldPartitions, makePartitions, TELEMETRY_VALUES } from './partitions';
import { retentionFloor } from './periods';
import type { Retained, RetentionSettings } from './retained';
import { deleteTombstones } from './tombstones';

/**
 * One round. A step that fails does not hold up the others; the first failure is thrown at the end. Stops between
 * two transactions when `signal` aborts.
 */
export async function runRetention(
  ctx: Ctx,
  settings: RetentionSettings,
  signal: AbortSignal,
): Promise<Retained> {
  const done: Retained = {
    partitionsMade: [],
    partitionsDropped: [],
    rowsDeleted: {
      stray_values: 0,
      rejected_batches: 0,
      idempotency_keys: 0,
      tokens: 0,
      tombstones: 0,
      webhook_deliveries: 0,
      bulk_jobs: 0,
    },
  };
  const { rowsDeleted } = done;
  const partitions = async (of: typeof BATCH_LEDGER, days: number): Promise<void> => {
    const floor = retentionFloor(ctx.clock.now(), days, of.period);
    const { dropped, strayRows } = await dropOldPartitions(ctx, of, floor, signal);
    done.partitionsDropped.push(...dropped);
    rowsDeleted.stray_values += strayRows;
    done.partitionsMade.push(...(await makePartitions(ctx, of, floor, signal)));
  };
  const steps = [
    () => partitions(BATCH_LEDGER, settings.ledgerDays),
    () => partitions(TELEMETRY_VALUES, settings.telemetryDays),
    async () => (rowsDeleted.rejected_batches = await deleteRejectedBatches(ctx, signal)),
    async () => (rowsDeleted.idempotency_keys = await deleteIdempotencyKeys(ctx, signal)),
    async () => (rowsDeleted.tokens = await deleteDeadTokens(ctx, signal)),
    async () => (rowsDeleted.webhook_deliveries = await deleteOldDeliveries(ctx, signal)),
    async () => (rowsDeleted.bulk_jobs = await deleteOldBulkJobs(ctx, signal)),
    async () => (rowsDeleted.tombstones = await deleteTombstones(ctx, signal)),
  ];
  const failures: unknown[] = [];
  for (const step of steps) {
    if (signal.aborted) break;
    await step().catch((error: unknown) => failures.push(error));
  }
  const [failure] = failures;
  if (!signal.aborted)
    await noteRound(ctx, settings, done, failure === undefined ? null : sqlMessage(failure));
  if (failures.length > 0) throw failure;
  return done;
}
