// Where the registry is read from, for the pages on the server and the refetch in the browser alike.
export const TABLES_PATH = 'edge/registry-tables';
export const ENTRIES_PATH = 'edge/registry';
export const MIRRORS_PATH = 'edge/coalesced-mirrors';
export const CONSOLIDATIONS_PATH = 'edge/consolidations';
export const CANDIDATES_PATH = 'edge/consolidation-candidates';

/** The same list of one fleet alone; `fleetId` is empty for the project's with all of its fleets. */
export const ofFleet = (fleetId: string, path: string): string =>
  fleetId === '' ? path : `fleets/${fleetId}/${path}`;
/** A fleet as the engine takes it. */
export const fleetTarget = (fleetId: string): { fleetId?: string } => (fleetId === '' ? {} : { fleetId });

export const entryPath = (registryId: string): string => `${ENTRIES_PATH}/${registryId}`;
export const entryDevicesPath = (registryId: string): string => `${entryPath(registryId)}/devices`;
export const mirrorPath = (mirrorId: string): string => `${MIRRORS_PATH}/${mirrorId}`;
export const mirrorRowsPath = (mirrorId: string): string => `${mirrorPath(mirrorId)}/rows`;
export const mirrorDevicesPath = (mirrorId: string): string => `${mirrorPath(mirrorId)}/devices`;
export const consolidationPath = (jobId: string): string => `${CONSOLIDATIONS_PATH}/${jobId}`;
export const consolidationDevicesPath = (jobId: string): string => `${consolidationPath(jobId)}/devices`;

/** The versions of one table in one scope, the newest first. */
export const siblingParams = (entry: {
  scope: 'project' | 'fleet';
  scope_id: string;
  source_table: string;
}) => ({
  scope: entry.scope,
  scope_id: entry.scope_id,
  source_table: entry.source_table,
  sort: '-created_at' as const,
  limit: 200,
});

/** Every review that there was of an entry, the newest first. */
export const entryReviewsParams = (registryId: string) => ({
  registry_id: registryId,
  sort: '-created_at' as const,
  limit: 20,
});

/** The events of one thing, or of it with others, the newest first. */
export const trailParams = (...subjectIds: string[]) => ({ subject_id: subjectIds.join(','), limit: 20 });

/** A version is decided by its reviews: what happened to them is what happened to it. */
export const entryTrail = (registryId: string, reviews: readonly { id: string }[]): string[] => [
  registryId,
  ...reviews.map(({ id }) => id),
];
