'use client';
// What a change would set in motion, counted on the server now: lineages by name, everything else by count.
import type { HeldLineages, PolicyEffect as Effect } from '@/server/contract/policy-effect';
import { useLiveObject } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { formatBytes, formatCount, formatCounted } from '@/components/ui/format';
import { Link } from '@/components/ui/link';
import { effectParams, type Changes } from './changes';
import { fateOf, isCap, linesOf } from './effect-lines';
import { FIELDS, type FieldName } from './fields';
import classes from './mode-effect.module.css';
import { policyPath } from './policy-search';

interface Props {
  fleetId: string;
  /** All changes: caps are counted together. */
  changes: Changes;
  name: FieldName;
  /** False while the changes are still being typed. */
  settled: boolean;
}

function Lineages({ title, held, to }: { title: string; held: HeldLineages; to: 'paused' | 'resumed' }) {
  if (held.items.length === 0) return null;
  return (
    <div className={classes.tables} tabIndex={0} role="region" aria-label={title}>
      <table className={classes.fates}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">Staged rows</th>
            <th scope="col">Bytes</th>
            <th scope="col">What happens</th>
          </tr>
        </thead>
        <tbody>
          {held.items.map((item) => (
            <tr key={item.lineage_id}>
              <td>
                <Link className="tg-mono" href={`/lineages/${item.lineage_id}`}>
                  {item.device_name} {item.source_table}
                </Link>
              </td>
              <td>{formatCount(item.staged_row_count)}</td>
              <td>{formatBytes(item.staged_bytes)}</td>
              <td>{fateOf(item, to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {held.count > held.items.length ? (
        <p className={classes.muted}>
          And {formatCounted(held.count - held.items.length, 'more lineage')} with fewer staged rows.
        </p>
      ) : null}
    </div>
  );
}

function Counted({ effect, name, inherits }: { effect: Effect; name: FieldName; inherits: boolean }) {
  const inherited = effect.after[name];
  const keeping = effect.unaffected_fleets.filter(({ fields }) => fields.includes(name));
  return (
    <>
      <ul className={classes.list}>
        {inherits && inherited !== undefined ? <li>The inherited value is {String(inherited)}.</li> : null}
        {linesOf(name, effect).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {keeping.map((fleet) => (
          <li key={fleet.fleet_id}>Fleet {fleet.fleet_name} keeps a value of its own.</li>
        ))}
      </ul>
      {isCap(name) && effect.backlog !== null ? (
        <>
          <Lineages title="Lineages to be paused" held={effect.backlog.paused} to="paused" />
          <Lineages title="Lineages to go on" held={effect.backlog.resumed} to="resumed" />
        </>
      ) : null}
    </>
  );
}

/** The effect of the change of one field, beside that of the others. */
export function PolicyEffect({ fleetId, changes, name, settled }: Props) {
  const { project } = useSession();
  const { data, error, isPlaceholderData } = useLiveObject<Effect>(
    project.id,
    `${policyPath(fleetId)}/effect`,
    effectParams(changes),
  );
  // The caps are counted together, and told once.
  const told = FIELDS.find((field) => isCap(field.name) && changes[field.name] !== undefined)?.name;
  if (isCap(name) && told !== name) return null;
  const label = FIELDS.find((field) => field.name === name)?.label ?? name;
  return (
    <div className={classes.effect} role="status" aria-label={`Effect of ${label}`}>
      {data === undefined || isPlaceholderData || !settled ? (
        <p>{error?.message ?? 'Counting what it sets in motion …'}</p>
      ) : (
        <Counted effect={data} name={name} inherits={changes[name] === null} />
      )}
    </div>
  );
}
