// `npm run converge` runs any number, from any seed. In two files, since each takes one of the cores that tests have.
import { describe } from 'vitest';
import { ownHistories } from '@/server/testing/convergence/history';
import { itConverges } from '@/server/testing/convergence/in-ci';

describe('any history of a device, delivered in any way', () => {
  itConverges({ histories: ownHistories, runs: 600, seed: 20260428 });
});
