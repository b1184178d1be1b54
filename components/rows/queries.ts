// Where rows are read from. A list of rows is kept as pages, each with the cursors of its neighbours.
import type { Page, PageMeta } from '@/server/contract/common';
import type { MirrorRows, StagedRow } from '@/server/contract/rows';

export const stagedPath = (lineageId: string): string => `edge/lineages/${lineageId}/staged-rows`;
export const mirrorPath = (lineageId: string): string => `edge/lineages/${lineageId}/mirror-rows`;
export const keyHistoryPath = (lineageId: string): string => `edge/lineages/${lineageId}/key-history`;

export type StagedPage = Page<StagedRow>;
export type MirrorPage = MirrorRows & { meta: PageMeta };

/** The first page as an infinite query keeps it; `place` is what it began with. */
export const firstPage = <T, P>(page: T, place: P) => ({ pages: [page], pageParams: [place] });
