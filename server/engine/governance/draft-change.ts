// What a save of a draft changed, column by column: a draft is saved as it is made, and an audit log that repeated
// the whole of a wide table with each save would hide what was done.
import type { ColumnAction } from '@/server/contract/governance';

interface DraftChange {
  before: ColumnAction[];
  after: ColumnAction[];
}

/** The actions that differ, as they were and as they are; null where none does. */
export function draftChange(
  before: readonly ColumnAction[] | null,
  after: readonly ColumnAction[],
): DraftChange | null {
  const were = new Set((before ?? []).map(textOf));
  const are = new Set(after.map(textOf));
  const change = {
    before: (before ?? []).filter((action) => !are.has(textOf(action))),
    after: after.filter((action) => !were.has(textOf(action))),
  };
  return change.before.length + change.after.length === 0 ? null : change;
}

/** Postgres keeps an object's keys in an order of its own. */
const textOf = (action: ColumnAction): string => JSON.stringify(Object.entries(action).sort());
