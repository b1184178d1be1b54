// Rows of a mirror as a file of any length. In key order they are walked by key, page after page: no transaction
// stays open for the length of the download, each key comes at most once, and a row that changes meanwhile comes as
// it is when the walk gets there. Any other order is sorted once by one statement, which sees one moment.
import type { z } from 'zod';
import { exportMirrorRowsInput, type ExportMirrorRowsInput, type MirrorRow } from '@/server/contract/rows';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { requireMirrorOf, toMirrorRow } from './list-mirror-rows';
import { checkMirrorQuery } from './mirror-query';
import { isKeyOrder, readRows, readSorted, type MirrorSource, type ReadRow } from './mirror-select';
import type { MirrorView } from './read-mirror';

/** What a page of the walk reads at once. */
const PAGE_ROWS = 1000;

export interface MirrorExport {
  fileName: string;
  columns: MirrorView['columns'];
  pages: AsyncGenerator<MirrorRow[]>;
}

/** Checks, records who takes what, then answers the pages. */
export async function exportMirrorRows({
  ctx,
  projectId,
  lineageId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
  input: z.input<typeof exportMirrorRowsInput>;
}): Promise<MirrorExport> {
  requirePermission(ctx, 'PROJECT_CAN_READ_ROWS');
  const asked = parseInput(exportMirrorRowsInput, input, 'query');
  const { mirror, deviceId, fleetId } = await requireMirrorOf(ctx, projectId, lineageId);
  const made = mirrorExport(ctx, mirror, deviceId, asked);
  await recordEvent(ctx, {
    kind: 'edge_rows.exported',
    subject: { kind: 'lineage', id: lineageId },
    projectId,
    fleetId,
    deviceId,
    lineageId,
    data: { source: 'mirror', ...exportFacts(mirror, asked) },
  });
  return made;
}

/** What an event says of an export: which columns were looked at, never a value. */
export const exportFacts = (mirror: MirrorView, asked: ExportMirrorRowsInput) => {
  const { columns, conditions, sort } = checkMirrorQuery(mirror, asked);
  return {
    mirror_table_name: mirror.mirror_table_name,
    format: asked.format,
    columns: columns.map(({ name }) => name),
    filtered_by: conditions.map(({ name, op }) => `${name} ${op}`),
    sorted_by: sort?.name ?? null,
  };
};

/** The export of a mirror the caller may read; of one device, or with null of all of them. */
export function mirrorExport(
  { db: { sql } }: Ctx,
  mirror: MirrorView,
  deviceId: string | null,
  asked: ExportMirrorRowsInput,
): MirrorExport {
  const query = checkMirrorQuery(mirror, asked);
  const source: MirrorSource = { sql, mirror, deviceId, query };
  const read = isKeyOrder(source) ? walk(source) : readSorted(source, PAGE_ROWS);
  return {
    fileName: `${mirror.source_table.replace(/[^\w.-]+/g, '_').slice(0, 80)}-mirror.${asked.format}`,
    columns: query.columns,
    pages: (async function* pages() {
      for await (const rows of read) yield rows.map((row) => toMirrorRow(row, query));
    })(),
  };
}

async function* walk(source: MirrorSource): AsyncGenerator<ReadRow[]> {
  let after: ReadRow['position'] | null = null;
  for (;;) {
    const rows: ReadRow[] = await readRows(source, { after, offset: 0 }, PAGE_ROWS);
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.position ?? null;
    if (rows.length < PAGE_ROWS) return;
  }
}
