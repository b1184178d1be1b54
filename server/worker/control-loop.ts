// Sends what is due to devices: control messages until they are acknowledged, after a delay that grows, and
// receipts of retried batches. A control is claimed by moving its next time before it is sent, so that two
// workers never send one at once; a crash in between costs one delay.
import type { Db } from '@/server/db/client';
import { inTransaction, type Ctx } from '@/server/engine/context/context';
import { recordEvents, type EventInput } from '@/server/engine/events/record-event';
import { encodeControl, type ControlMessage } from '@/server/protocol/control';
import { CONTROL_RESEND_BASE_MS, CONTROL_RESEND_CAP_MS } from '@/server/protocol/limits';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { backoffMs } from '@/server/lib/backoff';

interface DueControl {
  id: string;
  org_id: string;
  project_id: string;
  fleet_id: string;
  device_id: string;
  lineage_id: string | null;
  root_topic: string;
  control_kind: 'pause_lineage' | 'resume_lineage' | 'url_grant' | 'state_write';
  source_table: string | null;
  server_watermark: string | null;
  reason: string | null;
  attempts: number;
}

const BATCH = 100;

/** Claims due controls and returns them as they have to be sent. */
async function claimDue(db: Db, now: Date): Promise<DueControl[]> {
  return db.transaction(async ({ sql }) => {
    const due = await sql<DueControl[]>`
      select c.id, d.org_id, d.project_id, d.fleet_id, d.id as device_id, c.lineage_id, d.root_topic,
        c.control_kind, c.source_table, c.server_watermark, c.reason, c.attempts
      from tidegate.control c join tidegate.device d on d.id = c.device_id
      where c.acknowledged_at is null and c.superseded_at is null and c.next_send_at <= ${now.toISOString()}
      order by c.next_send_at limit ${BATCH} for update of c skip locked`;
    for (const c of due) {
      const waitMs = backoffMs(c.attempts + 1, {
        baseMs: CONTROL_RESEND_BASE_MS,
        capMs: CONTROL_RESEND_CAP_MS,
      });
      await sql`
        update tidegate.control set attempts = attempts + 1,
          next_send_at = ${new Date(now.getTime() + waitMs).toISOString()}
        where id = ${c.id}`;
    }
    return due;
  });
}

function messageOf(control: DueControl): ControlMessage | null {
  const { source_table: sourceTable, server_watermark: watermark, control_kind: kind } = control;
  if (sourceTable === null || (kind !== 'pause_lineage' && kind !== 'resume_lineage')) return null;
  const common = {
    controlId: control.id,
    sourceTable,
    serverWatermark: watermark === null ? null : BigInt(watermark),
  };
  return kind === 'pause_lineage' ? { kind, ...common, reason: control.reason ?? '' } : { kind, ...common };
}

/**
 * Whether a claimed control is still to be sent. Another worker may have sent a newer one of its lineage since: a
 * pause that came after its resume would stop the device for good.
 */
async function isStillDue({ sql }: Db, { id }: DueControl): Promise<boolean> {
  const [due] = await sql`
    select from tidegate.control where id = ${id} and acknowledged_at is null and superseded_at is null`;
  return due !== undefined;
}

type Publish = (topic: string, payload: string) => Promise<void>;

/** Sends the controls that are due. Returns how many. */
export async function sendDueControls(ctx: Ctx, publish: Publish): Promise<number> {
  const { db, clock } = ctx;
  const due = await claimDue(db, clock.now());
  const sent: DueControl[] = [];
  try {
    for (const control of due) {
      const message = messageOf(control);
      if (message === null || !(await isStillDue(db, control))) continue;
      await publish(topicOf(control.root_topic, CHANNELS.ingestControl), encodeControl(message));
      sent.push(control);
    }
  } finally {
    await noteSent(ctx, sent);
  }
  return due.length;
}

/** Only what the broker has taken counts as sent: the console says by it whether a device was told. */
async function noteSent(ctx: Ctx, sent: readonly DueControl[]): Promise<void> {
  if (sent.length === 0) return;
  await inTransaction(ctx, async (inner) => {
    const { sql } = inner.db;
    const first = await sql<{ id: string }[]>`
      with before as (
        select id, sent_at from tidegate.control where id = any(${sent.map(({ id }) => id)}::uuid[])
        order by id for update
      )
      update tidegate.control c set sent_at = ${inner.clock.now().toISOString()}
      from before b where c.id = b.id
      returning case when b.sent_at is null then c.id end as id`;
    const isFirst = new Set(first.map(({ id }) => id));
    // Once for each control: a device that is away for a week is sent the same one two thousand times.
    await recordEvents(inner, sent.filter(({ id }) => isFirst.has(id)).map(sentEvent));
  });
}

const sentEvent = (control: DueControl): EventInput => ({
  kind: 'edge_control.sent',
  subject: { kind: 'control', id: control.id },
  orgId: control.org_id,
  projectId: control.project_id,
  fleetId: control.fleet_id,
  deviceId: control.device_id,
  lineageId: control.lineage_id,
  data: {
    control_kind: control.control_kind,
    source_table: control.source_table,
    server_watermark: control.server_watermark,
    reason: control.reason,
  },
});

/**
 * Sends the receipts that wait in the outbox; each leaves it only once the broker has it. No transaction is held
 * while the broker answers: two workers may then send one twice, which a device does not mind.
 * Returns how many.
 */
export async function sendOutbox({ sql }: Db, publish: Publish): Promise<number> {
  const due = await sql<{ id: string; topic: string; payload: string }[]>`
    select id, topic, payload from tidegate.receipt_outbox order by id limit ${BATCH}`;
  for (const { id, topic, payload } of due) {
    await publish(topic, payload);
    await sql`delete from tidegate.receipt_outbox where id = ${id}`;
  }
  return due.length;
}
