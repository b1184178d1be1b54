'use client';
// Who did what to a review, newest first.
import type { Event } from '@/server/contract/fleet';
import { useLivePage } from '@/components/shell/live';
import { Panel } from '@/components/ui/panel';
import { TimeAgo } from '@/components/ui/time';
import { EVENTS_PATH, historyParams } from './queries';
import classes from './review-history.module.css';

const WORDS: Record<string, string> = {
  queued: 'queued the review',
  claimed: 'claimed it',
  released: 'released it',
  approved: 'approved it',
  rejected: 'rejected it',
  reopened: 'reopened it',
  amended: 'amended it',
  abandoned: 'abandoned it',
  superseded: 'superseded it',
  commented: 'commented on it',
  draft_saved: 'changed the draft',
  restated: 'described the columns anew',
};

function sentenceOf(event: Event): string {
  const kind = event.kind.split('.').at(-1) ?? event.kind;
  const takenOver = typeof event.data['taken_over_from'] === 'string';
  return takenOver ? 'took it over' : (WORDS[kind] ?? kind);
}

/** A draft is saved with each change: of what one person did in a row, the newest says it. */
const isNews = (event: Event, at: number, all: readonly Event[]): boolean => {
  const newer = all[at - 1];
  const isSave = (e: Event) => e.kind.endsWith('.draft_saved');
  return !(isSave(event) && newer !== undefined && isSave(newer) && newer.actor.id === event.actor.id);
};

/** The events of one review. */
export function ReviewHistory({ projectId, reviewId }: { projectId: string; reviewId: string }) {
  const { data, error } = useLivePage<Event>(projectId, EVENTS_PATH, historyParams(reviewId));
  const events = (data?.items ?? []).filter(isNews);
  return (
    <Panel title="History">
      {events.length === 0 ? (
        <p className={classes.muted}>
          {data === undefined ? (error?.message ?? 'Not read yet.') : 'No event names this review yet.'}
        </p>
      ) : (
        <ol className={classes.list}>
          {events.map((event) => (
            <li key={event.id} className={classes.event}>
              <div>
                <strong>{event.actor.label}</strong> {sentenceOf(event)}
                <span className={classes.muted}>
                  {' · '}
                  <TimeAgo at={event.at} />
                </span>
              </div>
              {typeof event.data['reason'] === 'string' ? (
                <blockquote className={classes.reason}>{event.data['reason']}</blockquote>
              ) : null}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
