'use client';
// Rows that cannot be written as they are, by column and kind of error, and the ways to send them on. A remedy
// is asked for before it is taken: one of them gives up values, another changes the mirror table.
import { Group } from '@mantine/core';
import { useState } from 'react';
import { retryFailuresAction } from '@/server/console/actions/lineages';
import type { FailureGroup, Remedy } from '@/server/contract/rows';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { formatCounted } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import classes from './lineage-page.module.css';
import { failuresPath } from './queries';
import { failureTitle } from '@/server/contract/failure-kinds';
import { REMEDY } from './words';

interface Asked {
  group: FailureGroup;
  remedy: Remedy;
}

function Failures({ group, onAsk }: { group: FailureGroup; onAsk: (asked: Asked) => void }) {
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  return (
    <li className={classes.stack}>
      <div className={classes.line}>
        <strong>{failureTitle(group)}</strong>
        <span className="tg-num">{formatCounted(group.rows, 'row')}</span>
      </div>
      {group.example === null ? null : (
        <p className={classes.error}>
          {group.example.pk}: {group.example.error}
        </p>
      )}
      <Group gap={8}>
        {group.remedies.map(({ remedy, refused }) => (
          <ActionButton
            key={remedy}
            variant="default"
            size="compact-sm"
            disabledReason={missing ?? refused ?? undefined}
            onClick={() => onAsk({ group, remedy })}
          >
            {REMEDY[remedy].label}
          </ActionButton>
        ))}
      </Group>
    </li>
  );
}

/** The groups of a lineage; nothing where no row has failed. */
export function FailuresPanel({ lineageId }: { lineageId: string }) {
  const { project } = useSession();
  const { data: groups = [] } = useLiveObject<FailureGroup[]>(project.id, failuresPath(lineageId));
  const { busy, run } = useActions(project.id);
  const [asked, setAsked] = useState<Asked | null>(null);
  const total = groups.reduce((sum, group) => sum + group.rows, 0);
  const retry = async ({ group, remedy }: Asked) => {
    const target = { projectId: project.id, lineageId };
    await run(
      'retry',
      () => retryFailuresAction(target, group.id, { remedy }),
      (done) =>
        done.waits_for.length === 0
          ? `${formatCounted(done.rows, 'row')} sent on`
          : `${formatCounted(done.rows, 'row')} sent on once the lineage is no longer paused`,
    );
    setAsked(null);
  };
  if (groups.length === 0) return null;
  return (
    <Panel title={`${formatCounted(total, 'failed row')} in ${formatCounted(groups.length, 'group')}`}>
      <ul className={classes.list} aria-label="Failed rows by column and kind of error">
        {groups.map((group) => (
          <Failures key={group.id} group={group} onAsk={setAsked} />
        ))}
      </ul>
      <ConfirmDialog
        opened={asked !== null}
        title={asked === null ? '' : `${REMEDY[asked.remedy].label}?`}
        confirmLabel={asked === null ? '' : `Send ${formatCounted(asked.group.rows, 'row')} on`}
        danger={asked?.remedy === 'null_value'}
        busy={busy !== null}
        onConfirm={() => (asked === null ? undefined : void retry(asked))}
        onClose={() => setAsked(null)}
      >
        {asked === null ? null : REMEDY[asked.remedy].means(asked.group.column ?? '')}
      </ConfirmDialog>
    </Panel>
  );
}
