import type { EventOf } from '@/server/contract/event-kinds';
import type { Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';

/** Records what happened to a job as a whole. */
export const bulkEvent = (
  ctx: Ctx,
  { jobId, orgId, projectId }: { jobId: string; orgId: string; projectId: string },
  what: EventOf<'edge_bulk'>,
  data: Record<string, unknown>,
): Promise<void> =>
  recordEvent(ctx, {
    kind: `edge_bulk.${what}`,
    subject: { kind: 'bulk_job', id: jobId },
    orgId,
    projectId,
    data,
  });
