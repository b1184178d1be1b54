// Whose policy is shown, in the URL: the project's, or that of one fleet.
import { createLoader, parseAsString } from 'nuqs/server';

export const policySearch = { fleet: parseAsString.withDefault('') };

/** The search of a page's `searchParams`. */
export const loadPolicySearch = createLoader(policySearch);

/** Where it is read from. */
export const policyPath = (fleetId: string): string =>
  fleetId === '' ? 'edge/policy' : `fleets/${fleetId}/edge/policy`;
