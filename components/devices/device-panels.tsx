'use client';
// What stands on the page of one device: its lineages, what was refused, what it is to hear, how it connects.
import { useState } from 'react';
import type { z } from 'zod';
import type { Device, mqttConnectionDetails } from '@/server/contract/fleet';
import type { control, Lineage } from '@/server/contract/governance';
import type { RejectedBatch } from '@/server/contract/rows';
import { deviceLineageColumns } from '@/components/lineages/lineage-columns';
import { useLineageRowKeys } from '@/components/lineages/use-row-keys';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { Copyable } from '@/components/ui/copyable';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCounted } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { Facts, Panel } from '@/components/ui/panel';
import { TimeAgo } from '@/components/ui/time';
import classes from './devices.module.css';
import { deviceParamsOf, fleetDevicePath } from './queries';

type Connection = z.infer<typeof mqttConnectionDetails>;
type Control = z.infer<typeof control>;

const REJECTED_PATH = 'edge/rejected-batches';

/** In place of what is not known: nothing is said of the device that may not be so. */
const Unread = ({ error }: { error: Error | null }) => (
  <p role="status" className={classes.muted}>
    {error?.message ?? 'Being read.'}
  </p>
);

const UnreadPanel = ({ title, error }: { title: string; error: Error | null }) => (
  <Panel title={title}>
    <Unread error={error} />
  </Panel>
);

/** Why there is no lineage: what the device has sent so far decides it. */
function NoLineage({ device }: { device: Device }) {
  const { project } = useSession();
  const { data: rejected } = useLivePage<RejectedBatch>(
    project.id,
    REJECTED_PATH,
    deviceParamsOf.rejected(device.id),
  );
  const refused = rejected?.meta.total_items ?? 0;
  return (
    <EmptyState title="No table of this device has been accepted yet.">
      {refused > 0 ? (
        <>
          {formatCounted(refused, 'batch', 'batches')} came and {refused === 1 ? 'was' : 'were'} refused.{' '}
          <Link href={`/rejected?view=all&device=${device.id}`}>See what was wrong</Link>
        </>
      ) : device.last_seen_at === null ? (
        'It has never connected. Give its agent the broker and the credentials at the right; a lineage starts with the first accepted batch of a table.'
      ) : device.connected ? (
        'It is connected and has sent nothing that concerns a table. A lineage starts with the first accepted batch: look at the log of its agent for tables that it skips.'
      ) : (
        'It is not connected now. A lineage starts with the first accepted batch of a table.'
      )}
    </EmptyState>
  );
}

export function LineagesPanel({ device }: { device: Device }) {
  const { project } = useSession();
  const deviceId = device.id;
  const { data, error } = useLivePage<Lineage>(
    project.id,
    'edge/lineages',
    deviceParamsOf.lineages(deviceId),
  );
  const [activeId, setActiveId] = useState<string | null>(null);
  useLineageRowKeys(data?.items.find(({ id }) => id === activeId)?.id ?? null);
  return (
    <Panel
      title={data === undefined ? 'Lineages' : formatCounted(data.meta.total_items, 'lineage')}
      aside={
        <Link href={`/lineages?device=${deviceId}`} className={classes.link}>
          Filter the list
        </Link>
      }
      flush={data !== undefined}
    >
      {data === undefined ? (
        <Unread error={error} />
      ) : (
        <DataTable
          label="Lineages of this device"
          columns={deviceLineageColumns}
          rows={data.items}
          rowKey={(lineage) => lineage.id}
          href={(lineage) => `/lineages/${lineage.id}`}
          onActive={(lineage) => setActiveId(lineage.id)}
          frameless
          empty={<NoLineage device={device} />}
        />
      )}
    </Panel>
  );
}

export function RejectedPanel({ deviceId }: { deviceId: string }) {
  const { project } = useSession();
  const { data, error } = useLivePage<RejectedBatch>(
    project.id,
    REJECTED_PATH,
    deviceParamsOf.rejected(deviceId),
  );
  if (data === undefined) return <UnreadPanel title="Rejected batches" error={error} />;
  const total = data.meta.total_items;
  return (
    <Panel
      title={total === 0 ? 'No rejected batch' : formatCounted(total, 'rejected batch', 'rejected batches')}
      aside={
        total === 0 ? undefined : (
          <Link href={`/rejected?view=all&device=${deviceId}`} className={classes.link}>
            All
          </Link>
        )
      }
    >
      {total === 0 ? (
        <p className={classes.muted}>Nothing that this device sent was refused.</p>
      ) : (
        <ul className={classes.list}>
          {data.items.map((batch) => (
            <li key={batch.id} className={classes.line}>
              <Link
                href={`/rejected/${batch.id}`}
                className={`${classes.link ?? ''} tg-mono`}
                title={batch.detail}
              >
                {batch.code}
              </Link>
              <span className={classes.muted}>
                <TimeAgo at={batch.received_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function ControlsPanel({ deviceId }: { deviceId: string }) {
  const { project } = useSession();
  const { data, error } = useLivePage<Control>(
    project.id,
    'edge/controls',
    deviceParamsOf.controls(deviceId),
  );
  if (data === undefined) return <UnreadPanel title="Pending controls" error={error} />;
  const { items } = data;
  return (
    <Panel title={items.length === 0 ? 'No control pending' : formatCounted(items.length, 'pending control')}>
      {items.length === 0 ? (
        <p className={classes.muted}>The device has acknowledged everything that it was told.</p>
      ) : (
        <ul className={classes.list}>
          {items.map((control) => (
            <li key={control.control_id}>
              <div className={classes.line}>
                <span className="tg-mono">{control.control_kind}</span>
                <span className={classes.muted}>
                  {control.sent_at === null ? 'not sent yet' : <TimeAgo at={control.sent_at} />}
                </span>
              </div>
              <p className={classes.muted}>
                {control.source_table ?? ''} · {formatCounted(control.attempts, 'attempt')}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function ConnectionPanel({ device }: { device: Device }) {
  const { project } = useSession();
  const { data } = useLiveObject<Connection>(
    project.id,
    `${fleetDevicePath(device.fleet_id, device.id)}/mqtt_connection_details`,
  );
  const copy = (value: string, label: string) => <Copyable value={value} label={label} chars={0} />;
  const topics = (filters: readonly string[] | undefined) => (
    <div className={classes.topics}>
      {filters?.map((filter) => (
        <div key={filter}>{copy(filter, 'topic filter')}</div>
      ))}
    </div>
  );
  return (
    <Panel title="MQTT connection">
      <Facts
        items={[
          { name: 'Broker', value: data === undefined ? '' : copy(data.broker_url, 'broker URL') },
          { name: 'Client id', value: copy(device.name, 'client id') },
          { name: 'Username', value: copy(device.root_topic, 'username') },
          {
            name: 'Password',
            value: <span className={classes.muted}>stored as a hash, never shown again</span>,
          },
          { name: 'Certificate', value: <span className={classes.muted}>none</span> },
          { name: 'Publishes', value: topics(data?.publish_filters) },
          { name: 'Subscribes', value: topics(data?.subscribe_filters) },
        ]}
      />
    </Panel>
  );
}
