'use client';
// Everything the review page shows and does, in one place: the page only draws it.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { amendReviewAction } from '@/server/console/actions/reviews';
import { useMissingPermission, useSession } from '@/components/shell/session';
import {
  isSameDecision,
  problemsOf,
  refusalsByColumn,
  replayedRows,
  toColumnActions,
  withAll,
  type ActionKind,
  type Decision,
} from './decision';
import { permitsOf } from './permit';
import { abandonReview, doorOf } from './review-doors';
import { isShared, type AnyReviewDetail } from './subject';
import { useDraft } from './use-draft';
import { useFacts } from './use-facts';
import { useMapping } from './use-mapping';
import { useNeighbours } from './use-neighbours';
import { usePreview } from './use-preview';
import { useReviewActions } from './use-review-actions';

export type ReviewModel = ReturnType<typeof useReview>;
type Asking = 'approve' | 'amend' | 'reject' | 'abandon' | 'take_over' | null;

/** The model of one review's page. */
export function useReview(detail: AnyReviewDetail) {
  const { project, user } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const client = useQueryClient();
  const target = { projectId: project.id, reviewId: detail.id };
  const door = doorOf(isShared(detail));
  const permits = permitsOf(detail, user.id, missing);
  const draft = useDraft(detail, target, permits.edit === undefined);
  const { simulation, simulate } = usePreview(target, door.preview);
  const actions = useReviewActions(project.id);
  const [asking, setAsking] = useState<Asking>(null);
  const { next, previous, none: noneBeside } = useNeighbours(detail);
  const facts = useFacts(detail);
  const mapping = useMapping(detail);
  const version = { action_version: detail.action_version };
  const { decision } = draft;

  const claim = (takeOver: boolean) =>
    actions.run(
      'claim',
      () => door.claim(target, { ...version, take_over: takeOver }),
      takeOver ? 'The review is yours, with the draft' : 'Claimed',
    );
  const askApprove = () => {
    setAsking('approve');
    void simulate(decision, detail.action_version);
  };
  /** The review's version once it is the user's; null where it could not be claimed. */
  const held = async () =>
    permits.claimsFirst ? await claim(false) : { actionVersion: detail.action_version };
  const approve = async () => {
    const mine = await held();
    if (mine === null) return setAsking(null);
    const input = { action_version: mine.actionVersion, column_actions: toColumnActions(decision) };
    const rows = replayedRows(detail.columns, decision, detail.staged_row_count);
    await actions.run(
      'approve',
      () => door.approve(target, input),
      rows === 0 ? 'Approved' : 'Approved: its staged rows are replayed now',
    );
    setAsking(null);
  };
  const reject = async (reason: string) => {
    const mine = await held();
    if (mine === null) return setAsking(null);
    const input = { action_version: mine.actionVersion, reason };
    await actions.run('reject', () => door.reject(target, input), 'Rejected');
    setAsking(null);
  };
  const abandon = async (reason: string) => {
    await actions.run('abandon', () => abandonReview(target, { ...version, reason }), 'Abandoned');
    setAsking(null);
  };
  const amend = async (amended: Decision) => {
    const input = { ...version, column_actions: toColumnActions(amended) };
    await actions.run('amend', () => amendReviewAction(target, input), 'Amended');
    setAsking(null);
  };
  const problems = problemsOf(detail.columns, decision);
  if (simulation.state === 'refused' && isSameDecision(simulation.of, decision)) {
    for (const [name, why] of refusalsByColumn(decision, simulation.refusal.errors)) problems.set(name, why);
  }
  const wrong = problems.size === 0 ? undefined : 'Mend the marked columns first.';
  return {
    detail,
    permits: { ...permits, approve: permits.approve ?? wrong },
    whyNotSimulate: permits.approve,
    draft,
    problems,
    simulation,
    busy: actions.busy,
    asking,
    next,
    previous,
    noneBeside,
    facts,
    mapping,
    close: () => setAsking(null),
    askApprove,
    askAmend: () => setAsking('amend'),
    askReject: () => setAsking('reject'),
    askAbandon: () => setAsking('abandon'),
    approve: () => void approve(),
    amend: (amended: Decision) => void amend(amended),
    reject: (reason: string) => void reject(reason),
    abandon: (reason: string) => void abandon(reason),
    claim: () => (permits.takesOver ? setAsking('take_over') : void claim(false)),
    takeOver: () => void claim(true).then(() => setAsking(null)),
    release: () =>
      void actions.run('release', () => door.release(target, version), 'Released, the draft is kept'),
    reopen: () => void actions.run('reopen', () => door.reopen(target, version), 'Back in the queue'),
    simulate: () => void simulate(decision, detail.action_version),
    setAll: (action: ActionKind) => draft.change(withAll(decision, detail.columns, action)),
    refresh: () => void client.invalidateQueries({ queryKey: [project.id] }),
  };
}
