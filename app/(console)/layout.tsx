import { HydrationBoundary } from '@tanstack/react-query';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { OVERVIEW_PATH } from '@/components/overview/queries';
import { PagesAhead } from '@/components/shell/pages-ahead';
import { edgeKey } from '@/components/shell/edge-key';
import { SessionProvider } from '@/components/shell/session';
import { Shell } from '@/components/shell/shell';
import { NowProvider } from '@/components/ui/now';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { getOverview } from '@/server/engine/diagnosis/overview';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const path = (await headers()).get('x-path') ?? '/';
  const { person, role, project, projects, ctx } = await requireSession(path);
  const state = await prefetched([
    {
      key: edgeKey(project.id, OVERVIEW_PATH),
      read: () => getOverview({ ctx, projectId: project.id }),
    },
  ]);
  const session = {
    user: { id: person.userId, email: person.email, name: person.name, role },
    project,
    projects,
    permissions: [...ctx.permissions],
  };
  return (
    <NowProvider renderedAt={ctx.clock.now().getTime()}>
      <SessionProvider session={session}>
        <HydrationBoundary state={state}>
          <Shell>{children}</Shell>
          <PagesAhead />
        </HydrationBoundary>
      </SessionProvider>
    </NowProvider>
  );
}
