'use client';
// What can be done in the queue, with the row that has the focus or with what is picked: the same keys for both, and
// what is picked goes first.
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { COUNTING, isPicked, type BulkChoice } from '@/components/bulk/bulk-bar';
import { useBulkPreview } from '@/components/bulk/use-bulk-preview';
import { useSelection } from '@/components/bulk/use-selection';
import type { QueuedReview } from '@/server/contract/review-queue';
import { rowsLink } from '@/components/lineages/rows-link';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useKeys } from '@/components/ui/keys';
import { permitsOf, type Permits } from './permit';
import { doorOf } from './review-doors';
import { filterOf, STATUS_FILTERS, viewText, type ReviewSearch } from './review-search';
import { reviewHref, whyNoRows } from './subject';
import { useReviewActions } from './use-review-actions';

const hrefOf = (review: QueuedReview): string => reviewHref(review, review.kind === 'registry');
const GROUP = 'Reviews';

/** The longest waiting review of the page that nobody holds, else the first. */
export const nextToOpen = (rows: readonly QueuedReview[]): QueuedReview | undefined =>
  rows.find((review) => review.status === 'queued') ?? rows.find((review) => review.status === 'in_review');

/** Selection and bulk actions of the queue. */
export function useQueue(search: ReviewSearch) {
  const { project } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const selection = useSelection(viewText(search));
  const bulk = useBulkPreview(project.id);
  const [isRejecting, setRejecting] = useState(false);
  const filter = selection.isAll ? filterOf(search) : { ids: [...selection.ids] };
  const whyNot = missing ?? (bulk.busy ? COUNTING : undefined);
  const choices: BulkChoice[] = [
    {
      label: 'Claim…',
      hotkey: 'c',
      run: () => bulk.preview({ action: 'claim', filter }),
      disabledReason: whyNot,
    },
    {
      label: 'Approve…',
      hotkey: 'a',
      run: () => bulk.preview({ action: 'approve', filter }),
      disabledReason: whyNot,
    },
    { label: 'Reject…', hotkey: 'x', run: () => setRejecting(true), disabledReason: whyNot },
  ];
  return {
    missing,
    selection,
    choices,
    busy: bulk.busy,
    isRejecting,
    reject: (reason: string) => {
      bulk.preview({ action: 'reject', filter, reason });
      setRejecting(false);
    },
    keepAll: () => setRejecting(false),
  };
}

type Queue = ReturnType<typeof useQueue>;

interface Row {
  active: QueuedReview | null;
  permits: Permits | null;
  /** Why nothing can be done with a row; undefined where one has the focus. */
  none: string | undefined;
}

function useRow(active: QueuedReview | null): Row {
  const { user } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  return {
    active,
    permits: active === null ? null : permitsOf(active, user.id, missing),
    none: active === null ? 'Move to a row first (j, k).' : undefined,
  };
}

/** Claims the row with the focus. */
function useClaim() {
  const { project } = useSession();
  const actions = useReviewActions(project.id);
  return (review: QueuedReview) =>
    actions.run(
      'claim',
      () =>
        doorOf(review.kind === 'registry').claim(
          { projectId: project.id, reviewId: review.id },
          { action_version: review.action_version, take_over: false },
        ),
      `Claimed ${review.source_table}${review.device_name === null ? '' : ` of ${review.device_name}`}`,
    );
}

/** The keys of the queue. */
export function useQueueKeys(
  queue: Queue,
  at: { active: QueuedReview | null; rows: readonly QueuedReview[] },
  { search, set }: { search: ReviewSearch; set: (change: Partial<ReviewSearch>) => void },
): void {
  const router = useRouter();
  const { active, permits, none } = useRow(at.active);
  const claim = useClaim();
  const open = (what: string) => (active === null ? undefined : router.push(`${hrefOf(active)}${what}`));
  const next = nextToOpen(at.rows);
  const order = [...STATUS_FILTERS.map((s) => s.value), 'any' as const];
  const unread = useMissingPermission('PROJECT_CAN_READ_ROWS');
  const rows = (key: string, label: string, source: 'staged' | 'mirror') => ({
    keys: [key],
    label,
    group: GROUP,
    run: () => router.push(rowsLink(active?.lineage_id ?? '', source)),
    disabledReason: none ?? whyNoRows(active?.lineage_id ?? null) ?? unread,
  });
  const taken = permits?.takesOver === true ? 'Open it to take it over from its claimant.' : undefined;
  const picked = isPicked(queue.selection);
  const ofPicked = queue.choices.map(({ label, hotkey, run, disabledReason }) => ({
    keys: hotkey === undefined ? [] : [hotkey],
    label: `${label.replace('…', '')} what is selected`,
    group: GROUP,
    run,
    disabledReason,
  }));
  const ofRow = [
    {
      keys: ['c'],
      label: 'Claim the review',
      group: GROUP,
      run: () => void (active === null ? null : claim(active)),
      disabledReason: none ?? permits?.claim ?? taken,
    },
    {
      keys: ['a'],
      label: 'Approve the review',
      group: GROUP,
      run: () => open('?open=approve'),
      disabledReason: none ?? permits?.approve,
    },
    {
      keys: ['x'],
      label: 'Reject the review',
      group: GROUP,
      run: () => open('?open=reject'),
      disabledReason: none ?? permits?.reject,
    },
  ];
  useKeys([
    {
      keys: ['Enter'],
      label: 'Open the review',
      group: GROUP,
      movement: true,
      run: () => open(''),
      disabledReason: none,
    },
    {
      keys: ['f'],
      label: 'Cycle the status filter',
      group: GROUP,
      run: () => set({ status: order[(order.indexOf(search.status) + 1) % order.length] ?? 'open' }),
    },
    {
      keys: ['o'],
      label: 'Open the next waiting review',
      group: GROUP,
      run: () => (next === undefined ? undefined : router.push(hrefOf(next))),
      disabledReason: next === undefined ? 'No review of this list waits.' : undefined,
    },
    rows('d', 'Staged rows of the lineage', 'staged'),
    rows('w', 'Written rows of the lineage', 'mirror'),
    { keys: [], label: 'Bulk operations', group: GROUP, run: () => router.push('/bulk') },
    ...(picked ? ofPicked : ofRow),
  ]);
}
