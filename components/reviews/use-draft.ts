'use client';
// The decision while it is being made: kept here, saved as it is made, and never overwritten by a refetch
// while it holds something unsaved. Another operator's draft is followed as they make it.
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { ReviewTarget } from '@/server/console/actions/reviews';
import { startingDecision, type Decision } from './decision';
import { doorOf } from './review-doors';
import { isShared, type AnyReviewDetail } from './subject';

const SAVE_PAUSE_MS = 700;

export type DraftState =
  { state: 'saved'; at: string | null } | { state: 'saving' } | { state: 'unsaved'; detail: string };

export interface Draft {
  decision: Decision;
  change: (decision: Decision) => void;
  saving: DraftState;
}

/** Equal for equal decisions: the database does not keep the order of an object's keys. */
const textOf = (decision: Decision): string =>
  JSON.stringify(
    decision.map((a) => [a.source_column_name, a.action, a.mirror_column_name ?? null, a.widen ?? false]),
  );

/** The draft of `detail`; `editable` where the user holds the claim. */
export function useDraft(detail: AnyReviewDetail, target: ReviewTarget, editable: boolean): Draft {
  const { saveDraft } = doorOf(isShared(detail));
  const onServer = startingDecision(detail);
  const serverText = textOf(onServer);
  const [decision, setDecision] = useState(onServer);
  const [saved, setSaved] = useState(serverText);
  const [seen, setSeen] = useState(serverText);
  const [saving, setSaving] = useState<DraftState>({ state: 'saved', at: null });
  if (seen !== serverText) {
    setSeen(serverText);
    if (textOf(decision) === saved || !editable) {
      setDecision(onServer);
      setSaved(serverText);
    }
  }
  const save = async (made: Decision) => {
    setSaving({ state: 'saving' });
    const outcome = await saveDraft(target, { column_actions: [...made] }).catch(() => null);
    if (outcome?.ok) {
      setSaved(textOf(made));
      setSaving({ state: 'saved', at: outcome.data.draft_at });
    } else {
      setSaving({ state: 'unsaved', detail: outcome?.refusal.detail ?? 'The server did not answer.' });
    }
  };
  const saveSoon = useDebouncedCallback((made: Decision) => void save(made), {
    delay: SAVE_PAUSE_MS,
    flushOnUnmount: true,
  });
  const change = (made: Decision) => {
    if (!editable) return;
    setDecision(made);
    setSaving({ state: 'saving' });
    saveSoon(made);
  };
  useEffect(() => {
    if (saving.state === 'saved') return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [saving.state]);
  return { decision, change, saving };
}
