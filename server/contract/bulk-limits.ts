// How large a bulk operation may be. No schema in it: the console's lists ask it in the browser.

/** A job's items at most: a larger set is narrowed first. */
export const BULK_ITEMS_MAX = 10_000;
/** Items that can be picked one by one. */
export const BULK_IDS_MAX = 1_000;
