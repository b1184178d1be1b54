'use client';
// One event: who, what, and what changed from what to what, with ways to everything that belongs to it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Event } from '@/server/contract/fleet';
import { pageQuery } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { CodeBlock } from '@/components/ui/code-block';
import { Copyable } from '@/components/ui/copyable';
import { DataTable, type Column } from '@/components/ui/data-table';
import { Dialog } from '@/components/ui/dialog';
import { Timestamp } from '@/components/ui/time';
import { changesOf, type Change } from './changes';
import classes from './event-list.module.css';
import { oneEventParams, type EventSearch } from './event-search';
import { EventSubject } from './event-subject';
import { EVENTS_PATH } from './queries';
import { eventSentence } from './words';

const columns: readonly Column<Change>[] = [
  { id: 'field', header: 'Field', cell: (c) => <span className="tg-mono">{c.field}</span> },
  { id: 'before', header: 'Before', cell: (c) => <span title={c.before}>{c.before}</span> },
  { id: 'after', header: 'After', cell: (c) => <span title={c.after}>{c.after}</span> },
];

interface LoadedProps {
  event: Event;
  /** Shows the events that share something with this one. */
  onNarrow: (change: Partial<EventSearch>) => void;
}

/** Whose event it is: the ways to all events of its lineage and of its device. */
function Place({ event, onNarrow }: LoadedProps) {
  const { lineage_id: lineage, device_id: device } = event;
  if (device === null) return null;
  return (
    <>
      <dt>Device</dt>
      <dd>
        {event.device_name ?? 'deleted'}{' '}
        <Button size="compact-xs" variant="default" onClick={() => onNarrow({ device })}>
          All of this device
        </Button>{' '}
        {lineage === null ? null : (
          <Button size="compact-xs" variant="default" onClick={() => onNarrow({ lineage })}>
            All of this lineage
          </Button>
        )}
      </dd>
    </>
  );
}

function Loaded({ event, onNarrow }: LoadedProps) {
  const changes = changesOf(event.data);
  return (
    <>
      <dl className={classes.facts}>
        <dt>Kind</dt>
        <dd className="tg-mono">{event.kind}</dd>
        <dt>When</dt>
        <dd>
          <Timestamp at={event.at} />
        </dd>
        <dt>Actor</dt>
        <dd>
          {event.actor.label} ({event.actor.kind}){' '}
          <Button size="compact-xs" variant="default" onClick={() => onNarrow({ actor: event.actor.id })}>
            All of this actor
          </Button>
        </dd>
        {event.address === null ? null : (
          <>
            <dt>From</dt>
            <dd className="tg-mono">{event.address}</dd>
          </>
        )}
        <dt>About</dt>
        <dd>
          <EventSubject event={event} /> ({event.subject.kind.replaceAll('_', ' ')}){' '}
          <Copyable value={event.subject.id} label="subject id" chars={0} />
        </dd>
        <Place event={event} onNarrow={onNarrow} />
        <dt>Correlation</dt>
        <dd>
          <Copyable value={event.correlation_id} label="correlation id" chars={0} />{' '}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onNarrow({ correlation: event.correlation_id })}
          >
            All that happened with it
          </Button>
        </dd>
      </dl>
      {changes.length === 0 ? null : (
        <div className={classes.changes}>
          <DataTable
            label="What changed"
            columns={columns}
            rows={changes}
            rowKey={(change) => change.field}
            empty={null}
          />
        </div>
      )}
      <CodeBlock text={JSON.stringify(event.data, null, 2)} label="event data" />
    </>
  );
}

interface Props {
  id: string;
  /** The event, where the page of the list has it. */
  listed: Event | undefined;
  onNarrow: (change: Partial<EventSearch>) => void;
  onClose: () => void;
}

/** Over the list; the event is in the URL. It is read by itself: a link to it outlives the page that it was on. */
export function EventDialog({ id, listed, onNarrow, onClose }: Props) {
  const { project } = useSession();
  const { data, error } = useQuery({
    ...pageQuery<Event>(project.id, EVENTS_PATH, oneEventParams(id)),
    staleTime: Infinity,
  });
  const event = listed ?? data?.items[0];
  return (
    <Dialog
      opened
      onClose={onClose}
      title={event === undefined ? 'Event' : `${event.actor.label} ${eventSentence(event.kind)}`}
      size="lg"
    >
      {event === undefined ? (
        <p role="alert">
          {error?.message ??
            (data === undefined ? 'The event is being read.' : 'This project has no event of this id.')}
        </p>
      ) : (
        <Loaded event={event} onNarrow={onNarrow} />
      )}
    </Dialog>
  );
}
