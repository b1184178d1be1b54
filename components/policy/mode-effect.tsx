'use client';
// What another coalescing mode would concern, counted on the server now, before it is saved: what changes, and as
// plainly what does not.
import type { ModeEffect } from '@/server/contract/registry-reads';
import { useLiveObject } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { formatCount, formatCounted } from '@/components/ui/format';
import classes from './mode-effect.module.css';
import { policyPath } from './policy-search';

interface Props {
  /** A fleet's UUID; empty for the project. */
  fleetId: string;
  /** Null takes the mode back to what is inherited. */
  to: string | null;
}

const reviews = (count: number, of: string) =>
  formatCounted(count, `open review of ${of}`, `open reviews of ${of}`);

const stays = (count: number): string => (count === 1 ? 'stays' : 'stay');

/** One sentence for each thing that an operator may expect to change, and may be wrong about. */
function linesOf(effect: ModeEffect): string[] {
  const { to } = effect;
  const deviceReviews = reviews(effect.open_device_reviews, 'single devices');
  const inRegistry =
    effect.decided_in_registry === 0
      ? 'none of them is in the registry yet'
      : `${formatCount(effect.decided_in_registry)} of them ${effect.decided_in_registry === 1 ? 'is' : 'are'} decided in the registry instead`;
  return [
    `${formatCounted(effect.devices, 'device')} and ${formatCounted(effect.table_count, 'table')} are concerned, from the next new schema on.`,
    ...(effect.open_device_reviews === 0
      ? []
      : [
          to === 'none'
            ? `${deviceReviews} ${stays(effect.open_device_reviews)} open, to be decided one by one.`
            : `${deviceReviews} ${stays(effect.open_device_reviews)} open; ${inRegistry}. As soon as the registry reviews one of their schemas, its approval decides theirs too.`,
        ]),
    ...(effect.open_registry_reviews === 0
      ? []
      : [
          `${reviews(effect.open_registry_reviews, 'the registry')} ${stays(effect.open_registry_reviews)} open for the devices that wait.`,
        ]),
    ...(effect.own_mirrors === 0
      ? []
      : [
          to === 'none'
            ? `${formatCounted(effect.own_mirrors, 'mirror')} of single devices ${stays(effect.own_mirrors)} as before.`
            : `${formatCounted(effect.own_mirrors, 'mirror')} of single devices ${stays(effect.own_mirrors)} until consolidated.`,
        ]),
    'What is approved keeps its decision and its mirror; no row is moved or held because of this.',
  ];
}

function Tables({ effect }: { effect: ModeEffect }) {
  if (effect.tables.length === 0) return null;
  return (
    <div className={classes.tables} tabIndex={0} role="region" aria-label="Tables concerned">
      <table>
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col">Devices</th>
            <th scope="col">Own mirrors</th>
            <th scope="col">Device reviews</th>
            <th scope="col">Registry reviews</th>
          </tr>
        </thead>
        <tbody>
          {effect.tables.map((table) => (
            <tr key={table.source_table}>
              <td className="tg-mono">{table.source_table}</td>
              <td>{formatCount(table.devices)}</td>
              <td>{formatCount(table.own_mirrors)}</td>
              <td>{formatCount(table.open_device_reviews)}</td>
              <td>{formatCount(table.open_registry_reviews)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {effect.table_count > effect.tables.length ? (
        <p className={classes.muted}>
          And {formatCounted(effect.table_count - effect.tables.length, 'more table')} with fewer devices.
        </p>
      ) : null}
    </div>
  );
}

/** The counted effect of setting the mode to `to`. */
export function ModeEffectSummary({ fleetId, to }: Props) {
  const { project } = useSession();
  const path = `${policyPath(fleetId)}/mode-effect`;
  const { data, error } = useLiveObject<ModeEffect>(
    project.id,
    path,
    to === null ? {} : { schema_coalescing_mode: to },
  );
  if (data === undefined)
    return (
      <p className={classes.effect} role="status">
        {error?.message ?? 'Counting whom it concerns …'}
      </p>
    );
  return (
    <div className={classes.effect} role="status" aria-label="Effect of the mode">
      <ul className={classes.list}>
        {linesOf(data).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {data.unaffected_fleets.map((fleet) => (
          <li key={fleet.fleet_id}>
            Fleet {fleet.fleet_name} keeps its own mode, {fleet.mode}.
          </li>
        ))}
      </ul>
      <Tables effect={data} />
    </div>
  );
}
