'use client';
// The decision while it is being made: kept here, saved as it is made, and never overwritten by a refetch
// while it holds something unsaved. Another operator's draft is followed as they make it.
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { ReviewTarget } from '@/server/console/actions/reviews';
import { answerOf } from '@/components/shell/answer-of';
import { useConnection } from '@/components/shell/connection';
import { decisionText as textOf, startingDecision, type Decision } from './decision';
import { keepForReturn, useKeptChanges, type KeptChanges } from './kept-changes';
import { doorOf } from './review-doors';
import { isShared, type AnyReviewDetail } from './subject';

const SAVE_PAUSE_MS = 700;

export type DraftState =
  { state: 'saved'; at: string | null } | { state: 'saving' } | { state: 'unsaved'; detail: string };

export interface Draft {
  decision: Decision;
  change: (decision: Decision) => void;
  saving: DraftState;
  /** Saves the draft as it is, made anew on what is there now. */
  renew: () => void;
  /** Changes that came too late: another operator had the review before they were saved. */
  late: KeptChanges;
}

/** Keeps the page open while something is unsaved. */
function useUnsavedWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);
}

/** Saves again, once it can, what was not taken while the line was cut or the session over. */
function useSaveOnceBack(isUnsaved: boolean, save: () => void): void {
  const isUp = useConnection().state === 'up';
  const wasAway = useRef(false);
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    if (!isUp) wasAway.current = true;
    else if (wasAway.current && isUnsaved) {
      wasAway.current = false;
      latest.current();
    }
  }, [isUp, isUnsaved]);
}

const SAVED: DraftState = { state: 'saved', at: null };

/** The draft of `detail`; `editable` where the user holds the claim. */
export function useDraft(detail: AnyReviewDetail, target: ReviewTarget, editable: boolean): Draft {
  const { saveDraft } = doorOf(isShared(detail));
  const late = useKeptChanges(detail.id);
  const onServer = startingDecision(detail);
  const serverText = textOf(onServer);
  const [decision, setDecision] = useState(onServer);
  const [saved, setSaved] = useState(serverText);
  const [seen, setSeen] = useState({ text: serverText, editable });
  const [saving, setSaving] = useState<DraftState>(SAVED);
  const unsaved = textOf(decision) !== saved;
  const isTaken = seen.editable && !editable && unsaved && textOf(decision) !== serverText;
  if (seen.text !== serverText || seen.editable !== editable) {
    setSeen({ text: serverText, editable });
    if (isTaken) late.keep(decision);
    if (!unsaved || !editable) {
      setDecision(onServer);
      setSaved(serverText);
      if (!editable) setSaving(SAVED);
    }
  }
  const save = async (made: Decision, isSeen = false) => {
    setSaving({ state: 'saving' });
    const input = { column_actions: [...made], ...(isSeen ? { stale_seen: true } : {}) };
    const outcome = await answerOf(saveDraft(target, input));
    if (outcome?.ok) {
      setSaved(textOf(made));
      setSaving({ state: 'saved', at: outcome.data.draft_at });
      if (late.kept === null) keepForReturn(detail.id, null);
      return;
    }
    if (outcome?.refusal.code === 'not_the_claimant') {
      late.keep(made);
      setSaving(SAVED);
      return;
    }
    keepForReturn(detail.id, made);
    setSaving({ state: 'unsaved', detail: outcome?.refusal.detail ?? 'The server did not answer.' });
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
  useUnsavedWarning(saving.state !== 'saved');
  useSaveOnceBack(saving.state === 'unsaved', () => void save(decision));
  return { decision, change, saving, renew: () => void save(decision, true), late };
}
