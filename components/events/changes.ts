// What an event says was before and is after, field by field. Pure.

export interface Change {
  field: string;
  before: string;
  after: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const show = (value: unknown): string =>
  value === undefined || value === null ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);

/** The fields that differ; empty where the data has no `before` and `after`. */
export function changesOf(data: Record<string, unknown>): Change[] {
  if (!('before' in data) || !('after' in data)) return [];
  const { before, after } = data;
  if (!isRecord(before) || !isRecord(after)) return [{ field: '', before: show(before), after: show(after) }];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .map((field) => ({ field, before: show(before[field]), after: show(after[field]) }))
    .filter((change) => change.before !== change.after);
}
