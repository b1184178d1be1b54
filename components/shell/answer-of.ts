// What a server action answered: one way to hear it for every action of every page, as `api.ts` is for what is read.
import type { Outcome } from '@/server/console/actions/outcome';
import { noteSignedOut } from './connection';

/** The outcome; null where the server did not answer. That the session is over is told to the page. */
export async function answerOf<T>(asked: Promise<Outcome<T>>): Promise<Outcome<T> | null> {
  const outcome = await asked.catch(() => null);
  if (outcome?.ok === false && outcome.refusal.code === 'signed_out') noteSignedOut();
  return outcome;
}
