// Rows as files: the columns of the screen behind those of the platform.
import type { MirrorRow, StagedRow } from '@/server/contract/rows';
import type { MirrorExport } from '@/server/engine/mirror/export-mirror-rows';
import type { StagedExport } from '@/server/engine/staging/export-staged-rows';
import type { StreamOutcome } from './contract';
import { csvCell, csvLine, csvValue, fileStream, fileType, type FileFormat } from './file-stream';

const NUMERIC: ReadonlySet<string> = new Set(['bigint', 'double precision', 'numeric']);
const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** A mirror's rows; in CSV `created_at`, `updated_at` and, first of all, the device. */
export function mirrorFile({ fileName, columns, pages }: MirrorExport, format: FileFormat): StreamOutcome {
  const names = ['device_id', ...columns.map(({ name }) => name), 'created_at', 'updated_at'];
  const line = (row: MirrorRow): string =>
    csvLine([
      row.device_id,
      ...columns.map(({ name, type }) => csvValue(row.data[name] ?? null, NUMERIC.has(type))),
      row.materialized_at.created_at,
      row.materialized_at.updated_at,
    ]);
  return {
    stream: fileStream(
      pages,
      format === 'csv' ? csvLine(names.map(csvCell)) : '',
      format === 'csv' ? line : jsonLine,
    ),
    contentType: fileType(format),
    fileName,
  };
}

const PLATFORM = [
  'commit_seq',
  'journal_epoch',
  'event_ts',
  'op',
  'staging_reason',
  'error',
  'received_at',
  'schema_hash',
] as const satisfies readonly (keyof StagedRow)[];

/** A row's value of a source column; a delete has its key alone. */
const valueOf = ({ row, pk }: StagedRow, name: string) => row?.[name] ?? pk[name] ?? null;

/** Staged rows; in CSV a source column that no schema version names is in `other`, as JSON. */
export function stagedFile({ fileName, columns, pages }: StagedExport, format: FileFormat): StreamOutcome {
  const known = new Set(columns);
  const other = ({ row, pk }: StagedRow): string => {
    const unknown = Object.entries({ ...pk, ...row }).filter(([name]) => !known.has(name));
    return unknown.length === 0 ? '' : csvCell(JSON.stringify(Object.fromEntries(unknown)));
  };
  const line = (row: StagedRow): string =>
    csvLine([
      ...PLATFORM.map((name) => csvValue(row[name], name === 'commit_seq')),
      // What a received text looks like does not tell what it is: only a number that arrived as one is left bare.
      ...columns.map((name) => csvValue(valueOf(row, name), false)),
      other(row),
    ]);
  return {
    stream: fileStream(
      pages,
      format === 'csv' ? csvLine([...PLATFORM, ...columns.map(csvCell), 'other']) : '',
      format === 'csv' ? line : jsonLine,
    ),
    contentType: fileType(format),
    fileName,
  };
}
