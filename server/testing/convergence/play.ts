/** What a history that is being played has come to. */
import type { Change, DeviceLife } from './life';
import type { History } from './history';
import type { Place, World, WorldDevice } from './world';

export interface Play {
  world: World;
  place: Place;
  history: History;
  devices: readonly WorldDevice[];
  /** What the engine has taken. */
  delivered: Set<Change>;
  /** What is kept in rejected batches, by topic and payload. */
  refused: Map<string, readonly Change[]>;
  /** By device and hash: those whose columns the cloud knows. A decision on a hash alone would be about inferred columns. */
  announced: Set<string>;
  /** By table and hash: those that somebody has approved. */
  approved: Set<string>;
  /** How many messages have been kept. */
  kept: number;
}

export const hashKey = ({ schema }: Pick<Change, 'schema'>): string => `${schema.table}|${schema.hash}`;
export const announcedKey = (change: Change): string => `${String(change.device)}|${change.schema.hash}`;

export const deviceOf = (play: Play, change: Pick<Change, 'device'>): WorldDevice => {
  const device = play.devices[change.device];
  if (device === undefined) throw new Error('a change of no device');
  return device;
};

export const lifeOfChange = (history: History, change: Pick<Change, 'device'>): DeviceLife => {
  const life = history.devices[change.device];
  if (life === undefined) throw new Error('a change of no life');
  return life;
};

/** The uuid of the journal that a change is in. */
export const epochOfChange = (history: History, change: Change): DeviceLife['epochs'][number] => {
  const epoch = lifeOfChange(history, change).epochs[change.epoch];
  if (epoch === undefined) throw new Error('a change of no journal');
  return epoch;
};
