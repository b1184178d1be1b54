'use client';
// The audit log: who did what, when, to what, with the data of each event on demand.
import { Button, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { Event } from '@/server/contract/fleet';
import { projectPath } from '@/components/shell/api';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar';
import { useKeys } from '@/components/ui/keys';
import { NarrowedFilter } from '@/components/ui/narrowed-filter';
import { PageHeader } from '@/components/ui/page-header';
import { Timestamp } from '@/components/ui/time';
import classes from './event-list.module.css';
import { EventDialog } from './event-dialog';
import { EventSubject } from './event-subject';
import { eventFilterOf, eventParams, eventSearch, type EventSearch } from './event-search';
import { EVENTS_PATH } from './queries';
import { EVENT_FAMILIES, eventDetail, eventSentence, subjectHref } from './words';

type SetSearch = (change: Partial<EventSearch>) => void;
const NO_FILTER = {
  kind: null,
  device: '',
  lineage: '',
  subject: '',
  actor: '',
  correlation: '',
  since: '',
  until: '',
} as const;

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
  { id: 'subject', header: 'About', cell: (event) => <EventSubject event={event} /> },
  {
    id: 'detail',
    header: 'Detail',
    cell: (event) => <span title={eventDetail(event)}>{eventDetail(event)}</span>,
  },
];

/** A time as the field of a browser has it, in local time; nothing where there is none. */
function localTime(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return '';
  return new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function TimeFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (at: string) => void;
}) {
  return (
    <TextInput
      aria-label={label}
      leftSection={<span className={classes.side}>{label}</span>}
      leftSectionWidth={48}
      type="datetime-local"
      size="xs"
      value={localTime(value)}
      onChange={(event) => {
        const time = new Date(event.currentTarget.value);
        onChange(Number.isNaN(time.getTime()) ? '' : time.toISOString());
      }}
    />
  );
}

const NARROWED = [
  ['Device', 'device'],
  ['Lineage', 'lineage'],
  ['About', 'subject'],
  ['Actor', 'actor'],
  ['Correlation', 'correlation'],
] as const;

function Filters({ search, set }: { search: EventSearch; set: SetSearch }) {
  const filtered = Object.keys(eventFilterOf(search)).length > 0;
  return (
    <FilterBar onClear={filtered ? () => set(NO_FILTER) : undefined}>
      <FilterSelect
        label="Kind"
        width={190}
        value={search.kind}
        options={EVENT_FAMILIES}
        onChange={(kind) => set({ kind })}
      />
      <TimeFilter label="From" value={search.since} onChange={(since) => set({ since })} />
      <TimeFilter label="Until" value={search.until} onChange={(until) => set({ until })} />
      {NARROWED.map(([label, name]) => (
        <NarrowedFilter key={name} label={label} value={search[name]} onClear={() => set({ [name]: '' })} />
      ))}
    </FilterBar>
  );
}

function ExportLinks({ search }: { search: EventSearch }) {
  const { project } = useSession();
  return (['csv', 'jsonl'] as const).map((format) => (
    <Button
      key={format}
      component="a"
      variant="default"
      download
      href={projectPath(project.id, `${EVENTS_PATH}/export`, { ...eventFilterOf(search), format })}
    >
      Export {format.toUpperCase()}
    </Button>
  ));
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
  // Back leads from an event to the list.
  const show = ({ id }: Event) => void setSearch({ event: id }, { history: 'push' });
  const hide = () => void setSearch({ event: '' });
  const { data, error, isPlaceholderData } = useLivePage<Event>(project.id, EVENTS_PATH, eventParams(search));
  useEventKeys(active, search, set, show);
  return (
    <>
      <PageHeader
        title="Events"
        facts="The audit log: every change, by whom, newest first"
        actions={<ExportLinks search={search} />}
      />
      <Filters search={search} set={set} />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The events are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Events"
            columns={columnsOf(show)}
            rows={data.items}
            rowKey={(event) => event.id}
            stale={isPlaceholderData}
            onActive={setActive}
            empty={<EmptyState title="No event matches these filters." />}
          />
          <ListPager
            path={EVENTS_PATH}
            params={eventParams(search)}
            meta={data.meta}
            onPage={(page) => set({ page })}
          />
        </>
      )}
      {search.event === '' ? null : (
        <EventDialog
          key={search.event}
          id={search.event}
          listed={data?.items.find(({ id }) => id === search.event)}
          onNarrow={(change) => set({ ...NO_FILTER, event: '', ...change })}
          onClose={hide}
        />
      )}
    </>
  );
}
