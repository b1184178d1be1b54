// From a request for mirror rows to a checked query. Column names come from devices and from callers: each
// is looked up in the catalogue before it becomes part of a statement, and quoted there.
import type { RowOperator } from '@/server/contract/row-operators';
import type { ListMirrorRowsInput } from '@/server/contract/rows';
import type { MirrorType } from '@/server/db/schema/mirrors';
import { Refusal } from '../errors/errors';
import { parseConditions } from '../paging/row-conditions';
import type { MirrorView } from './read-mirror';

export interface MirrorCondition {
  name: string;
  type: MirrorType;
  op: RowOperator;
  /** Null for `is_null` and `not_null`. */
  value: string | null;
}

export interface MirrorQuery {
  columns: MirrorView['columns'];
  conditions: MirrorCondition[];
  sort: { name: string; type: MirrorType } | null;
  descending: boolean;
}

type Asked = Pick<ListMirrorRowsInput, 'columns' | 'filter' | 'where' | 'sort'>;

/** Refuses with 400 `unknown_column`, naming the columns there are. */
export function checkMirrorQuery(mirror: MirrorView, input: Asked): MirrorQuery {
  const sort = input.sort ?? '';
  // A column may itself begin with "-": its whole name wins over the sign.
  const named = mirror.columns.find(({ name }) => name === sort);
  const descending = named === undefined && sort.startsWith('-');
  return {
    columns: input.columns === undefined ? mirror.columns : parseColumns(mirror, input.columns),
    conditions: [
      ...(input.filter === undefined ? [] : [parseFilter(mirror, input.filter)]),
      ...parseConditions(input.where).map(({ column, op, value }) => ({
        ...columnNamed(mirror, column, 'where'),
        op,
        value,
      })),
    ],
    sort: sort === '' ? null : (named ?? columnNamed(mirror, descending ? sort.slice(1) : sort, 'sort')),
    descending,
  };
}

/** `a,b`. A column's name may hold a comma: the longest name that fits is meant. */
function parseColumns(mirror: MirrorView, text: string): MirrorView['columns'] {
  const parts = text.split(',');
  const found: MirrorView['columns'] = [];
  for (let at = 0; at < parts.length;) {
    const named = mirror.columns
      .filter(
        ({ name }) =>
          parts
            .slice(at, at + name.split(',').length)
            .join(',')
            .trim() === name,
      )
      .sort((a, b) => b.name.length - a.name.length)[0];
    const column = named ?? columnNamed(mirror, (parts[at] ?? '').trim(), 'columns');
    found.push(column);
    at += column.name.split(',').length;
  }
  return found;
}

/** `column:value`. A column's name may hold a colon: the longest name that fits is meant. */
function parseFilter(mirror: MirrorView, filter: string): MirrorCondition {
  const [column] = mirror.columns
    .filter(({ name }) => filter.startsWith(`${name}:`))
    .sort((a, b) => b.name.length - a.name.length);
  if (column !== undefined) return { ...column, op: 'eq', value: filter.slice(column.name.length + 1) };
  if (!filter.includes(':')) {
    const detail = 'The filter is a column, a colon and a value: filter=mode:cooling.';
    throw new Refusal(400, 'invalid_parameter', detail, {
      errors: [{ path: 'filter', code: 'invalid_filter', detail }],
    });
  }
  return {
    ...columnNamed(mirror, filter.slice(0, filter.indexOf(':')), 'filter'),
    op: 'eq',
    value: '',
  };
}

function columnNamed(mirror: MirrorView, name: string, path: string): MirrorView['columns'][number] {
  const column = mirror.columns.find((one) => one.name === name);
  if (column !== undefined) return column;
  const known = mirror.columns.map((one) => `"${one.name}"`).join(', ');
  const detail = `The mirror table has no column "${name}". It has ${known}.`;
  throw new Refusal(400, 'unknown_column', detail, { errors: [{ path, code: 'unknown_column', detail }] });
}
