import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import {
  listRegistryReviewsInput,
  type ListRegistryReviewsInput,
  type RegistryReview,
} from '@/server/contract/registry';
import type { Sql } from '@/server/db/client';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage, type ListOrder } from '../paging/list-page';
import { insidePlace, requirePlace, type RegistryTarget } from './registry-scope';
import {
  registryReviewColumns,
  registryReviewFrom,
  toRegistryReview,
  type RegistryReviewView,
} from './registry-review-row';

/** The registry's review queue of a project, its fleets included, or of one fleet; the longest waiting first. */
export async function listRegistryReviews(
  args: RegistryTarget & { ctx: Ctx; input: z.input<typeof listRegistryReviewsInput> },
): Promise<Page<RegistryReview>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listRegistryReviewsInput, args.input, 'query');
  const place = await requirePlace(ctx, args);
  const { sql } = ctx.db;
  return listPage<RegistryReviewView, RegistryReview>({
    db: ctx.db,
    page: query,
    columns: registryReviewColumns(sql),
    from: registryReviewFrom(sql),
    where: [...insidePlace(sql, place), ...filters(sql, query)],
    order: orderBy(sql, query.sort),
    toItem: toRegistryReview,
  });
}

function filters(sql: Sql, query: ListRegistryReviewsInput): Fragment[] {
  const { status, scope, registry_id, source_table, classification, claimed_by } = query;
  return [
    ...(status === undefined
      ? []
      : [status === 'open' ? sql`r.status in ('queued', 'in_review')` : sql`r.status = ${status}`]),
    ...(scope === undefined ? [] : [sql`r.scope = ${scope}`]),
    ...(registry_id === undefined ? [] : [sql`r.registry_id = ${registry_id}`]),
    ...(source_table === undefined ? [] : [sql`r.source_table = ${source_table}`]),
    ...(classification === undefined ? [] : [sql`r.classification = ${classification}`]),
    ...(claimed_by === undefined ? [] : [sql`r.claimed_by = ${claimed_by}`]),
  ];
}

/** By age or by table, ending in the id. */
export function orderBy(sql: Sql, sort: ListRegistryReviewsInput['sort']): ListOrder {
  const id = { expression: sql`r.id`, type: 'uuid' } as const;
  const by = sort.endsWith('source_table')
    ? ({ expression: sql`r.source_table`, type: 'text' } as const)
    : ({ expression: sql`r.created_at`, type: 'timestamptz' } as const);
  return { name: sort, descending: sort.startsWith('-'), keys: [by, id] };
}
