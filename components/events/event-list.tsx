'use client';
// The audit log: who did what, when, to what, with the data of each event on demand.
import { Modal } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { Event } from '@/server/contract/fleet';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { CodeBlock } from '@/components/ui/code-block';
import { Copyable } from '@/components/ui/copyable';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar';
import { useKeys } from '@/components/ui/keys';
import { NarrowedFilter } from '@/components/ui/narrowed-filter';
import { PageHeader } from '@/components/ui/page-header';
import { Pager } from '@/components/ui/pager';
import { Timestamp } from '@/components/ui/time';
import classes from './event-list.module.css';
import { eventParams, eventSearch, type EventSearch } from './event-search';
import { EVENTS_PATH } from './queries';
import { EVENT_FAMILIES, eventDetail, eventSentence, subjectHref } from './words';

type SetSearch = (change: Partial<EventSearch>) => void;
const NO_FILTER = { kind: null, device: '', lineage: '', subject: '' } as const;

function Subject({ event }: { event: Event }) {
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

const columnsOf = (open: (event: Event) => void): readonly Column<Event>[] => [
  { id: 'at', header: 'When', width: '160px', cell: (event) => <Timestamp at={event.at} /> },
  {
    id: 'what',
    header: 'What',
    cell: (event) => (
      <button
        type="button"
        className={classes.what}
        data-row-link
        title={event.kind}
        onClick={() => open(event)}
      >
        <strong>{event.actor.label}</strong> {eventSentence(event.kind)}
      </button>
    ),
  },
  { id: 'subject', header: 'About', cell: (event) => <Subject event={event} /> },
  {
    id: 'detail',
    header: 'Detail',
    cell: (event) => <span title={eventDetail(event)}>{eventDetail(event)}</span>,
  },
];

function EventDialog({ event, onClose }: { event: Event; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`${event.actor.label} ${eventSentence(event.kind)}`} size="lg">
      <dl className={classes.facts}>
        <dt>Kind</dt>
        <dd className="tg-mono">{event.kind}</dd>
        <dt>When</dt>
        <dd>
          <Timestamp at={event.at} />
        </dd>
        <dt>Actor</dt>
        <dd>
          {event.actor.label} ({event.actor.kind})
        </dd>
        <dt>About</dt>
        <dd>
          <Subject event={event} /> <Copyable value={event.subject.id} label="subject id" chars={0} />
        </dd>
        <dt>Correlation</dt>
        <dd>
          <Copyable value={event.correlation_id} label="correlation id" chars={0} />
        </dd>
      </dl>
      <CodeBlock text={JSON.stringify(event.data, null, 2)} label="event data" />
    </Modal>
  );
}

function Filters({ search, set }: { search: EventSearch; set: SetSearch }) {
  const filtered =
    search.kind !== null || [search.device, search.lineage, search.subject].some((value) => value !== '');
  return (
    <FilterBar onClear={filtered ? () => set(NO_FILTER) : undefined}>
      <FilterSelect
        label="Kind"
        width={190}
        value={search.kind}
        options={EVENT_FAMILIES}
        onChange={(kind) => set({ kind })}
      />
      <NarrowedFilter label="Device" value={search.device} onClear={() => set({ device: '' })} />
      <NarrowedFilter label="Lineage" value={search.lineage} onClear={() => set({ lineage: '' })} />
      <NarrowedFilter label="About" value={search.subject} onClear={() => set({ subject: '' })} />
    </FilterBar>
  );
}

function useEventKeys(active: Event | null, search: EventSearch, set: SetSearch, open: (e: Event) => void) {
  const router = useRouter();
  const kinds = [null, ...EVENT_FAMILIES.map(({ value }) => value)];
  const href = active === null ? null : subjectHref(active);
  const group = 'Events';
  useKeys([
    {
      keys: ['Enter'],
      label: 'Open the event',
      group,
      movement: true,
      run: () => (active === null ? undefined : open(active)),
      disabledReason: active === null ? 'Move to a row first (j, k).' : undefined,
    },
    {
      keys: ['f'],
      label: 'Cycle the kind filter',
      group,
      run: () => set({ kind: kinds[(kinds.indexOf(search.kind) + 1) % kinds.length] ?? null }),
    },
    {
      keys: ['v'],
      label: 'Jump to what the event is about',
      group,
      run: () => router.push(href ?? '/events'),
      disabledReason: href === null ? 'The event has no page of its own.' : undefined,
    },
  ]);
}

/** The events of the project, newest first. */
export function EventList() {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(eventSearch, { history: 'replace' });
  const set: SetSearch = (change) => void setSearch({ page: 1, ...change });
  const [active, setActive] = useState<Event | null>(null);
  const [shown, setShown] = useState<Event | null>(null);
  const { data, error, isPlaceholderData } = useLivePage<Event>(project.id, EVENTS_PATH, eventParams(search));
  useEventKeys(active, search, set, setShown);
  return (
    <>
      <PageHeader title="Events" facts="The audit log: every change, by whom, newest first" />
      <Filters search={search} set={set} />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The events are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Events"
            columns={columnsOf(setShown)}
            rows={data.items}
            rowKey={(event) => event.id}
            stale={isPlaceholderData}
            onActive={setActive}
            empty={<EmptyState title="No event matches these filters." />}
          />
          <Pager meta={data.meta} onPage={(page) => set({ page })} />
        </>
      )}
      {shown === null ? null : <EventDialog event={shown} onClose={() => setShown(null)} />}
    </>
  );
}
