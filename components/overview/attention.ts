// What calls for a person, out of the overview's numbers: each with the list behind it. Pure.
import type { Overview } from '@/server/contract/fleet';
import { formatCount } from '@/components/ui/format';
import type { Tone } from '@/components/ui/status-chip';

export interface Figure {
  label: string;
  value: string;
  /** What the number means, or what to do about it. */
  note: string;
  href: string;
  tone: Tone;
  /** A time that the note is completed with. */
  since?: string;
}

const calls = (n: number, tone: Tone): Tone => (n === 0 ? 'idle' : tone);

/** The figures that ask for a person, whether or not they are zero: a zero is an answer too. */
export function attentionOf(overview: Overview): Figure[] {
  const silent = overview.devices_silent;
  const { reviews_waiting: reviews, oldest_review_at: oldest } = overview;
  return [
    {
      label: 'Reviews waiting',
      value: formatCount(reviews),
      note: reviews === 0 ? 'no schema waits' : 'the oldest for',
      href: '/reviews',
      tone: calls(reviews, 'wait'),
      ...(oldest === null ? {} : { since: oldest }),
    },
    {
      label: 'Circuit breakers open',
      value: formatCount(overview.breakers_open),
      note: overview.breakers_open === 0 ? 'every mirror takes rows' : 'mend the cause, then reset',
      href: '/lineages?cause=circuit_breaker',
      tone: calls(overview.breakers_open, 'bad'),
    },
    {
      label: 'Backpressure',
      value: formatCount(overview.backpressure),
      note: overview.backpressure === 0 ? 'no backlog at its cap' : 'backlog at its cap: decide reviews',
      href: '/lineages?cause=backpressure',
      tone: calls(overview.backpressure, 'bad'),
    },
    {
      label: 'Devices silent',
      value: formatCount(silent),
      note:
        overview.devices === 0
          ? 'no device registered'
          : `of ${formatCount(overview.devices - overview.devices_never_seen)}, not heard for 15 min`,
      href: '/devices?presence=silent&sort=last_seen_at',
      tone: calls(silent, 'wait'),
    },
    {
      label: 'Rejected batches',
      value: formatCount(overview.rejected_batches_24h),
      note: 'in 24 hours',
      href: '/rejected?view=all&hours=24',
      tone: calls(overview.rejected_batches_24h, 'wait'),
    },
  ];
}

/** How much goes through, for comparison. */
export function flowOf(overview: Overview): Figure[] {
  const active = overview.lineages - overview.lineages_paused;
  return [
    {
      label: 'Rows received',
      value: formatCount(overview.rows_last_hour),
      note: 'in the last hour',
      href: '/lineages?sort=-last_batch_at',
      tone: 'idle',
    },
    {
      label: 'Staged rows',
      value: formatCount(overview.staged_rows),
      note: 'held back until decided',
      href: '/lineages?sort=-staged_row_count',
      tone: 'idle',
    },
    {
      label: 'Lineages paused',
      value: formatCount(overview.lineages_paused),
      note: `${formatCount(active)} active`,
      href: '/lineages?status=paused',
      tone: calls(overview.lineages_paused, 'wait'),
    },
    {
      label: 'Devices connected',
      value: formatCount(overview.devices_connected),
      note: `of ${formatCount(overview.devices)}`,
      href: '/devices?presence=connected',
      tone: 'idle',
    },
  ];
}

export interface Check {
  label: string;
  done: boolean;
  /** What to do while it is not. */
  remedy: string;
  link?: { href: string; label: string };
}

/** The way from an empty installation to the first row in a mirror, each step checked. */
export function checksOf(overview: Overview): Check[] {
  const alive = overview.workers.filter((worker) => worker.alive);
  return [
    {
      label: 'A worker runs',
      done: alive.length > 0,
      remedy: 'Nothing takes batches in. Start it with npm start, and look at its log if it stops.',
    },
    {
      label: 'It reaches the MQTT broker',
      done: alive.some((worker) => worker.broker_connected),
      remedy: 'The worker cannot reach the broker. Check MQTT_URL and the network between them.',
    },
    {
      label: 'A device is registered',
      done: overview.devices > 0,
      remedy: 'A device needs a name and a password before it may publish.',
      link: { href: '/devices?register=true', label: 'Register a device' },
    },
    {
      label: 'A device is connected',
      done: overview.devices_connected > 0,
      remedy: 'None is connected now. Start the agent on the device with the credentials it was given.',
      link: { href: '/devices', label: 'See devices' },
    },
    {
      label: 'A batch has come in',
      done: overview.lineages > 0,
      remedy: 'No table has been seen yet. A batch that was refused is listed with the reason.',
      link: { href: '/rejected', label: 'See rejected batches' },
    },
    {
      label: 'A schema is approved',
      done: overview.lineages > overview.lineages_paused,
      remedy: 'Every lineage is paused. The first batch of a table waits for a review.',
      link: { href: '/reviews', label: 'Decide reviews' },
    },
  ];
}
