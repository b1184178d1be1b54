// What time does: backlogs that have drained let their devices go on, and what has been kept long enough
// goes. Rows of rejected batches leave by the policy of their project and in no other way.
import { eq } from 'drizzle-orm';
import type { Db } from '@/server/db/client';
import { lineage, pauseCause } from '@/server/db/schema/governance';
import type { Clock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';
import { POLICY_DEFAULTS } from '@/server/contract/fleet';
import { inTransaction, type Ctx } from '@/server/engine/context/context';
import { sweepRateWindows } from '@/server/engine/auth/rate-limit';
import { checkBackpressure } from '@/server/engine/staging/backpressure';

const IDEMPOTENCY_HOURS = 24;
const LEDGER_DAYS = 30;

async function sweepBackpressure(ctx: Ctx): Promise<void> {
  const held = await ctx.db.orm
    .select({ lineageId: pauseCause.lineageId })
    .from(pauseCause)
    .where(eq(pauseCause.cause, 'backpressure'));
  for (const { lineageId } of held) {
    await inTransaction(ctx, async (inner) => {
      const [locked] = await inner.db.orm
        .select()
        .from(lineage)
        .where(eq(lineage.id, lineageId))
        .for('update');
      if (locked !== undefined) await checkBackpressure(inner, locked);
    });
  }
}

async function sweepRetention({ db, clock }: Ctx): Promise<void> {
  const now = clock.now().toISOString();
  const projects = await db.sql<{ id: string | null; days: number }[]>`
    select p.id, coalesce((o.fields ->> 'rejected_batch_retention_days')::int,
      ${POLICY_DEFAULTS.rejected_batch_retention_days}) as days
    from tidegate.project p left join tidegate.policy o on o.scope = 'project' and o.scope_id = p.id
    union all select null, ${POLICY_DEFAULTS.rejected_batch_retention_days}`;
  for (const { id, days } of projects) {
    await db.sql`
      delete from tidegate.rejected_batch
      where ${id === null ? db.sql`project_id is null` : db.sql`project_id = ${id}`}
        and received_at < ${now}::timestamptz - make_interval(days => ${days})`;
  }
  await db.sql`
    delete from tidegate.idempotency_key
    where created_at < ${now}::timestamptz - make_interval(hours => ${IDEMPOTENCY_HOURS})`;
  await db.sql`
    delete from tidegate.batch_ledger where received_at < ${now}::timestamptz - make_interval(days => ${LEDGER_DAYS})`;
}

/** One round of both. */
export async function sweep(db: Db, clock: Clock): Promise<void> {
  const ctx: Ctx = {
    db,
    clock,
    actor: { kind: 'system', id: 'worker', label: 'worker' },
    orgId: null,
    permissions: new Set(),
    correlationId: uuidV7(),
  };
  await sweepBackpressure(ctx);
  await sweepRetention(ctx);
  await sweepRateWindows(ctx);
}
