// The audit log as a file.
import type { Event } from '@/server/contract/fleet';
import { csvCell, fileStream, type FileFormat } from './file-stream';

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
  'fleet_name',
  'device_name',
  'source_table',
] as const;

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
    fleet_name: event.fleet_name ?? '',
    device_name: event.device_name ?? '',
    source_table: event.source_table ?? '',
  };
  return `${COLUMNS.map((name) => csvCell(cells[name])).join(',')}\r\n`;
}

/** The pages as a file's bytes; the next page is read when the client has taken the last one. */
export const exportStream = (
  pages: AsyncGenerator<Event[]>,
  format: FileFormat,
): ReadableStream<Uint8Array> =>
  fileStream(
    pages,
    format === 'csv' ? `${COLUMNS.join(',')}\r\n` : '',
    format === 'csv' ? csvLine : (event) => `${JSON.stringify(event)}\n`,
  );
