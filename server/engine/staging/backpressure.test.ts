import { expect, it } from 'vitest';
import { backlogState } from './backpressure';

const CAPS = {
  max_pending_rows_per_lineage: 100,
  max_pending_bytes_per_lineage: 1000,
  resume_threshold_percent: 80,
};

it.each([
  [0, 0, 'below'],
  [79, 799, 'below'],
  [80, 0, 'between'],
  [0, 800, 'between'],
  [100, 1000, 'between'],
  [101, 0, 'over'],
  [0, 1001, 'over'],
  [101, 799, 'over'],
  [79, 1001, 'over'],
])('%i rows and %i bytes are %s', (stagedRows, stagedBytes, state) => {
  expect(backlogState({ stagedRows, stagedBytes }, CAPS)).toBe(state);
});
