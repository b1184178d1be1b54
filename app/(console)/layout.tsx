import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { SessionProvider } from '@/components/shell/session';
import { Shell } from '@/components/shell/shell';
import { NowProvider } from '@/components/ui/now';
import { requireSession } from '@/server/console/session';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const path = (await headers()).get('x-path') ?? '/';
  const { person, role, project, projects, ctx } = await requireSession(path);
  const session = {
    user: { id: person.userId, email: person.email, name: person.name, role },
    project,
    projects,
    permissions: [...ctx.permissions],
  };
  return (
    <NowProvider renderedAt={ctx.clock.now().getTime()}>
      <SessionProvider session={session}>
        <Shell>{children}</Shell>
      </SessionProvider>
    </NowProvider>
  );
}
