// Where bulk jobs are read from, for the page on the server and the refetch in the browser alike.
import type { BulkItem } from '@/server/contract/bulk';

export const BULK_JOBS_PATH = 'edge/bulk-jobs';
export const bulkJobPath = (id: string): string => `edge/bulk-jobs/${id}`;
export const bulkItemsPath = (id: string): string => `edge/bulk-jobs/${id}/items`;

const JOBS_PER_PAGE = 50;
const ITEMS_PER_PAGE = 100;

export const jobsParams = (page: number) => ({ page: Math.max(1, page), limit: JOBS_PER_PAGE });

/** The items as the list verb and the API take them. */
export const itemsParams = ({ page, status }: { page: number; status: BulkItem['status'] | null }) => ({
  page: Math.max(1, page),
  limit: ITEMS_PER_PAGE,
  ...(status === null ? {} : { status }),
});
