'use client';
// What has to be known of the draft before it is used: that it rests on what is no longer so, or that changes of
// one's own are not in it.
import { ActionButton } from '@/components/ui/action-button';
import classes from './decision-bar.module.css';
import type { ReviewModel } from './use-review';

function Stale({ model }: { model: ReviewModel }) {
  const { detail, draft, permits } = model;
  const stale = detail.draft_stale;
  if (stale === null) return null;
  return (
    <div className={classes.note} role="group" aria-label="The draft is stale">
      <p>
        <strong>The draft is stale.</strong> {stale.reason} Look at the columns again.
      </p>
      <ActionButton
        variant="default"
        loading={draft.saving.state === 'saving'}
        disabledReason={permits.edit}
        onClick={draft.renew}
      >
        I have looked: keep the draft
      </ActionButton>
    </div>
  );
}

function Late({ model }: { model: ReviewModel }) {
  const { draft, permits } = model;
  const { kept, letGo } = draft.late;
  if (kept === null) return null;
  const putBack = () => {
    draft.change(kept);
    letGo();
  };
  return (
    <div className={classes.note} role="group" aria-label="Changes that were not saved">
      <p>
        <strong>Your last changes are kept here.</strong> They were not saved before the review was taken over
        or the page was left, so they are not in the draft.
      </p>
      <ActionButton variant="default" disabledReason={permits.edit} onClick={putBack}>
        Put my changes back
      </ActionButton>
      <ActionButton variant="subtle" color="gray" onClick={letGo}>
        Let them go
      </ActionButton>
    </div>
  );
}

/** Nothing where the draft is as it should be. */
export function DraftNotes({ model }: { model: ReviewModel }) {
  return (
    <>
      <Stale model={model} />
      <Late model={model} />
    </>
  );
}
