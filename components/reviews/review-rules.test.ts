import { describe, expect, test } from 'vitest';
import type { ReviewColumn } from '@/server/contract/governance';
import { columnLines } from './column-lines';
import {
  isSameDecision,
  problemsOf,
  refusalsByColumn,
  startingDecision,
  toColumnActions,
  whyNot,
  withAction,
  withAll,
  withMirrorName,
  replayedRows,
  withPoint,
  withRename,
  withTimeColumn,
} from './decision';
import { approveLabel, changeSummary } from './words';

type Before = ReviewColumn['before'];
const plain = (name: string) => ({
  name,
  decl_type_affinity: 'TEXT' as const,
  pk_ordinal: 0,
  not_null: false,
});
const column = (
  name: string,
  more: Partial<ReviewColumn> = {},
  before: Before = plain(name),
): ReviewColumn => ({
  ...plain(name),
  before,
  proposed: { source_column_name: name, action: 'mirror', mirror_column_name: name },
  proposal_reason: '',
  mirror_type: 'text',
  samples: [],
  sampled_rows: 0,
  null_share: 0,
  misfit_rows: 0,
  misfit_example: null,
  ...more,
});

describe('column lines', () => {
  test('put what can break first and the untouched last', () => {
    const lines = columnLines({
      columns: [
        column('same'),
        column('new', {}, null),
        column('needed', { not_null: true }, null),
        column('typed', { decl_type_affinity: 'REAL' }),
        column('key', { pk_ordinal: 1 }),
        column('loose', { not_null: true }),
        column('misfit', { misfit_rows: 3 }),
      ],
      removed_columns: [plain('gone')],
    });
    expect(lines.map((l) => [l.name, l.change])).toEqual([
      ['misfit', 'unchanged'],
      ['key', 'key_changed'],
      ['gone', 'removed'],
      ['typed', 'type_changed'],
      ['needed', 'added_not_null'],
      ['loose', 'nullability_changed'],
      ['new', 'added'],
      ['same', 'unchanged'],
    ]);
  });

  test('a first schema has no changes, and its key comes first in its order', () => {
    const lines = columnLines({
      columns: [
        column('a', {}, null),
        column('k2', { pk_ordinal: 2 }, null),
        column('k1', { pk_ordinal: 1 }, null),
      ],
      removed_columns: [],
    });
    expect(lines.map((l) => [l.name, l.change])).toEqual([
      ['k1', 'first'],
      ['k2', 'first'],
      ['a', 'first'],
    ]);
  });
});

describe('a decision', () => {
  const columns = [column('id', { pk_ordinal: 1 }), column('a'), column('b', { not_null: true })];
  const start = startingDecision({ columns, draft: null, column_actions: null });

  test('starts from the draft, and proposes for columns that the draft does not know', () => {
    const draft = [
      { source_column_name: 'a', action: 'ignore' as const },
      { source_column_name: 'gone', action: 'mirror' as const },
    ];
    const decision = startingDecision({ columns, draft, column_actions: null });
    expect(decision.map((a) => [a.source_column_name, a.action])).toEqual([
      ['id', 'mirror'],
      ['a', 'ignore'],
      ['b', 'mirror'],
    ]);
  });

  test('is the same when it is read again, whatever order its keys have, and another when it decides otherwise', () => {
    const again = start.map((a) => Object.fromEntries(Object.entries(a).reverse()) as typeof a);
    expect(isSameDecision(start, again)).toBe(true);
    expect(isSameDecision(start, withAction(start, 'a', 'ignore'))).toBe(false);
    expect(isSameDecision(start, withMirrorName(start, 'a', 'alpha'))).toBe(false);
  });

  test('sends a mirror name only with a mirror', () => {
    const named = withMirrorName(start, 'a', 'alpha');
    expect(toColumnActions(named)[1]).toEqual({
      source_column_name: 'a',
      action: 'mirror',
      mirror_column_name: 'alpha',
    });
    expect(toColumnActions(withAction(named, 'a', 'ignore'))[1]).toEqual({
      source_column_name: 'a',
      action: 'ignore',
    });
    expect(toColumnActions(withMirrorName(named, 'a', ''))[1]).toEqual({
      source_column_name: 'a',
      action: 'mirror',
    });
  });

  test('names the column that breaks a rule', () => {
    expect(problemsOf(columns, start).size).toBe(0);
    expect([...problemsOf(columns, withAction(start, 'id', 'ignore')).keys()]).toEqual(['id']);
    expect([...problemsOf(columns, withMirrorName(start, 'b', 'a')).keys()]).toEqual(['b']);
    expect(problemsOf(columns, withAll(start, columns, 'ignore')).size).toBe(0);
  });

  test('defers any column', () => {
    expect(withAll(start, columns, 'defer').map((a) => a.action)).toEqual(['defer', 'defer', 'defer']);
  });

  test('maps a column to a data point that takes its values, and two never to one', () => {
    const text = columns[1] ?? column('x');
    const point = { id: 'p1', name: 'mode', value_type: 'text', unit: null } as const;
    const none = { points: [], mayCreate: false };
    expect(whyNot(text, 'map', { points: [point], mayCreate: false })).toBeUndefined();
    expect(whyNot(text, 'map', { ...none, points: [{ ...point, value_type: 'numeric' }] })).toMatch(
      'no data point',
    );
    expect(whyNot(text, 'auto_create_and_map', none)).toMatch('allow_auto_create_device_data_points');
    expect(whyNot({ ...text, decl_type_affinity: 'BLOB' }, 'map', none)).toMatch('a number');
    const unmapped = withAction(start, 'a', 'map');
    expect(problemsOf(columns, unmapped).get('a')).toMatch('Choose the data point');
    const both = withPoint(withPoint(start, 'a', 'p1'), 'b', 'p1');
    expect(problemsOf(columns, both).get('b')).toMatch('mapped to this data point already');
  });

  test('sends of a column only what its action uses', () => {
    const renamed = withRename(start, 'b', 'old');
    expect(toColumnActions(renamed).at(-1)).toEqual({
      source_column_name: 'b',
      action: 'mirror',
      rename_of: 'old',
    });
    expect(toColumnActions(withRename(renamed, 'b', null))).toEqual(toColumnActions(start));
    const changed = withAction(withPoint(renamed, 'b', 'p1'), 'b', 'ignore');
    expect(toColumnActions(changed).at(-1)).toEqual({ source_column_name: 'b', action: 'ignore' });
    expect(toColumnActions(withTimeColumn(start, 'a'))[1]).toMatchObject({ is_time_column: true });
  });

  test('replays nothing while a required column is undecided or nothing is mirrored', () => {
    const [required, optional] = ['b', 'a'] as const;
    expect(replayedRows(columns, start, 5)).toBe(5);
    expect(replayedRows(columns, withAction(start, required, 'defer'), 5)).toBe(0);
    expect(replayedRows(columns, withAction(start, optional, 'defer'), 5)).toBe(5);
    expect(replayedRows(columns, withAll(start, columns, 'ignore'), 5)).toBe(0);
  });

  test('finds the columns that the server refused', () => {
    const refusals = refusalsByColumn(start, [
      { path: 'column_actions[1].mirror_column_name', detail: 'Rename it.' },
      { path: 'column_actions', detail: 'One is missing.' },
    ]);
    expect([...refusals]).toEqual([
      ['a', 'Rename it.'],
      ['', 'One is missing.'],
    ]);
  });
});

test('a summary counts changes by kind', () => {
  expect(changeSummary([{ column: '', change: 'first_schema' }])).toBe('First schema');
  expect(
    changeSummary([
      { column: 'a', change: 'added' },
      { column: 'b', change: 'added' },
      { column: 'c', change: 'type_changed' },
    ]),
  ).toBe('2 added, 1 retyped');
  expect(changeSummary([{ column: '', change: 'columns_unknown' }])).toBe('Columns unknown');
});

test('the button says what approving sets in motion', () => {
  expect(approveLabel(8130, 1000)).toBe('Approve for 1,000 devices and replay 8,130 rows');
  expect(approveLabel(0, 1)).toBe('Approve for 1 device');
  expect([0, 1, 8130].map((rows) => approveLabel(rows))).toEqual([
    'Approve',
    'Approve and replay 1 row',
    'Approve and replay 8,130 rows',
  ]);
});
