// Waits for all of several promises, also where one fails: statements of one transaction that are still under way
// when it is rolled back would otherwise run after it.

/** The values in order; throws the first failure once every promise has ended. */
export async function settleAll<T extends readonly unknown[]>(
  running: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const ended = await Promise.allSettled<unknown>(running as readonly Promise<unknown>[]);
  const values: unknown[] = [];
  for (const end of ended) {
    if (end.status === 'rejected') throw end.reason;
    values.push(end.value);
  }
  return values as unknown as T;
}
