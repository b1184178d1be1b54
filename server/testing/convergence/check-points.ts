/** The oracle of data points: at each moment the value of the newest batch that has one, and the newest moment's as latest. */
import type { Change } from './life';
import { stagedKey, type Play } from './play';
import type { BindingState, State } from './read-state';

interface Value {
  seq: number;
  ts: string;
  text: string;
}

/** By `device|point`, and there by moment. */
type Points = Map<string, Map<string, Value>>;

const readValues = ({ world, place }: Play) => world.db.sql<
  { device: string; name: string; ts: string; seq: string; text: string; latest: string | null }[]
>`
  select p.device_id as device, p.name, v.ts::text, v.version_seq as seq,
    coalesce(v.value_numeric::text, v.value_text) as text,
    (select t.ts::text || ' ' || coalesce(t.value_numeric::text, t.value_text)
     from tidegate.data_point_latest t where t.data_point_id = p.id) as latest
  from tidegate.device d join tidegate.device_data_point p on p.device_id = d.id
  join tidegate.telemetry_data_point_value v on v.device_id = d.id and v.data_point_id = p.id
  where d.project_id = ${place.projectId}`;

/** What the samples come to that have landed. */
function expected(play: Play, state: State, landed: (change: Change) => BindingState | undefined): Points {
  const points: Points = new Map();
  for (const change of play.delivered) {
    const binding = landed(change);
    if (binding === undefined || state.staged.has(stagedKey(play, change))) continue;
    for (const [source, name] of binding.points) {
      const text = change.samples.get(source)?.text ?? null;
      const ts = change.samples.get('ts')?.text?.replace('T', ' ').replace('Z', '+00');
      if (text === null || ts === undefined) continue;
      const key = `${play.devices[change.device]?.id ?? ''}|${name}`;
      const values = points.get(key) ?? new Map<string, Value>();
      points.set(key, values);
      if ((values.get(ts)?.seq ?? -1) < change.seq) values.set(ts, { seq: change.seq, ts, text });
    }
  }
  return points;
}

/** Adds what differs to `problems`. `landed`: where the rows of a change go, undefined where they cannot be written. */
export async function checkPoints(
  { play, state, problems }: { play: Play; state: State; problems: string[] },
  landed: (change: Change) => BindingState | undefined,
): Promise<void> {
  if (play.history.samples.length === 0) return;
  const due = expected(play, state, landed);
  const found = await readValues(play);
  for (const { device, name, ts, seq, text, latest } of found) {
    const key = `${device}|${name}`;
    const value = due.get(key)?.get(ts);
    if (value?.text !== text || String(value.seq) !== seq)
      problems.push(
        `${name} at ${ts} is ${text} of ${seq}, should be ${value?.text ?? 'nothing'} of ${String(value?.seq)}`,
      );
    const newest = [...(due.get(key)?.values() ?? [])].sort((a, b) => (a.ts < b.ts ? 1 : -1))[0];
    if (newest !== undefined && latest !== `${newest.ts} ${newest.text}`)
      problems.push(`the latest of ${name} is ${latest ?? 'nothing'}, should be ${newest.ts} ${newest.text}`);
  }
  const count = [...due.values()].reduce((sum, values) => sum + values.size, 0);
  if (count !== found.length)
    problems.push(`${String(found.length)} values of data points, should be ${String(count)}`);
}
