'use client';
// What keys do with a row of a list of lineages, the same in every list: they lead to the lineage's own page, which
// knows what may be done there and says why not.
import { useRouter } from 'next/navigation';
import { useMissingPermission } from '@/components/shell/session';
import { useKeys } from '@/components/ui/keys';

/** The keys of the row `activeId`; null where no row has had the focus. */
export function useLineageRowKeys(activeId: string | null): void {
  const router = useRouter();
  const unread = useMissingPermission('PROJECT_CAN_READ_ROWS');
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const none = activeId === null ? 'Move to a row first (j, k).' : undefined;
  const to = (key: string, label: string, what: string, whyNot?: string, movement = false) => ({
    keys: [key],
    label,
    group: 'Lineages',
    movement,
    run: () => router.push(`/lineages/${activeId ?? ''}${what}`),
    disabledReason: none ?? whyNot,
  });
  useKeys([
    to('Enter', 'Open the lineage', '', undefined, true),
    to('d', 'Staged rows', '/rows?source=staged', unread),
    to('w', 'Written rows', '/rows?source=mirror', unread),
    to('x', 'Reset materialization', '?open=reset', missing),
    to('v', 'Jump to the review', '?open=review'),
  ]);
}
