/** Fails when `condition` is false: a broken invariant of ours, never a reaction to input. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

/** Ends an exhaustive switch; the compiler refuses a case that was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected ${JSON.stringify(value)}`);
}

/** The only element of `rows`, where the query guarantees one. */
export function only<T>(rows: readonly T[]): T {
  const [first, ...rest] = rows;
  assert(first !== undefined && rest.length === 0, `expected exactly one row, got ${rows.length}`);
  return first;
}
