// Takes a delivery to send it. The claim commits, with the attempt written down, before anything is sent: nobody else
// sends it while the lease lasts, and after a crash it is sent again.
import type { Ctx } from '../context/context';
import { inTransaction } from '../context/context';

/** Longer than an attempt can take, by far. */
export const LEASE_MS = 60_000;
const WEBHOOKS_AT_ONCE = 16;

export interface ClaimedDelivery {
  id: string;
  webhookId: string;
  url: string;
  /** Of this round, this one counted. */
  tries: number;
  /** The number of this attempt, which is also the proof of the claim. */
  attempt: number;
  body: string;
  /** Those in force, the newest first. */
  secrets: string[];
}

/** The webhooks that have something to send now. */
export async function dueWebhooks({ db, clock }: Ctx): Promise<string[]> {
  const now = clock.now().toISOString();
  const rows = await db.sql<{ id: string }[]>`
    select w.id from tidegate.webhook w
    where exists (
      select from tidegate.webhook_delivery d where d.webhook_id = w.id and d.status = 'pending'
        and d.next_attempt_at <= ${now}::text::timestamptz and (w.enabled or d.kind = 'test')
        and (d.claimed_until is null or d.claimed_until <= ${now}::text::timestamptz))
    order by w.last_delivered_at nulls first limit ${WEBHOOKS_AT_ONCE}`;
  return rows.map(({ id }) => id);
}

/** The next due delivery of a webhook; null where there is none, or another worker has it. */
export function claimDelivery(ctx: Ctx, webhookId: string): Promise<ClaimedDelivery | null> {
  return inTransaction(ctx, async ({ db: { sql }, clock }) => {
    const now = clock.now();
    const at = now.toISOString();
    const lease = new Date(now.getTime() + LEASE_MS).toISOString();
    const [claimed] = await sql<ClaimedDelivery[]>`
      update tidegate.webhook_delivery d
      set claimed_until = ${lease}, tries = d.tries + 1, attempts = d.attempts + 1
      from tidegate.webhook w
      where w.id = ${webhookId} and d.id = (
        select o.id from tidegate.webhook_delivery o
        where o.webhook_id = w.id and o.status = 'pending' and o.next_attempt_at <= ${at}::text::timestamptz
          and (w.enabled or o.kind = 'test')
          and (o.claimed_until is null or o.claimed_until <= ${at}::text::timestamptz)
        order by o.next_attempt_at, o.id limit 1 for update skip locked)
      returning d.id, d.webhook_id as "webhookId", w.url, d.tries, d.attempts as attempt, d.body,
        case when w.previous_secret_until > ${at}::text::timestamptz then array[w.secret, w.previous_secret]
          else array[w.secret] end as secrets`;
    if (claimed === undefined) return null;
    await sql`
      insert into tidegate.webhook_attempt (delivery_id, attempt, started_at)
      values (${claimed.id}, ${claimed.attempt}, ${at})`;
    return claimed;
  });
}
