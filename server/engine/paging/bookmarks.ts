// Finds where a page deep inside a list begins, by keys alone. Skipping a million rows costs the same at every
// visit, so the keys on the way are remembered for a while: the next visit starts at the nearest one. Without
// it page 50,000 would cost thousands of times what page 1 costs.
import type { Clock } from '@/server/lib/clock';

/** A key as text, one part per column of the order. */
export type Key = readonly (string | null)[];

/** The key of the row that is `rows` rows after `after` (null: before the first), or null where the list ends. */
export type Hop = (after: Key | null, rows: number) => Promise<Key | null>;

export interface DeepList {
  /** Names the list, its filters and its order. */
  list: string;
  clock: Clock;
}

/** Rows between two bookmarks: what a visit skips at most. */
export const BOOKMARK_EVERY = 5_000;
/** For so long a page begins where it began; then rows that came and went are counted anew. */
const LIFE_MS = 60_000;
const LISTS_MAX = 50;

interface Shelf {
  madeAt: number;
  /** The key at `[i]` ends the first `(i + 1) * BOOKMARK_EVERY` rows. */
  keys: Key[];
}

const shelves = new Map<string, Shelf>();

function shelfOf({ list, clock }: DeepList): Shelf {
  const now = clock.now().getTime();
  const known = shelves.get(list);
  if (known !== undefined && now - known.madeAt < LIFE_MS && now >= known.madeAt) return known;
  const made: Shelf = { madeAt: now, keys: [] };
  shelves.delete(list);
  shelves.set(list, made);
  // A map keeps the order of insertion: the first is the oldest.
  for (const oldest of [...shelves.keys()].slice(0, Math.max(0, shelves.size - LISTS_MAX)))
    shelves.delete(oldest);
  return made;
}

/** The key after which the page at `offset` (above 0) begins; null where the list ends before it. */
export async function keyBefore(deep: DeepList, offset: number, hop: Hop): Promise<Key | null> {
  const shelf = shelfOf(deep);
  const wanted = Math.floor(offset / BOOKMARK_EVERY);
  let passed = Math.min(wanted, shelf.keys.length);
  let at = passed === 0 ? null : (shelf.keys[passed - 1] ?? null);
  while (passed < wanted) {
    at = await hop(at, BOOKMARK_EVERY);
    if (at === null) return null;
    // Another visit may have been here meanwhile.
    shelf.keys[passed] ??= at;
    passed += 1;
  }
  const rest = offset - passed * BOOKMARK_EVERY;
  return rest === 0 ? at : hop(at, rest);
}
