'use client';
// The last events of one thing, beside it.
import type { Event } from '@/server/contract/fleet';
import type { Params } from '@/components/shell/api';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { Link } from '@/components/ui/link';
import { Panel } from '@/components/ui/panel';
import { TimeAgo } from '@/components/ui/time';
import classes from './event-trail.module.css';
import { EVENTS_PATH } from './queries';
import { eventAbout, eventDetail, eventSentence } from './words';

/** Events found by `params`, newest first; `more` is the list of all of them. */
export function EventTrail({
  params,
  more,
  title = 'Events',
  here = [],
}: {
  params: Params;
  more: string;
  title?: string;
  /** The names that the page has in its head: no event repeats them. */
  here?: readonly string[];
}) {
  const { project } = useSession();
  const { data, error } = useLivePage<Event>(project.id, EVENTS_PATH, params);
  const events = data?.items ?? [];
  return (
    <Panel
      title={title}
      aside={
        <Link href={more} className={classes.more}>
          All events
        </Link>
      }
    >
      {events.length === 0 ? (
        <p className={classes.muted}>
          {data === undefined ? (error?.message ?? 'Being read.') : 'Nothing has happened yet.'}
        </p>
      ) : (
        <ol className={classes.list}>
          {events.map((event) => (
            <li key={event.id} className={classes.event}>
              <span className={classes.at}>
                <TimeAgo at={event.at} />
              </span>
              <span className={classes.what}>
                <strong>{event.actor.label}</strong> {eventSentence(event.kind)}
                <span className={classes.muted}>
                  {[...eventAbout(event).filter((name) => !here.includes(name)), eventDetail(event)]
                    .filter((part) => part !== '')
                    .map((part) => ` · ${part}`)
                    .join('')}
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
