// What a link to a lineage may open at once: `?open=reset`.
const OPENABLE = ['reset', 'delete', 'review'] as const;
export type OpenDialog = (typeof OPENABLE)[number];

/** The `open` of a page's search; null where it names nothing. */
export const openOf = (value: string | string[] | undefined): OpenDialog | null =>
  OPENABLE.find((name) => name === value) ?? null;
