// What was counted, in words. Pure.
import type { BulkJob } from '@/server/contract/bulk';

const counted = (n: number, one: string): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : `${one}s`}`;

/** `143 reviews, 3 shapes`. */
export function summaryOf({
  action,
  total_items,
  shapes,
}: Pick<BulkJob, 'action' | 'total_items' | 'shapes'>) {
  const items = counted(total_items, action === 'reset' ? 'lineage' : 'review');
  return `${items}, ${counted(shapes.length, 'shape')}`;
}
