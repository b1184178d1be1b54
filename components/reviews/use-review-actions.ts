'use client';
// Runs one mutation of a review at a time, says what came of it, and reads the review again: also after a
// refusal, since a conflict means that what is on the screen is old.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Outcome } from '@/server/console/actions/outcome';
import { answerOf, UNANSWERED } from '@/components/shell/answer-of';
import { toastDone, toastRefused } from '@/components/shell/toast';

export interface ReviewActions {
  /** The name of the action under way. */
  busy: string | null;
  /** Runs `act`; answers its data, or null where it was refused or the server did not answer. */
  run: <T>(name: string, act: () => Promise<Outcome<T>>, done: string) => Promise<T | null>;
}

/** Actions on reviews of `projectId`; every list and detail of the project is read again after each. */
export function useReviewActions(projectId: string): ReviewActions {
  const client = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const run: ReviewActions['run'] = async (name, act, done) => {
    setBusy(name);
    const reread = () => client.invalidateQueries({ queryKey: [projectId] });
    const say = (outcome: Outcome<unknown>) => {
      if (outcome.ok) toastDone(done);
      else toastRefused(outcome.refusal);
    };
    const outcome = await answerOf(act(), (late) => {
      say(late);
      void reread();
    });
    const read = reread();
    if (outcome === null) {
      toastRefused(UNANSWERED);
    } else {
      say(outcome);
      // Of a server that does not answer nothing is read either.
      await read;
    }
    setBusy(null);
    return outcome?.ok ? outcome.data : null;
  };
  return { busy, run };
}
