import type { Org } from '@/server/contract/fleet';
import type { PageQuery, Page } from '@/server/contract/common';
import type { Role } from '@/server/contract/roles';
import type { Ctx } from '../context/context';
import { listPage } from '../paging/list-page';

/** The organisations that the caller belongs to, by name. Needs no permission: it is about oneself. */
export async function listOrgs({ ctx, input }: { ctx: Ctx; input: PageQuery }): Promise<Page<Org>> {
  const { sql } = ctx.db;
  return listPage<{ id: string; name: string; role: Role }, Org>({
    db: ctx.db,
    page: input,
    columns: sql`o.id, o.name, m.role`,
    from: sql`tidegate.org o join tidegate.membership m on m.org_id = o.id`,
    where: [sql`m.user_id = ${ctx.actor.id}`],
    order: {
      name: 'name',
      descending: false,
      keys: [
        { expression: sql`o.name`, type: 'text' },
        { expression: sql`o.id`, type: 'uuid' },
      ],
    },
    toItem: ({ id, name, role }) => ({ id, name, role }),
  });
}
