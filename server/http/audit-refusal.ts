// Which refusals become events, and how many: a stranger without a token must not be able to fill the audit
// log, so of those only so many a minute and address are kept. Whoever is known is limited by their calls. Of reads
// only the forbidden ones count: whoever reaches for rows that they may not read.
import { takeShared } from '@/server/engine/auth/rate-limit';
import type { Ctx } from '@/server/engine/context/context';
import type { Refusal } from '@/server/engine/errors/errors';
import { KEPT_REFUSALS, recordRefusal, type RefusedRequest } from '@/server/engine/events/record-refusal';
import type { HttpHost } from './host';

const UNKNOWN_CALLERS = { name: 'refusals-kept', max: 60, windowMs: 60_000 };
/** A page that polls what its person may not see writes no more than this. */
const FORBIDDEN_READS = { name: 'forbidden-reads-kept', max: 10, windowMs: 60_000 };

export interface RefusedCaller {
  host: HttpHost;
  correlationId: string;
  /** Null where it is not known who called. */
  ctx: Ctx | null;
  address: string;
}

/** Writes an event for a refused change or a forbidden read. What was too much or met an outage is none. */
export async function auditRefusal(
  { host, correlationId, ctx, address }: RefusedCaller,
  refusal: Refusal,
  request: RefusedRequest,
): Promise<void> {
  if (!KEPT_REFUSALS.has(refusal.status)) return;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && refusal.status !== 403) return;
  const { db, clock } = host;
  if (ctx !== null && !isRead) return recordRefusal(ctx, request, refusal);
  const [rule, key] = ctx === null ? [UNKNOWN_CALLERS, address] : [FORBIDDEN_READS, ctx.actor.id];
  const { granted } = await takeShared({ db, clock, rule, key }, 1);
  if (granted === 0) return;
  if (ctx !== null) return recordRefusal(ctx, request, refusal);
  const unknown: Ctx = {
    db,
    clock,
    correlationId,
    actor: { kind: 'user', id: 'unknown', label: 'unknown' },
    orgId: null,
    permissions: new Set(),
    origin: { tokenId: null, address },
  };
  await recordRefusal(unknown, request, refusal);
}
