// The state of the pages of bulk jobs in the URL, read alike on the server and in the browser.
import { createLoader, parseAsInteger, parseAsStringLiteral } from 'nuqs/server';

export const jobsSearch = { page: parseAsInteger.withDefault(1) };
export const loadJobsSearch = createLoader(jobsSearch);

export const ITEM_STATUSES = ['pending', 'done', 'failed', 'cancelled'] as const;
export const itemsSearch = {
  status: parseAsStringLiteral(ITEM_STATUSES),
  page: parseAsInteger.withDefault(1),
};
export const loadItemsSearch = createLoader(itemsSearch);
