/** Cuts what devices have written into batches, and says what arrives when, and what at once. */
import type { Fault } from '@/server/testing/faulty-db';
import type { Change } from './life';
import type { Delivery, History, Step } from './steps';

/** A step of a life takes this long, in the unit of `at`; what a batch takes longer is its jitter. */
export const STEP = 60;
export const JITTER_MAX = 600;

/** How a batch is cut off what is to be sent, and what becomes of it. */
export interface Cut {
  /** Changes. */
  size: number;
  jitter: number;
  /** When it comes once more; null for never. */
  again: number | null;
  columns: boolean;
  reversed: boolean;
  refused: Delivery['refused'];
  fault: Fault | null;
}

/** How many steps at once, whether a worker takes their batches together, and whether all is checked afterwards (at 0). */
interface Width {
  width: number;
  together: boolean;
  check: number;
}

interface Timed {
  at: number;
  step: Step;
}

const groupKey = (c: Change) => `${c.device}/${c.epoch}/${c.schema.hash}`;

/** Cuts the history into batches and says when each arrives. */
function deliveriesOf(changes: readonly Change[], cuts: readonly Cut[]): Timed[] {
  const out: Timed[] = [];
  let n = 0;
  const cutOf = () => cuts[n++ % cuts.length];
  const open = new Map<string, Change[]>();
  const counts = new Map<number, number>();
  const at = new Map<Change, number>();
  for (const change of changes) {
    const nth = counts.get(change.device) ?? 0;
    counts.set(change.device, nth + 1);
    at.set(change, nth * STEP);
    open.set(groupKey(change), [...(open.get(groupKey(change)) ?? []), change]);
  }
  for (const group of open.values()) {
    for (let round = 0; round < 2; round++) {
      for (let from = 0; from < group.length;) {
        const next = cutOf();
        const part = group.slice(from, from + (next?.size ?? 1));
        from += part.length;
        const delay = round === 0 ? (next?.jitter ?? 0) : (next?.again ?? null);
        const [first] = part;
        if (next === undefined || delay === null || first === undefined) continue;
        const { columns, reversed, refused, fault: broken } = next;
        const messages = [{ changes: part, columns, reversed }];
        const step: Step = { kind: 'batch', messages, together: false, refused, fault: broken };
        out.push({ at: (at.get(first) ?? 0) + delay, step });
      }
    }
  }
  return out;
}

/** The deliveries of a group as one that a worker takes together; what is refused goes alone. */
function takenTogether(steps: readonly Step[]): Step[] {
  const isTaken = (s: Step): s is Delivery => s.kind === 'batch' && s.refused === null;
  const taken = steps.filter(isTaken);
  const [first] = taken;
  if (first === undefined) return [...steps];
  const one: Delivery = { ...first, together: true, messages: taken.flatMap((s) => s.messages) };
  return [one, ...steps.filter((s) => !isTaken(s))];
}

/** What changes what a later step can be about happens by itself. */
const isAlone = (step: Step): boolean =>
  step.kind === 'batch'
    ? step.refused === 'unknown'
    : step.kind === 'remedy' || step.kind === 'discard' || step.kind === 'delete';

/** The next of `timed` that happen at once: up to `width`. */
function atOnce(timed: readonly Timed[], from: number, width: number): Step[] {
  const steps = timed.slice(from, from + width).map((t) => t.step);
  const alone = steps.findIndex(isAlone);
  return alone === -1 ? steps : steps.slice(0, Math.max(1, alone));
}

/** The steps of a history in groups: the batches of `changes`, cut by `cuts` in turn, among the `others`. */
export function timeline(
  changes: readonly Change[],
  cuts: readonly Cut[],
  others: readonly Timed[],
  widths: readonly Width[],
): History['groups'] {
  const timed = [...deliveriesOf(changes, cuts), ...others].sort((a, b) => a.at - b.at);
  const groups: History['groups'] = [];
  for (let next = 0; next < timed.length;) {
    const { width, together, check } = widths[groups.length % widths.length] ?? {
      width: 1,
      together: false,
      check: 0,
    };
    const steps = atOnce(timed, next, width);
    groups.push({ steps: together ? takenTogether(steps) : steps, check: check === 0 });
    next += steps.length;
  }
  return groups;
}
