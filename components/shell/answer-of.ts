// What a server action answered: one way to hear it for every action of every page, as `api.ts` is for what is read.
import type { Outcome } from '@/server/console/actions/outcome';
import { noteSignedOut } from './connection';

/** An action that is not answered for this long may still be carried out: a cut cable is not told by an error. */
export const ACTION_MS_MAX = 20_000;

/** Said where an action is not answered. */
export const UNANSWERED = {
  code: 'no_answer',
  detail:
    'The server did not answer, so it is not known whether this was done. It may still be: the page shows it once the server answers.',
};

async function heard<T>(asked: Promise<Outcome<T>>): Promise<Outcome<T> | null> {
  const outcome = await asked.catch(() => null);
  if (outcome?.ok === false && outcome.refusal.code === 'signed_out') noteSignedOut();
  return outcome;
}

/**
 * The outcome; null where the server did not answer. That the session is over is told to the page. With `onLate` an
 * answer is waited for no longer than `ACTION_MS_MAX`, and one that comes later goes there.
 */
export async function answerOf<T>(
  asked: Promise<Outcome<T>>,
  onLate?: (outcome: Outcome<T>) => void,
): Promise<Outcome<T> | null> {
  const answer = heard(asked);
  if (onLate === undefined) return answer;
  let isLate = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<null>((end) => {
    timer = setTimeout(() => {
      isLate = true;
      end(null);
    }, ACTION_MS_MAX);
  });
  void answer.then((outcome) => {
    clearTimeout(timer);
    if (isLate && outcome !== null) onLate(outcome);
  });
  return Promise.race([answer, limit]);
}
