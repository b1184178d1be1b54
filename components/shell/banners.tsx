'use client';
// What is wrong with the ground under the page: the connection to the server, the worker, the broker.
// An operator who does not know that the worker is down reads every other number wrongly.
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import type { Overview } from '@/server/contract/fleet';
import { formatDuration } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { useNow } from '@/components/ui/now';
import { TimeAgo } from '@/components/ui/time';
import classes from './banners.module.css';
import { useConnection } from './connection';
import { useFault } from './faults';

function Banner({ tone, children }: { tone: 'bad' | 'wait'; children: ReactNode }) {
  const Shape = tone === 'bad' ? IconPlugConnectedX : IconAlertTriangle;
  return (
    <div className={classes.banner} data-tone={tone} role="status">
      <Shape size={15} aria-hidden />
      <span>{children}</span>
    </div>
  );
}

function ConnectionBanner() {
  const connection = useConnection();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const now = useNow();
  switch (connection.state) {
    case 'up':
      return null;
    case 'signed_out':
      return (
        <Banner tone="bad">
          You are signed out, and this page is no longer kept up to date.{' '}
          <Link
            href={`/sign-in?next=${encodeURIComponent(search === '' ? pathname : `${pathname}?${search}`)}`}
          >
            Sign in again
          </Link>
        </Banner>
      );
    case 'lost': {
      const lasted = formatDuration(now - connection.since);
      const at = new Date(connection.since).toLocaleTimeString('en-GB');
      return (
        <Banner tone="bad">
          {connection.of === 'database'
            ? `The database has not answered for ${lasted}, since ${at}. Batches wait in the broker.`
            : `Connection lost ${lasted} ago, at ${at}. ${connection.detail}`}{' '}
          What you see is the last known state; it is being tried again.
        </Banner>
      );
    }
  }
}

/** What of the page could not be read when it was last tried, though the server answers. */
function FaultBanner() {
  const fault = useFault();
  if (fault === null) return null;
  return (
    <Banner tone="bad">
      Part of this page could not be read and is as it was
      {fault.since === 0 ? '' : ` at ${new Date(fault.since).toLocaleTimeString('en-GB')}`}. It is being tried
      again. {/* Another one with each try: heard once is enough. */}
      <span aria-live="off">{fault.detail}</span>
    </Banner>
  );
}

/** What is wrong with the workers, in words; null where all is well. */
function workerTrouble(overview: Overview): ReactNode {
  const alive = overview.workers.filter((worker) => worker.alive);
  if (overview.workers.length === 0) {
    return 'No worker has ever started. Batches are not taken in, and nothing is replayed, until one runs.';
  }
  if (alive.length === 0) {
    const [last] = [...overview.workers].sort((a, b) => b.beat_at.localeCompare(a.beat_at));
    return (
      <>
        No worker is running
        {last === undefined ? null : (
          <>
            {' '}
            (last seen <TimeAgo at={last.beat_at} />)
          </>
        )}
        . Batches wait in the broker, and nothing is replayed, until one runs.
      </>
    );
  }
  if (!alive.some((worker) => worker.broker_connected)) {
    return 'The worker runs but cannot reach the MQTT broker. Devices keep their changes until it can.';
  }
  return null;
}

/** Banners above the page, none where all is well. */
export function Banners({ overview }: { overview: Overview | undefined }) {
  const trouble = overview === undefined ? null : workerTrouble(overview);
  return (
    <>
      <ConnectionBanner />
      <FaultBanner />
      {trouble === null ? null : <Banner tone="wait">{trouble}</Banner>}
    </>
  );
}
