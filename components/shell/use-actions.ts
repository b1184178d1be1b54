'use client';
// Runs one mutation at a time, says what came of it, and reads the project again: also after a refusal, since
// a conflict means that what is on the screen is old.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Outcome } from '@/server/console/actions/outcome';
import { answerOf, UNANSWERED } from './answer-of';
import { toastDone, toastRefused, type RefusalInfo } from './toast';

/** What to say of what was done. */
type Done<T> = string | ((data: T) => string | RefusalInfo);

export interface Actions {
  /** The name of the action under way. */
  busy: string | null;
  /**
   * Runs `act`; answers its data, or null where it was refused or the server did not answer. `done` may say that
   * what was done came to nothing: that is shown as a refusal.
   */
  run: <T>(name: string, act: () => Promise<Outcome<T>>, done: Done<T>) => Promise<T | null>;
}

/** Says what came of what was done. */
function toastOutcome(said: string | RefusalInfo): void {
  if (typeof said === 'string') toastDone(said);
  else toastRefused(said);
}

/** Actions on `projectId`; every list and detail of the project is read again after each. */
export function useActions(projectId: string): Actions {
  const client = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const run: Actions['run'] = async <T>(name: string, act: () => Promise<Outcome<T>>, done: Done<T>) => {
    setBusy(name);
    const reread = () => client.invalidateQueries({ queryKey: [projectId] });
    const say = (outcome: Outcome<T>) => {
      if (!outcome.ok) toastRefused(outcome.refusal);
      else toastOutcome(typeof done === 'string' ? done : done(outcome.data));
    };
    const outcome = await answerOf(act(), (late) => {
      say(late);
      void reread();
    });
    if (outcome === null) toastRefused(UNANSWERED);
    else say(outcome);
    setBusy(null);
    await reread();
    return outcome?.ok ? outcome.data : null;
  };
  return { busy, run };
}
