/** What a history is: the lives of its devices, and the steps in which they reach the cloud. */
import type { Fault } from '@/server/testing/faulty-db';
import type { Change, DeviceLife } from './life';
import type { SampleBatch, SampleDelivery } from './samples';

/** One batch of one device. */
export interface Message {
  changes: readonly Change[];
  columns: boolean;
  reversed: boolean;
}

export interface Delivery {
  kind: 'batch';
  messages: readonly Message[];
  /** As a worker takes what waits together: what can be in one transaction, the others one by one. */
  together: boolean;
  /**
   * What keeps it as a rejected batch, until somebody has it tried again: a fault of ours, or that its device was not
   * known under its topic when it came.
   */
  refused: 'fault' | 'unknown' | null;
  fault: Fault | null;
}

/** What happens to a device's own tables. */
export const OWN_ACTIONS = [
  'approve',
  'reject',
  'reopen',
  'amend',
  'reset',
  'pause',
  'resume',
  'replay',
  'drain',
  'sweep',
  'garbage',
  'retry',
  'retention',
  'remedy',
  'discard',
  'delete',
] as const;

/** What is decided for many devices at once. */
export const SHARED_ACTIONS = [
  'mode',
  'approve_shared',
  'reject_shared',
  'reopen_shared',
  'abandon_shared',
  'reconcile',
  'consolidate',
  'merge',
  'stop_merge',
  'go_on_merge',
  'drop_old',
] as const;

export interface Action {
  kind: (typeof OWN_ACTIONS)[number] | (typeof SHARED_ACTIONS)[number];
  table: number;
  device: number;
  chunkRows: number;
  /** Chooses, where there is a choice. */
  pick: number;
  fault: Fault | null;
}

export type Step = Delivery | SampleDelivery | Action;

export interface History {
  devices: readonly DeviceLife[];
  /** Every change of every device, each device's in order. */
  changes: readonly Change[];
  /** The telemetry of the first device. */
  samples: readonly SampleBatch[];
  /** Steps of one group run at once, on connections of their own. */
  groups: { steps: Step[]; check: boolean }[];
  /** The project's. */
  policy: Record<string, unknown>;
  /** Columns are ignored and deferred too; then every value can be written. */
  isPartial: boolean;
  /** The devices say up to where they have had their receipts. */
  tellsDelivered: boolean;
  /** Rows of a chunk in the end. */
  rowsMax: number;
  /** Chooses a remedy for what has failed in the end. */
  remedyPick: number | null;
  /** What is sent once more in the end is taken together. */
  endsTogether: boolean;
}
