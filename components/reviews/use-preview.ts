'use client';
// The simulation of an approval, remembered with the decision it was made for: a result of another decision
// must never stand beside a button that approves this one.
import { useState } from 'react';
import type { ReviewPreview } from '@/server/contract/governance';
import type { RefusalInfo } from '@/server/console/actions/outcome';
import type { ReviewTarget } from '@/server/console/actions/reviews';
import { answerOf } from '@/components/shell/answer-of';
import { toColumnActions, type Decision } from './decision';
import type { ReviewDoor } from './review-doors';

export type Simulation =
  | { state: 'none' }
  | { state: 'running' }
  | { state: 'done'; preview: ReviewPreview; of: Decision }
  | { state: 'refused'; refusal: RefusalInfo; of: Decision };

const NO_ANSWER: RefusalInfo = {
  status: 503,
  code: 'no_answer',
  detail: 'The server did not answer. Try again.',
  errors: [],
  data: null,
};

/** Simulates decisions on `target`. */
export function usePreview(
  target: ReviewTarget,
  preview: ReviewDoor['preview'],
): {
  simulation: Simulation;
  simulate: (decision: Decision, actionVersion: number) => Promise<void>;
} {
  const [simulation, setSimulation] = useState<Simulation>({ state: 'none' });
  const simulate = async (of: Decision, actionVersion: number) => {
    setSimulation({ state: 'running' });
    const input = { action_version: actionVersion, column_actions: toColumnActions(of) };
    const outcome = await answerOf(preview(target, input));
    if (outcome === null) setSimulation({ state: 'refused', refusal: NO_ANSWER, of });
    else if (outcome.ok) setSimulation({ state: 'done', preview: outcome.data, of });
    else setSimulation({ state: 'refused', refusal: outcome.refusal, of });
  };
  return { simulation, simulate };
}
