import type { Metadata } from 'next';
import {
  MEMBERS_PATH,
  membersParams,
  RETENTION_PATH,
  TOKENS_PATH,
  tokensParams,
} from '@/components/settings/queries';
import { SettingsPage } from '@/components/settings/settings-page';
import { WEBHOOKS_PATH, webhooksParams } from '@/components/webhooks/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listMembers } from '@/server/engine/auth/list-members';
import { getRetention } from '@/server/engine/retention/get-retention';
import { listWebhooks } from '@/server/engine/webhooks/list-webhooks';
import { listTokens } from '@/server/engine/auth/list-tokens';

export const metadata: Metadata = { title: 'Settings' };

export default async function Settings() {
  const { ctx, project } = await requireSession('/settings');
  const tokens = tokensParams(false);
  const state = prefetched([
    {
      key: edgeKey(project.id, `org/${MEMBERS_PATH}`, membersParams),
      read: () => listMembers({ ctx, input: membersParams }),
      optional: true,
    },
    {
      key: edgeKey(project.id, `org/${TOKENS_PATH}`, tokens),
      read: () => listTokens({ ctx, input: tokens }),
    },
    {
      key: edgeKey(project.id, RETENTION_PATH),
      read: () => getRetention({ ctx, projectId: project.id }),
    },
    {
      key: edgeKey(project.id, WEBHOOKS_PATH, webhooksParams),
      read: () => listWebhooks({ ctx, projectId: project.id, input: webhooksParams }),
      optional: true,
    },
  ]);
  return (
    <Hydrated state={state}>
      <SettingsPage />
    </Hydrated>
  );
}
