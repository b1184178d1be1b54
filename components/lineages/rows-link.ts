/** Where the rows of a lineage are shown. */
export const rowsLink = (lineageId: string, source: 'staged' | 'mirror'): string =>
  `/lineages/${lineageId}/rows?source=${source}`;
