// Where the overview is read from.
export const OVERVIEW_PATH = 'overview';
export const LINEAGES_PATH = 'edge/lineages';

const ROWS = 6;

/** The reviews that have waited longest. */
export const oldestReviews = { status: 'open', sort: 'created_at', limit: ROWS } as const;

/** The paused lineages with most rows held back. */
export const heldLineages = { status: 'paused', sort: '-staged_row_count', limit: ROWS } as const;
