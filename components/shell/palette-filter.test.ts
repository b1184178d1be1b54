import { expect, it } from 'vitest';
import { found } from './palette-filter';

const actions = [
  {
    group: 'Lineage',
    actions: [
      { id: 'reset', label: 'Reset', description: 'Decide the review first.', 'aria-disabled': true },
      { id: 'rows', label: 'Staged rows' },
    ],
  },
  {
    group: 'Go to',
    actions: [
      { id: 'reviews', label: 'Reviews' },
      { id: 'view', label: 'Mine', description: 'Saved view of reviews' },
    ],
  },
];

const idsOf = (query: string) =>
  found(query, actions).map((item) =>
    'actions' in item ? [item.group, item.actions.map(({ id }) => id)] : [],
  );

it('finds nothing by the reason why it cannot be done', () => {
  expect(idsOf('rev')).toEqual([['Go to', ['reviews', 'view']]]);
});

it('shows what cannot be done now after everything that can', () => {
  expect(idsOf('s')).toEqual([
    ['Lineage', ['rows']],
    ['Go to', ['reviews', 'view']],
    ['Not now', ['reset']],
  ]);
});
