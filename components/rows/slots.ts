/**
 * Which element each row is drawn in. A row keeps its own wherever it moves to; what comes into sight takes one whose
 * row has left, so that scrolling makes no element while others are thrown away. Pure.
 */
export class Slots {
  private held = new Map<object, number>();

  /** A slot for each of `rows`, no two the same; the least numbers that there can be. */
  assign(rows: readonly object[]): Map<object, number> {
    const next = new Map<object, number>();
    for (const row of rows) {
      const slot = this.held.get(row);
      if (slot !== undefined) next.set(row, slot);
    }
    const taken = new Set(next.values());
    let free = 0;
    for (const row of rows) {
      if (next.has(row)) continue;
      while (taken.has(free)) free += 1;
      next.set(row, free);
      taken.add(free);
    }
    this.held = next;
    return next;
  }
}
