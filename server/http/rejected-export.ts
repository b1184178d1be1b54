// Rejected batches as a file.
import type { ExportedBatch } from '@/server/engine/ingest/export-rejected';
import type { StreamOutcome } from './contract';
import { csvCell, csvLine, fileStream, fileType, type FileFormat } from './file-stream';

const COLUMNS = [
  'id',
  'received_at',
  'code',
  'detail',
  'path',
  'device_id',
  'device_name',
  'topic',
  'source_table',
  'batch_id',
  'bytes',
  'retried_at',
  'retry_outcome',
  'payload_encoding',
  'payload',
] as const satisfies readonly (keyof ExportedBatch)[];

const LINES: Record<FileFormat, (batch: ExportedBatch) => string> = {
  csv: (batch) => csvLine(COLUMNS.map((name) => csvCell(String(batch[name] ?? '')))),
  jsonl: (batch) => `${JSON.stringify(batch)}\n`,
};

/** The pages as a download. */
export const rejectedFile = (pages: AsyncGenerator<ExportedBatch[]>, format: FileFormat): StreamOutcome => ({
  stream: fileStream(pages, format === 'csv' ? csvLine(COLUMNS) : '', LINES[format]),
  contentType: fileType(format),
  fileName: `rejected-batches.${format}`,
});
