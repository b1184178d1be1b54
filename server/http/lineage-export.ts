// The list of lineages as a file.
import type { Lineage } from '@/server/contract/governance';
import { csvLine, csvValue, fileStream, type FileFormat } from './file-stream';

const COLUMNS: readonly (readonly [name: string, of: (lineage: Lineage) => string | number | null])[] = [
  ['id', (l) => l.id],
  ['device_id', (l) => l.device_id],
  ['device_name', (l) => l.device_name],
  ['fleet_id', (l) => l.fleet_id],
  ['source_table', (l) => l.source_table],
  ['status', (l) => l.status],
  ['pause_causes', (l) => l.pause_causes.map(({ cause }) => cause).join(' ')],
  ['staged_row_count', (l) => l.staged_row_count],
  ['staged_bytes', (l) => l.staged_bytes],
  ['staged_rows_max', (l) => l.staged_rows_max],
  ['staged_bytes_max', (l) => l.staged_bytes_max],
  ['rows_per_minute', (l) => l.rows_per_minute],
  ['accepted_row_count', (l) => l.accepted_row_count],
  ['duplicate_row_count', (l) => l.duplicate_row_count],
  ['rejected_row_count', (l) => l.rejected_row_count],
  ['last_batch_at', (l) => l.last_batch_at],
  ['last_staged_at', (l) => l.last_staged_at],
  ['last_written_at', (l) => l.last_written_at],
  ['materialization_failure_count', (l) => l.materialization_failure_count],
  ['materialization_last_error', (l) => l.materialization_last_error],
  ['current_schema_hash', (l) => l.current_schema_hash],
  ['mirror_id', (l) => l.mirror_id],
  ['created_at', (l) => l.created_at],
];

const lineOf = (lineage: Lineage): string => csvLine(COLUMNS.map(([, of]) => csvValue(of(lineage), false)));

/** The pages as a file's bytes. */
export const lineageFile = (
  pages: AsyncGenerator<Lineage[]>,
  format: FileFormat,
): ReadableStream<Uint8Array> =>
  fileStream(
    pages,
    format === 'csv' ? csvLine(COLUMNS.map(([name]) => name)) : '',
    format === 'csv' ? lineOf : (lineage) => `${JSON.stringify(lineage)}\n`,
  );
