'use client';
// From a selection to a counted job: the set is frozen on the server, and its page shows what would be done.
import { useRouter } from 'next/navigation';
import type { z } from 'zod';
import { previewBulkAction } from '@/server/console/actions/bulk';
import type { previewBulkInput } from '@/server/contract/bulk';
import { useActions } from '@/components/shell/use-actions';
import { formatCounted } from '@/components/ui/format';

export interface BulkPreview {
  busy: boolean;
  /** Counts, and goes to the job's page. */
  preview: (input: z.input<typeof previewBulkInput>) => void;
}

/** Counting jobs in `projectId`. */
export function useBulkPreview(projectId: string): BulkPreview {
  const router = useRouter();
  const { busy, run } = useActions(projectId);
  const preview: BulkPreview['preview'] = (input) => {
    void run(
      'preview',
      () => previewBulkAction(projectId, input),
      ({ total_items }) => `${formatCounted(total_items, 'item')} counted. Nothing has been done yet.`,
    ).then((job) => {
      if (job !== null) router.push(`/bulk/${job.id}`);
    });
  };
  return { busy: busy !== null, preview };
}
