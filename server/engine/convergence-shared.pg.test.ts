// The other half of convergence.pg.test.ts.
import { describe } from 'vitest';
import { sharedHistories } from '@/server/testing/convergence/history';
import { itConverges } from '@/server/testing/convergence/in-ci';

describe('any history of devices that share their decisions, delivered in any way', () => {
  itConverges({ histories: sharedHistories, runs: 400, seed: 20260428 });
});
