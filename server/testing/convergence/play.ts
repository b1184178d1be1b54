/** What a history that is being played has come to. */
import { encodeRowJson } from '@/server/protocol/row-batch-encode';
import type { Change, DeviceLife } from './life';
import type { History } from './steps';
import type { SampleBatch } from './samples';
import type { Place, World, WorldDevice } from './world';

export interface Play {
  world: World;
  place: Place;
  history: History;
  devices: readonly WorldDevice[];
  /** What the engine has taken, and has to have somewhere. */
  delivered: Set<Change>;
  /**
   * What it had taken and somebody has then thrown away, staged rows or a whole lineage: it may be in a mirror, and
   * need be nowhere. Sent again it counts as anything else.
   */
  forgotten: Set<Change>;
  /** Of a lineage that was deleted while its mirror stayed: a row there may still be as its bindings of then had it. */
  leftBehind: Set<Change>;
  /** Columns of failed rows that an operator has let be written as NULL. */
  nulled: Map<Change, Set<string>>;
  /** By `device id|ordinal`: journals whose lineage is gone, for what is left of them in a mirror. */
  oldEpochs: Map<string, number>;
  /** Batches of samples that the engine has taken. */
  taken: Set<SampleBatch>;
  /** Those that it has refused, because a later one of their table had been taken. */
  late: Set<SampleBatch>;
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

/** Its place among the device's journals; -1 where it is none of them. */
export const epochIndex = (history: History, device: number, uuid: string): number =>
  history.devices[device]?.epochs.findIndex((e) => e.uuid === uuid) ?? -1;

/** The staged row of a change, under its identity on the wire. */
export const stagedKey = ({ history }: Play, c: Change): string =>
  [
    c.device,
    c.schema.table,
    c.isSample === true ? 'null' : epochOfChange(history, c).uuid,
    c.seq,
    encodeRowJson(c.pk),
  ].join('|');
