// One's own password, by who knows the present one: a session left open must not be enough to take an account.
import { changePasswordInput, type ChangePasswordInput } from '@/server/contract/members';
import { hashPassword, verifyPassword } from '@/server/lib/password';
import { inTransaction, type Ctx } from '../context/context';
import { Refusal, unacceptable } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { forgetCount, secondsUntil, takeShared } from './rate-limit';

const GUESSES = { name: 'own-password', max: 10, windowMs: 15 * 60 * 1000 };

/**
 * 422 `wrong_password` where the present one does not match, 429 `too_many_attempts` after ten of these in a quarter of
 * an hour (`data.retry_after_seconds`).
 */
export async function changePassword({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: ChangePasswordInput;
}): Promise<{ changed: true }> {
  const { current_password, new_password } = parseInput(changePasswordInput, input, 'body');
  const guesses = { db: ctx.db, clock: ctx.clock, rule: GUESSES, key: ctx.actor.id };
  const { granted, endsAtMs } = await takeShared(guesses, 1);
  if (granted === 0) {
    const seconds = secondsUntil(endsAtMs, ctx.clock);
    const detail = `Too many wrong passwords. Try again in ${Math.ceil(seconds / 60)} minutes.`;
    throw new Refusal(429, 'too_many_attempts', detail, { data: { retry_after_seconds: seconds } });
  }
  const [user] = await ctx.db.sql<{ password_hash: string | null }[]>`
    select password_hash from tidegate.app_user where id::text = ${ctx.actor.id}`;
  if (!(await verifyPassword(current_password, user?.password_hash ?? ''))) {
    const detail = 'The present password is not right.';
    throw unacceptable('wrong_password', detail, [{ path: 'current_password', code: 'wrong', detail }]);
  }
  await forgetCount(guesses);
  const passwordHash = await hashPassword(new_password);
  return inTransaction(ctx, async (tx) => {
    await tx.db.sql`update tidegate.app_user set password_hash = ${passwordHash} where id = ${tx.actor.id}`;
    await recordEvent(tx, {
      kind: 'auth.password_changed',
      subject: { kind: 'user', id: tx.actor.id },
      data: { email: tx.actor.label },
    });
    return { changed: true };
  });
}
