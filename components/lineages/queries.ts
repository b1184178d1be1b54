// Where lineages are read from, for the pages on the server and the refetch in the browser alike.
export const LINEAGES_PATH = 'edge/lineages';

/** One lineage with everything its page needs. */
export const lineagePath = (lineageId: string): string => `${LINEAGES_PATH}/${lineageId}`;

/** The failed rows of a lineage by column and kind of error. */
export const failuresPath = (lineageId: string): string => `${lineagePath(lineageId)}/failures`;

/** The policy in force for the devices of a fleet. */
export const fleetPolicyPath = (fleetId: string): string => `fleets/${fleetId}/edge/policy`;

/** The events of a lineage, newest first. */
export const lineageEventsParams = (lineageId: string) => ({ lineage_id: lineageId, limit: 20 });
