'use client';
// What a webhook was sent, and what came of it. Filter, page and the open message are in the URL.
import { useQueryStates } from 'nuqs';
import type { Webhook, WebhookDelivery } from '@/server/contract/webhooks';
import classes from '@/components/settings/settings.module.css';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo, TimeUntil } from '@/components/ui/time';
import { DeliveryDialog } from './delivery-dialog';
import { deliveriesPath, deliveryParams, deliverySearch } from './queries';
import { messageLabel, STATUS } from './words';

const columns: readonly Column<WebhookDelivery>[] = [
  { id: 'at', header: 'Made', width: '110px', cell: (d) => <TimeAgo at={d.created_at} /> },
  {
    id: 'status',
    header: 'Status',
    width: '110px',
    cell: (d) => (
      <StatusChip tone={STATUS[d.status].tone} plain>
        {STATUS[d.status].label}
      </StatusChip>
    ),
  },
  { id: 'kind', header: 'Kind', width: '170px', primary: true, cell: (d) => messageLabel(d.kind) },
  { id: 'text', header: 'Message', cell: (d) => <span title={d.text}>{d.text}</span> },
  {
    id: 'code',
    header: 'Answer',
    align: 'end',
    width: '90px',
    cell: (d) => (d.response_code === null ? (d.attempts === 0 ? '' : 'no answer') : d.response_code),
  },
  {
    id: 'attempts',
    header: 'Attempts',
    align: 'end',
    width: '90px',
    cell: (d) => `${d.attempts} of ${d.attempts_max}`,
  },
  {
    id: 'next',
    header: 'Next attempt',
    align: 'end',
    width: '110px',
    cell: (d) => (d.next_attempt_at === null ? '' : <TimeUntil at={d.next_attempt_at} />),
  },
];

const STATUSES = Object.entries(STATUS).map(([value, { label }]) => ({
  value: value as WebhookDelivery['status'],
  label,
}));

/** The log, newest first. */
export function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(deliverySearch, { history: 'replace' });
  const { data, error, isPlaceholderData } = useLivePage<WebhookDelivery>(
    project.id,
    deliveriesPath(webhook.id),
    deliveryParams(search),
  );
  const filter = (
    <FilterBar>
      <FilterSelect
        label="Status"
        width={150}
        value={search.status}
        options={STATUSES}
        onChange={(status) => void setSearch({ status, page: 1 })}
      />
    </FilterBar>
  );
  return (
    <Panel title="What it was sent" aside={filter} flush={data !== undefined}>
      {data === undefined ? (
        <p role="alert" className={classes.muted}>
          {error?.message ?? 'The log is being read.'}
        </p>
      ) : (
        <>
          <DataTable
            label="Messages"
            frameless
            columns={columns}
            rows={data.items}
            rowKey={(delivery) => delivery.id}
            href={(delivery) => `/settings/webhooks/${webhook.id}?delivery=${delivery.id}`}
            stale={isPlaceholderData}
            empty={
              <EmptyState
                title={search.status === null ? 'Nothing has been sent yet.' : 'No message has this status.'}
              >
                {search.status === null ? 'Send a test to see whether it arrives.' : null}
              </EmptyState>
            }
          />
          <ListPager
            path={deliveriesPath(webhook.id)}
            params={deliveryParams(search)}
            meta={data.meta}
            onPage={(page) => void setSearch({ page })}
          />
        </>
      )}
      {search.delivery === '' ? null : (
        <DeliveryDialog
          key={search.delivery}
          webhookId={webhook.id}
          deliveryId={search.delivery}
          onClose={() => void setSearch({ delivery: '' })}
        />
      )}
    </Panel>
  );
}
