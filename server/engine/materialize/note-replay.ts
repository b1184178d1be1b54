// What became of a replay, in the transaction in which it became so.
import type { replayIntent } from '@/server/db/schema/rows';
import type { EventOf } from '@/server/contract/event-kinds';
import type { Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import type { LineageRow } from '../lineages/lineage-row';

type Intent = typeof replayIntent.$inferSelect;

/** Records the event of an intent of a locked lineage. */
export const noteReplay = (
  ctx: Ctx,
  kind: Exclude<EventOf<'edge_replay'>, 'scheduled'>,
  { id, actionKind, totalRows, doneRows, failedRows }: Intent,
  { orgId, projectId, fleetId, deviceId, id: lineageId }: LineageRow,
  data: Record<string, unknown> = {},
): Promise<void> =>
  recordEvent(ctx, {
    kind: `edge_replay.${kind}`,
    subject: { kind: 'replay_intent', id },
    orgId,
    projectId,
    fleetId,
    deviceId,
    lineageId,
    data: {
      action_kind: actionKind,
      total_rows: totalRows,
      done_rows: doneRows,
      failed_rows: failedRows,
      ...data,
    },
  });
