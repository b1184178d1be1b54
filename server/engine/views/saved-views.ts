import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import {
  changeSavedViewInput,
  createSavedViewInput,
  listSavedViewsInput,
  type SavedView,
} from '@/server/contract/saved-views';
import { savedView } from '@/server/db/schema/saved-view';
import { sqlState } from '@/server/db/sqlstate';
import { rfc3339 } from '@/server/db/time';
import { isUuid, uuidV7 } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { conflict, notFound } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { listPage } from '../paging/list-page';

type ViewRow = typeof savedView.$inferSelect;

interface ViewTarget {
  ctx: Ctx;
  projectId: string;
  savedViewId: string;
}

const toView = ({ id, page, name, search, createdAt, updatedAt }: ViewRow): SavedView => ({
  id,
  page,
  name,
  search,
  created_at: createdAt.toISOString(),
  updated_at: updatedAt.toISOString(),
});

/** The caller's own views in a project, by name. */
export async function listSavedViews(args: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listSavedViewsInput>;
}): Promise<Page<SavedView>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listSavedViewsInput, args.input, 'query');
  const project = await requireProject(ctx, args.projectId);
  const { sql } = ctx.db;
  return listPage<SavedView, SavedView>({
    db: ctx.db,
    page: query,
    columns: sql`s.id, s.page, s.name, s.search, s.created_at, s.updated_at`,
    from: sql`tidegate.saved_view s`,
    where: [
      sql`s.project_id = ${project.id}`,
      sql`s.user_id = ${ctx.actor.id}`,
      ...(query.page_of === undefined ? [] : [sql`s.page = ${query.page_of}`]),
    ],
    order: {
      name: 'name',
      descending: false,
      keys: [
        { expression: sql`s.name`, type: 'text' },
        { expression: sql`s.id`, type: 'uuid' },
      ],
    },
    toItem: (row) => ({
      ...row,
      created_at: rfc3339(row.created_at),
      updated_at: rfc3339(row.updated_at),
    }),
  });
}

/** Keeps filters under a name. 409 `view_name_taken` where the caller has one of that name already. */
export async function createSavedView(args: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof createSavedViewInput>;
}): Promise<SavedView> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  const input = parseInput(createSavedViewInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const project = await requireProject(ctx, args.projectId);
    const now = ctx.clock.now();
    const row = { id: uuidV7(), projectId: project.id, userId: ctx.actor.id, createdAt: now, updatedAt: now };
    const made = await named(input.name, () =>
      ctx.db.savepoint((db) =>
        db.orm
          .insert(savedView)
          .values({ ...row, ...input })
          .returning(),
      ),
    );
    await viewEvent(ctx, project, 'created', made.id, { ...input });
    return toView(made);
  });
}

/** Renames a view of the caller's, or keeps other filters under its name. */
export async function changeSavedView(
  args: ViewTarget & { input: z.input<typeof changeSavedViewInput> },
): Promise<SavedView> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  const input = parseInput(changeSavedViewInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const { project, view } = await lockView({ ...args, ctx });
    const change = { name: input.name ?? view.name, search: input.search ?? view.search };
    const after = await named(change.name, () =>
      ctx.db.savepoint((db) =>
        db.orm
          .update(savedView)
          .set({ ...change, updatedAt: ctx.clock.now() })
          .where(eq(savedView.id, view.id))
          .returning(),
      ),
    );
    const before = { name: view.name, search: view.search };
    await viewEvent(ctx, project, 'changed', view.id, { page: view.page, before, after: change });
    return toView(after);
  });
}

/** Forgets a view of the caller's. */
export async function deleteSavedView(args: ViewTarget): Promise<{ id: string }> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  return inTransaction(args.ctx, async (ctx) => {
    const { project, view } = await lockView({ ...args, ctx });
    await ctx.db.orm.delete(savedView).where(eq(savedView.id, view.id));
    const { page, name, search } = view;
    await viewEvent(ctx, project, 'deleted', view.id, { page, name, search });
    return { id: view.id };
  });
}

async function lockView({ ctx, projectId, savedViewId }: ViewTarget) {
  const project = await requireProject(ctx, projectId);
  if (!isUuid(savedViewId)) throw notFound('saved view', savedViewId);
  const [view] = await ctx.db.orm
    .select()
    .from(savedView)
    .where(
      and(
        eq(savedView.id, savedViewId),
        eq(savedView.projectId, project.id),
        eq(savedView.userId, ctx.actor.id),
      ),
    )
    .for('update');
  if (view === undefined) throw notFound('saved view', savedViewId);
  return { project, view };
}

/** PostgreSQL, "unique_violation". */
const TAKEN = '23505';

async function named(name: string, write: () => Promise<ViewRow[]>): Promise<ViewRow> {
  try {
    const [row] = await write();
    if (row === undefined) throw notFound('saved view', name);
    return row;
  } catch (error) {
    if (sqlState(error) !== TAKEN) throw error;
    throw conflict('view_name_taken', `You have a view called "${name}" already. Choose another name.`);
  }
}

const viewEvent = (
  ctx: Ctx,
  { id, orgId }: { id: string; orgId: string },
  what: 'created' | 'changed' | 'deleted',
  viewId: string,
  data: Record<string, unknown>,
): Promise<void> =>
  recordEvent(ctx, {
    kind: `saved_view.${what}`,
    subject: { kind: 'saved_view', id: viewId },
    orgId,
    projectId: id,
    data,
  });
