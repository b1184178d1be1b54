import { expect, it } from 'vitest';
import type { HeldLineages, PolicyEffect } from '@/server/contract/policy-effect';
import type { Policy } from '@/server/contract/fleet';
import { changedBy, effectParams, problemIn, stillChanging } from './changes';
import { fateOf, linesOf } from './effect-lines';

const NOBODY: HeldLineages = { count: 0, devices_told: 0, items: [] };
const NOTHING: PolicyEffect = {
  devices: 0,
  unaffected_fleets: [],
  after: {},
  backlog: null,
  rejected_batches: null,
  tombstones: null,
  additive: null,
  data_points: null,
};
const item = (told: boolean, causes: string[]): HeldLineages['items'][number] => ({
  lineage_id: 'l',
  device_id: 'd',
  device_name: 'pump',
  source_table: 'totals',
  staged_row_count: 5,
  staged_bytes: 50,
  device_told: told,
  other_causes: causes,
});

it('tells how many devices are told, and why others are not', () => {
  const backlog = (count: number, told: number) =>
    linesOf('resume_threshold_percent', {
      ...NOTHING,
      backlog: { paused: { count, devices_told: told, items: [] }, resumed: NOBODY },
    })[0];
  expect(backlog(0, 0)).toBe('No lineage that runs now is over the caps.');
  expect(backlog(1, 1)).toMatch(/^1 lineage is over .* Its device is told to wait\.$/);
  expect(backlog(3, 0)).toMatch(/No device is told: each waits for another reason already\.$/);
  expect(backlog(3, 2)).toMatch(/^3 lineages are over .* 2 of the devices are told to wait; the others/);
  expect(fateOf(item(false, ['operator']), 'paused')).toBe('Paused; its device waits for operator already');
  expect(fateOf(item(false, ['schema_review']), 'resumed')).toBe(
    'Backlog let go; still paused: schema review',
  );
  expect(fateOf(item(true, []), 'resumed')).toBe('Resumes, device told');
});

it('never says a number that was not counted to its end', () => {
  const rejected = { dropped: 50_000, unhandled: 3, bytes: 2048, is_at_least: true, oldest_at: null };
  expect(linesOf('rejected_batch_retention_days', { ...NOTHING, rejected_batches: rejected })).toEqual([
    'More than 50,000 rejected batches (2.0 KiB) are deleted within a minute of saving. 3 of them were never landed by a retry.',
  ]);
  const tombstones = { dropped: null, is_at_least: false };
  expect(linesOf('tombstone_retention_days', { ...NOTHING, tombstones })[0]).toMatch(/too many/);
});

it('asks about what could be saved, and says what could not', () => {
  const changes = changedBy(
    changedBy(changedBy({}, 'resume_threshold_percent', 70), 'tombstone_retention_days', null),
    'max_pending_rows_per_lineage',
    0,
  );
  expect(effectParams(changes)).toEqual({
    resume_threshold_percent: 70,
    inherit: 'tombstone_retention_days',
  });
  expect(problemIn(changes)).toBeDefined();
  expect(problemIn(changedBy(changes, 'max_pending_rows_per_lineage', undefined))).toBeUndefined();
});

it('knows of kept changes those that change something still', () => {
  const policy = { max_pending_rows_per_lineage: 10, resume_threshold_percent: 50 } as Policy;
  expect(
    stillChanging(
      { max_pending_rows_per_lineage: 10, resume_threshold_percent: null, tombstone_retention_days: 3 },
      policy,
    ),
  ).toEqual({ resume_threshold_percent: null });
});

it('does not take a cleared field for a number', () => {
  expect(problemIn({ max_pending_rows_per_lineage: '' })).toBe('A whole number from 1 to 1,000,000,000.');
  expect(effectParams({ max_pending_rows_per_lineage: '' })).toEqual({ inherit: '' });
});
