// What an event is about, as a link where it has a page.
import { Link } from '@/components/ui/link';
import type { Event } from '@/server/contract/fleet';
import classes from './event-list.module.css';
import { eventAbout, subjectHref } from './words';

/** `event`'s subject by its names; by its kind where nothing is known of it. */
export function EventSubject({ event }: { event: Event }) {
  const href = subjectHref(event);
  const kind = event.subject.kind.replaceAll('_', ' ');
  const names = eventAbout(event);
  const words = names.length === 0 ? kind : names.join(' of ');
  return href === null ? (
    <span className={names.length === 0 ? classes.muted : undefined} title={kind}>
      {words}
    </span>
  ) : (
    <Link href={href} className={classes.link} title={`${kind}: ${words}`}>
      {words}
    </Link>
  );
}
