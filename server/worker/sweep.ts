// What seconds do: a backlog that has drained lets its device go on, also where no row of it moves again, and the
// windows of the rate limits end.
import { eq } from 'drizzle-orm';
import type { Db } from '@/server/db/client';
import { lineage } from '@/server/db/schema/governance';
import type { Clock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';
import { inTransaction, type Ctx } from '@/server/engine/context/context';
import { sweepRateWindows } from '@/server/engine/auth/rate-limit';
import { sweepAccessEvents } from '@/server/engine/devices/record-access';
import { mergePolicy, type PolicyOverrides } from '@/server/engine/policy/merge-policy';
import { backlogState, checkBackpressure } from '@/server/engine/staging/backpressure';

/** Below every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const LINEAGES_PER_READ = 500;

interface HeldLineage {
  id: string;
  staged_rows: string;
  staged_bytes: string;
  project: PolicyOverrides;
  fleet: PolicyOverrides;
}

/** Reads are for many lineages at once; a transaction is for those alone that are to go on. */
async function sweepBackpressure(ctx: Ctx): Promise<void> {
  let after = FIRST_ID;
  for (;;) {
    const held = await heldAfter(ctx, after);
    for (const one of held) if (mayGoOn(one)) await recheck(ctx, one.id);
    const last = held.at(-1);
    if (last === undefined || held.length < LINEAGES_PER_READ) return;
    after = last.id;
  }
}

const heldAfter = ({ db: { sql } }: Ctx, after: string): Promise<HeldLineage[]> =>
  sql<HeldLineage[]>`
    select l.id, l.staged_rows, l.staged_bytes,
      (select o.fields from tidegate.policy o where o.scope = 'project' and o.scope_id = l.project_id) as project,
      (select o.fields from tidegate.policy o where o.scope = 'fleet' and o.scope_id = l.fleet_id) as fleet
    from tidegate.pause_cause c join tidegate.lineage l on l.id = c.lineage_id
    where c.cause = 'backpressure' and c.lineage_id > ${after}
    order by c.lineage_id limit ${LINEAGES_PER_READ}`;

function mayGoOn({ staged_rows, staged_bytes, project, fleet }: HeldLineage): boolean {
  const backlog = { stagedRows: Number(staged_rows), stagedBytes: Number(staged_bytes) };
  return backlogState(backlog, mergePolicy(project, fleet).fields) === 'below';
}

async function recheck(ctx: Ctx, lineageId: string): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const [locked] = await inner.db.orm.select().from(lineage).where(eq(lineage.id, lineageId)).for('update');
    if (locked !== undefined) await checkBackpressure(inner, locked);
  });
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
  await sweepRateWindows(ctx);
  await sweepAccessEvents(ctx);
}
