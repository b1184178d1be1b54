/** A history in lines that a person can read: what each device wrote, and what arrived and happened when. */
import { encodeRowJson } from '@/server/protocol/row-batch-encode';
import type { History, Step } from './steps';
import type { Change } from './life';
import { SCHEMAS } from './values';

const TEXT_MAX = 160;
const short = (text: string): string => (text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text);

const nameOf = (c: Change): string => `d${String(c.device)} ${String(c.epoch)}/${String(c.seq)}`;

function written(c: Change): string {
  const table = SCHEMAS.findIndex((versions) => versions.includes(c.schema));
  const version = SCHEMAS[table]?.indexOf(c.schema) ?? -1;
  const what = c.row === null ? `delete ${encodeRowJson(c.pk)}` : encodeRowJson(c.row);
  return `  ${nameOf(c)} table ${String(table)} schema ${String(version)} (${c.schema.hash.slice(0, 8)}): ${short(what)}${c.fails === null ? '' : ` cannot be written (${c.fails})`}`;
}

function taken(step: Step): string {
  const fault = step.fault === null ? '' : ` ${step.fault.by} at ${String(step.fault.at)}`;
  if (step.kind === 'samples') {
    const { seq, schema, rows } = step.batch;
    const texts = rows.map(
      ({ ts, rowId, fields }) => `${ts} ${rowId ?? '-'} ${short(encodeRowJson(fields))}`,
    );
    return `samples ${String(seq)} (${schema.hash.slice(0, 8)}) [${texts.join(', ')}]${fault}`;
  }
  if (step.kind !== 'batch') {
    const { kind, device, table, chunkRows, pick } = step;
    return `${kind} device ${String(device)} table ${String(table)} rows ${String(chunkRows)} pick ${String(pick)}${fault}`;
  }
  const how = step.refused !== null ? `refused (${step.refused})` : step.together ? 'together' : 'alone';
  const messages = step.messages.map((m) => `[${m.changes.map(nameOf).join(', ')}]`);
  return `batch ${how} ${messages.join(' ')}${fault}`;
}

/** Every line of it. */
export function story({ devices, changes, groups, policy, isPartial, tellsDelivered }: History): string {
  const head = `policy ${JSON.stringify(policy)}, ${isPartial ? 'partial' : 'whole'}${tellsDelivered ? ', tells what was delivered' : ''}`;
  const places = devices.map(({ fleet, epochs }, i) => {
    const linked = epochs.some((e) => e.previous !== null) ? ' that name the one before' : '';
    return `  d${String(i)} in fleet ${String(fleet)}, ${String(epochs.length)} journals${linked}`;
  });
  const steps = groups.map(
    ({ steps: at, check }) => `  ${at.map(taken).join(' | ')}${check ? ' | check' : ''}`,
  );
  return [head, ...places, 'written:', ...changes.map(written), 'happened:', ...steps].join('\n');
}
