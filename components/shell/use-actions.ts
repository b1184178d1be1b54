'use client';
// Runs one mutation at a time, says what came of it, and reads the project again: also after a refusal, since
// a conflict means that what is on the screen is old.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Outcome } from '@/server/console/actions/outcome';
import { answerOf } from './answer-of';
import { toastDone, toastRefused, type RefusalInfo } from './toast';

export interface Actions {
  /** The name of the action under way. */
  busy: string | null;
  /**
   * Runs `act`; answers its data, or null where it was refused or the server did not answer. `done` may say that
   * what was done came to nothing: that is shown as a refusal.
   */
  run: <T>(
    name: string,
    act: () => Promise<Outcome<T>>,
    done: string | ((data: T) => string | RefusalInfo),
  ) => Promise<T | null>;
}

const UNANSWERED = {
  code: 'no_answer',
  detail:
    'The server did not answer, so it is not known whether this was done. The page shows it once it does.',
};

/** Says what came of what was done. */
function toastOutcome(said: string | RefusalInfo): void {
  if (typeof said === 'string') toastDone(said);
  else toastRefused(said);
}

/** Actions on `projectId`; every list and detail of the project is read again after each. */
export function useActions(projectId: string): Actions {
  const client = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const run: Actions['run'] = async (name, act, done) => {
    setBusy(name);
    const outcome = await answerOf(act());
    if (outcome === null) toastRefused(UNANSWERED);
    else if (outcome.ok) toastOutcome(typeof done === 'string' ? done : done(outcome.data));
    else toastRefused(outcome.refusal);
    setBusy(null);
    await client.invalidateQueries({ queryKey: [projectId] });
    return outcome?.ok ? outcome.data : null;
  };
  return { busy, run };
}
