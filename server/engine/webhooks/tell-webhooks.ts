// Turns what there is to tell into messages. Notice and message are one transaction per webhook, with the webhook
// locked: two workers that look at once tell a thing once.
import { sql as raw } from 'drizzle-orm';
import type { WebhookKind } from '@/server/contract/webhook-kinds';
import { webhookDelivery, webhookNotice } from '@/server/db/schema/webhooks';
import { ring } from '@/server/db/notify';
import { uuidV7 } from '@/server/lib/uuid';
import { inTransaction, type Ctx } from '../context/context';
import { decideNotices, type Notice } from './decide-notices';
import { findSituations } from './find-situations';
import { messageOf, type Message } from './message';
import type { Situation } from './situation';
import { situationFacts } from './situation-facts';

interface Listener {
  id: string;
  projectId: string;
  projectName: string;
  kinds: WebhookKind[];
}

/** One round over every webhook that is on. Returns how many messages were made. */
export async function tellWebhooks(ctx: Ctx, consoleUrl: string): Promise<number> {
  const listeners = await ctx.db.sql<Listener[]>`
    select w.id, w.project_id as "projectId", p.name as "projectName", w.kinds
    from tidegate.webhook w join tidegate.project p on p.id = w.project_id
    where w.enabled order by w.project_id, w.id`;
  const projects = new Map<string, Listener[]>();
  for (const one of listeners) projects.set(one.projectId, [...(projects.get(one.projectId) ?? []), one]);
  let told = 0;
  for (const [projectId, ofProject] of projects) {
    const kinds = new Set(ofProject.flatMap((listener) => listener.kinds));
    const situations = await findSituations(ctx, projectId, kinds);
    for (const listener of ofProject) told += await tellOne(ctx, listener, situations, consoleUrl);
  }
  if (told > 0) await ring(ctx.db, 'webhook');
  return told;
}

async function tellOne(
  ctx: Ctx,
  listener: Listener,
  all: readonly Situation[],
  consoleUrl: string,
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const [mine] = await tx.db.sql<{ kinds: WebhookKind[] }[]>`
      select kinds from tidegate.webhook where id = ${listener.id} and enabled for update skip locked`;
    if (mine === undefined) return 0;
    const notices = await tx.db.sql<
      (Omit<Notice, 'toldAt' | 'endedAt'> & { told: string; ended: string | null })[]
    >`
      select kind, key, told_at as told, ended_at as ended from tidegate.webhook_notice
      where webhook_id = ${listener.id}`;
    const known = notices.map(({ kind, key, told, ended }) => ({
      kind,
      key,
      toldAt: new Date(told),
      endedAt: ended === null ? null : new Date(ended),
    }));
    const wanted = all.filter(({ kind }) => mine.kinds.includes(kind));
    const { tell, ended, forget } = decideNotices(wanted, known, tx.clock.now());
    await forgetNotices(tx, listener.id, forget);
    await endNotices(tx, listener.id, ended);
    const place = {
      project: { id: listener.projectId, name: listener.projectName },
      consoleUrl,
      now: tx.clock.now(),
    };
    let told = 0;
    for (const situation of tell) {
      const facts = await situationFacts(tx, listener.projectId, situation);
      if (facts === null) continue;
      await keepNotice(tx, listener.id, situation);
      await queueDelivery(tx, listener.id, messageOf(situation.kind, facts, place));
      told += 1;
    }
    return told;
  });
}

async function keepNotice({ db, clock }: Ctx, webhookId: string, { kind, key }: Situation): Promise<void> {
  const toldAt = clock.now();
  await db.orm
    .insert(webhookNotice)
    .values({ webhookId, kind, key, toldAt })
    .onConflictDoUpdate({
      target: [webhookNotice.webhookId, webhookNotice.kind, webhookNotice.key],
      set: { toldAt, endedAt: raw`null` },
    });
}

async function endNotices({ db, clock }: Ctx, webhookId: string, ended: readonly Notice[]): Promise<void> {
  if (ended.length === 0) return;
  await db.sql`
    update tidegate.webhook_notice n set ended_at = ${clock.now().toISOString()}
    from json_to_recordset(${JSON.stringify(ended)}::text::json) as gone(kind text, key text)
    where n.webhook_id = ${webhookId} and n.kind = gone.kind and n.key = gone.key`;
}

async function forgetNotices({ db }: Ctx, webhookId: string, forget: readonly Notice[]): Promise<void> {
  if (forget.length === 0) return;
  await db.sql`
    delete from tidegate.webhook_notice n
    using json_to_recordset(${JSON.stringify(forget)}::text::json) as gone(kind text, key text)
    where n.webhook_id = ${webhookId} and n.kind = gone.kind and n.key = gone.key`;
}

/** Writes a message that is due at once. Returns its id. Ring the bell `webhook` in the same transaction. */
export async function queueDelivery(
  { db, clock }: Ctx,
  webhookId: string,
  message: Message,
): Promise<string> {
  const id = uuidV7();
  const now = clock.now();
  const { kind, text, body } = message;
  await db.orm
    .insert(webhookDelivery)
    .values({ id, webhookId, kind, text, body, status: 'pending', nextAttemptAt: now, createdAt: now });
  return id;
}
