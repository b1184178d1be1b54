// The audit log as a file. It is opened in spreadsheets, which run what looks like a formula: a device's name
// could make one, so such a value is written as text.
import type { Event } from '@/server/contract/fleet';

export const CSV_TYPE = 'text/csv; charset=utf-8';
export const JSONL_TYPE = 'application/x-ndjson; charset=utf-8';

const COLUMNS = [
  'id',
  'at',
  'kind',
  'actor_kind',
  'actor_id',
  'actor_label',
  'token_id',
  'address',
  'subject_kind',
  'subject_id',
  'fleet_id',
  'device_id',
  'lineage_id',
  'correlation_id',
  'data',
] as const;

/** A cell that no spreadsheet takes for a formula, quoted where it has to be. */
export function csvCell(value: string): string {
  const safe = /^[\s\0]*[=+\-@\t\r|＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvLine(event: Event): string {
  const cells: Record<(typeof COLUMNS)[number], string> = {
    id: event.id,
    at: event.at,
    kind: event.kind,
    actor_kind: event.actor.kind,
    actor_id: event.actor.id,
    actor_label: event.actor.label,
    token_id: event.token_id ?? '',
    address: event.address ?? '',
    subject_kind: event.subject.kind,
    subject_id: event.subject.id,
    fleet_id: event.fleet_id ?? '',
    device_id: event.device_id ?? '',
    lineage_id: event.lineage_id ?? '',
    correlation_id: event.correlation_id,
    data: JSON.stringify(event.data),
  };
  return `${COLUMNS.map((name) => csvCell(cells[name])).join(',')}\r\n`;
}

/** The pages as a file's bytes; the next page is read when the client has taken the last one. */
export function exportStream(
  pages: AsyncGenerator<Event[]>,
  format: 'csv' | 'jsonl',
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const head = format === 'csv' ? `${COLUMNS.join(',')}\r\n` : '';
  let isHeadWritten = head === '';
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (!isHeadWritten) {
          isHeadWritten = true;
          controller.enqueue(encoder.encode(head));
          return;
        }
        const page = await pages.next();
        if (page.done === true) {
          controller.close();
          return;
        }
        const lines = page.value.map((event) =>
          format === 'csv' ? csvLine(event) : `${JSON.stringify(event)}\n`,
        );
        controller.enqueue(encoder.encode(lines.join('')));
      },
      cancel: async () => {
        await pages.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
