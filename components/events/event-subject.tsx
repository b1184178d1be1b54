// What an event is about, as a link where it has a page.
import Link from 'next/link';
import type { Event } from '@/server/contract/fleet';
import classes from './event-list.module.css';
import { subjectHref } from './words';

/** `event`'s subject in words. */
export function EventSubject({ event }: { event: Event }) {
  const href = event.kind.endsWith('.deleted') ? null : subjectHref(event);
  const words = event.subject.kind.replaceAll('_', ' ');
  return href === null ? (
    <span className={classes.muted}>{words}</span>
  ) : (
    <Link href={href} className={classes.link}>
      {words}
    </Link>
  );
}
