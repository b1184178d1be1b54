'use client';
// The fleets of the project: who is in them and who is there, and their own rules.
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Fleet } from '@/server/contract/fleet';
import { useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { Copyable } from '@/components/ui/copyable';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { TimeAgo } from '@/components/ui/time';
import { DeviceTabs } from './device-tabs';
import classes from './devices.module.css';
import { FleetDialog, type FleetAsking } from './fleet-dialogs';
import { FLEETS_PATH, fleetsParams } from './queries';

const devicesOf = (fleet: Fleet, presence: string): string =>
  `/devices?fleet=${fleet.id}${presence === '' ? '' : `&presence=${presence}`}`;

function Count({ fleet, n, presence }: { fleet: Fleet; n: number; presence: string }) {
  if (n === 0) return <span className={classes.none}>0</span>;
  return (
    <Link href={devicesOf(fleet, presence)} className={classes.link}>
      {formatCount(n)}
    </Link>
  );
}

const columnsOf = (
  missing: string | undefined,
  ask: (asking: FleetAsking) => void,
): readonly Column<Fleet>[] => [
  { id: 'name', header: 'Fleet', primary: true, cell: (fleet) => fleet.name },
  {
    id: 'devices',
    header: 'Devices',
    align: 'end',
    width: '88px',
    cell: (fleet) => <Count fleet={fleet} n={fleet.device_count} presence="" />,
  },
  {
    id: 'connected',
    header: 'Connected',
    align: 'end',
    width: '96px',
    cell: (fleet) => <Count fleet={fleet} n={fleet.connected_count} presence="connected" />,
  },
  {
    id: 'silent',
    header: 'Silent',
    align: 'end',
    width: '80px',
    cell: (fleet) => <Count fleet={fleet} n={fleet.silent_count} presence="silent" />,
  },
  {
    id: 'policy',
    header: 'Rules',
    width: '84px',
    cell: (fleet) => (
      <Link href={`/policy?fleet=${fleet.id}`} className={classes.link}>
        Policy
      </Link>
    ),
  },
  { id: 'id', header: 'Id', width: '120px', cell: (fleet) => <Copyable value={fleet.id} label="fleet id" /> },
  {
    id: 'created',
    header: 'Created',
    align: 'end',
    width: '110px',
    cell: (fleet) => <TimeAgo at={fleet.created_at} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    align: 'end',
    width: '190px',
    cell: (fleet) => (
      <span className={classes.actions}>
        <ActionButton
          size="compact-xs"
          variant="default"
          disabledReason={missing}
          onClick={() => ask({ what: 'rename', fleet })}
        >
          Rename…
        </ActionButton>
        <ActionButton
          size="compact-xs"
          variant="default"
          disabledReason={
            missing ??
            (fleet.device_count > 0
              ? 'It has devices. Delete them first, or register them elsewhere.'
              : undefined)
          }
          onClick={() => ask({ what: 'delete', fleet })}
        >
          Delete…
        </ActionButton>
      </span>
    ),
  },
];

/** The fleets of the project, by name. */
export function FleetList() {
  const { project } = useSession();
  const router = useRouter();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const [asking, setAsking] = useState<FleetAsking | null>(null);
  const [active, setActive] = useState<Fleet | null>(null);
  const { data, error, isPlaceholderData } = useLivePage<Fleet>(project.id, FLEETS_PATH, fleetsParams);
  const group = 'Fleets';
  useKeys([
    {
      keys: ['Enter'],
      label: 'Open the devices of the fleet',
      group,
      movement: true,
      run: () => (active === null ? undefined : router.push(devicesOf(active, ''))),
      disabledReason: active === null ? 'Move to a row first (j, k).' : undefined,
    },
    {
      keys: [],
      label: 'Create a fleet',
      group,
      run: () => setAsking({ what: 'create' }),
      disabledReason: missing,
    },
  ]);
  const create = (
    <ActionButton disabledReason={missing} onClick={() => setAsking({ what: 'create' })}>
      Create fleet
    </ActionButton>
  );
  return (
    <>
      <PageHeader
        title="Fleets"
        facts="Devices that are looked after together, with rules of their own where they need them"
        actions={create}
      />
      <DeviceTabs />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The fleets are being read.'}</p>
      ) : (
        <DataTable
          label="Fleets"
          columns={columnsOf(missing, setAsking)}
          rows={data.items}
          rowKey={(fleet) => fleet.id}
          href={(fleet) => devicesOf(fleet, '')}
          stale={isPlaceholderData}
          onActive={setActive}
          empty={
            <EmptyState title="There is no fleet." action={create}>
              A device belongs to a fleet: make one, then register its devices.
            </EmptyState>
          }
        />
      )}
      {asking === null ? null : <FleetDialog asking={asking} onClose={() => setAsking(null)} />}
    </>
  );
}
