// How large a seeded fleet is, and which lineage plays which part. The parts follow from a lineage's number
// alone, so that two seeds of one size are the same.
import { SEED_TABLES } from './source-tables';

export interface SeedSizes {
  devices: number;
  lineages: number;
  /** Open reviews. */
  reviews: number;
  /** Rows staged on the first lineage. */
  staged: number;
  /** Rows in the second lineage's own mirror. */
  mirror: number;
}

export const SEED_DEFAULTS: SeedSizes = {
  devices: 10_000,
  lineages: 50_000,
  reviews: 5_000,
  staged: 1_000_000,
  mirror: 5_000_000,
};

export const FLEETS = [
  'Cold chain north',
  'Cold chain south',
  'Breweries',
  'Dairies',
  'Water works',
  'Pumping stations',
  'Bakeries',
  'Greenhouses',
  'Tram depots',
  'Wind parks',
  'Car washes',
  'Pilot sites',
] as const;

/** So many fleets, from the last one on, decide their schemas for themselves; the others do with the project. */
export const OWN_FLEETS = 6;

/** The first fleet's policy: a few hundred staged rows are backpressure there. */
export const SMALL_CAP_ROWS = 250;

/** The last lineage number of each part; the first one is the backlog, the second the large mirror. */
export interface Parts {
  open: number;
  rejected: number;
  breaker: number;
  operator: number;
}

/** The parts of a fleet of these sizes. Throws a sentence where the sizes do not fit together. */
export function partsOf({ devices, lineages, reviews, staged, mirror }: SeedSizes): Parts {
  for (const [name, n] of Object.entries({ devices, lineages, reviews, staged, mirror })) {
    if (!Number.isSafeInteger(n) || n < 2) throw new Error(`--${name} must be a whole number above 1.`);
  }
  if (lineages > devices * SEED_TABLES.length) {
    throw new Error(
      `A device has at most ${SEED_TABLES.length} lineages: fewer --lineages or more --devices.`,
    );
  }
  const open = reviews + 1;
  const rejected = open + Math.ceil(reviews / 20);
  const breaker = rejected + Math.ceil(reviews / 50);
  const operator = breaker + Math.ceil(reviews / 25);
  if (operator > lineages) throw new Error(`${reviews} reviews need more than ${operator} lineages.`);
  return { open, rejected, breaker, operator };
}
