import type { Command } from 'commander';
import type { Shape } from '@/server/client/client';
import { act, listOptions, showList, showOne, type Call, type ListOptions } from '../call';
import { usageError } from '../exit';
import { cell, type Column } from '../output';
import { answered, deviceIdOf, inLineage } from '../session';
import { confirmed, type Terminal } from '../terminal';

const causesOf = ({ pause_causes: causes }: Shape<'Lineage'>): string =>
  causes.map(({ cause }) => cause).join(', ');

const COLUMNS: readonly Column<Shape<'Lineage'>>[] = [
  { title: 'DEVICE', of: (lineage) => lineage.device_name },
  { title: 'TABLE', of: (lineage) => lineage.source_table },
  { title: 'STATUS', of: ({ status }) => status },
  { title: 'PAUSED BY', of: causesOf },
  { title: 'STAGED', of: (lineage) => lineage.staged_row_count, align: 'right' },
  { title: 'LAST BATCH', of: (lineage) => lineage.last_batch_at },
  { title: 'ID', of: ({ id }) => id },
];

const STAGED: readonly Column<Shape<'StagedRow'>>[] = [
  { title: 'ID', of: ({ id }) => id, align: 'right' },
  { title: 'OP', of: ({ op }) => op },
  { title: 'SEQ', of: (row) => row.commit_seq, align: 'right' },
  { title: 'REASON', of: (row) => row.staging_reason },
  { title: 'KEY', of: ({ pk }) => pk },
  { title: 'ROW', of: ({ row }) => row },
  { title: 'ERROR', of: ({ error }) => error },
];

interface LineageFilters extends ListOptions {
  device?: string;
  table?: string;
  status?: 'active' | 'paused';
  pauseCause?: 'schema_review' | 'operator' | 'backpressure' | 'circuit_breaker';
  search?: string;
}

/** `tidegate lineages list|get|staged|rows|reset|delete` */
export function addLineages(program: Command, terminal: Terminal): void {
  const lineages = program
    .command('lineages')
    .description('one per device and source table; <lineage> is a UUID or <device>/<table>');
  addList(lineages, terminal);
  addGet(lineages, terminal);
  addStaged(lineages, terminal);
  addRows(lineages, terminal);
  addReset(lineages, terminal);
  addDelete(lineages, terminal);
}

function addList(lineages: Command, terminal: Terminal): void {
  listOptions(lineages.command('list').description('the lineages of the project'))
    .option('--device <name>', 'of one device, by name or UUID')
    .option('--table <name>', 'of one source table')
    .option('--status <status>', 'active or paused')
    .option('--pause-cause <cause>', 'schema_review, operator, backpressure or circuit_breaker')
    .option('--search <text>', 'whose device or table holds the text')
    .addHelpText(
      'after',
      '\nExample:\n  tidegate lineages list --status paused --pause-cause circuit_breaker',
    )
    .action(
      act<LineageFilters>(terminal, async (call) => {
        const { device, table, status, pauseCause, search } = call.options;
        const path = await call.session.inProject();
        const query = {
          ...(device === undefined ? {} : { device_id: await deviceIdOf(call.session, device) }),
          ...(table === undefined ? {} : { source_table: table }),
          ...(status === undefined ? {} : { status }),
          ...(pauseCause === undefined ? {} : { pause_cause: pauseCause }),
          ...(search === undefined ? {} : { q: search }),
        };
        await showList(call, COLUMNS, (paging) =>
          answered(
            call.session.client.GET('/projects/{project_id}/edge/lineages', {
              params: { path, query: { ...query, ...paging } },
            }),
          ),
        );
      }),
    );
}

async function detailOf({ session, arg }: Call): Promise<Shape<'LineageDetail'>> {
  const path = await inLineage(session, arg(0));
  const { data } = await answered(
    session.client.GET('/projects/{project_id}/edge/lineages/{lineage_id}', { params: { path } }),
  );
  return data;
}

function addGet(lineages: Command, terminal: Terminal): void {
  lineages
    .command('get <lineage>')
    .description('one lineage: state, schema, replay, mirror')
    .addHelpText('after', '\nExample:\n  tidegate lineages get pump-01/readings')
    .action(
      act(terminal, async (call) => {
        const detail = await detailOf(call);
        const { lineage, mirror, replay_intent: replay, open_review: review } = detail;
        showOne(call, detail, {
          id: lineage.id,
          device: `${lineage.device_name} (${lineage.device_id})`,
          table: lineage.source_table,
          status: lineage.status,
          paused_by: lineage.pause_causes.map(({ cause, detail: why }) => `${cause}: ${why}`).join('; '),
          staged_rows: lineage.staged_row_count,
          last_batch_at: lineage.last_batch_at,
          schema_hash: lineage.current_schema_hash,
          mirror_table: mirror?.mirror_table_name,
          replay:
            replay === null ? null : `${replay.status}, ${replay.done_rows} of ${replay.total_rows} rows`,
          last_error: lineage.materialization_last_error,
          open_review: review?.id,
        });
      }),
    );
}

function addStaged(lineages: Command, terminal: Terminal): void {
  listOptions(lineages.command('staged <lineage>').description('the rows that are held back'))
    .addHelpText(
      'after',
      '\nExample:\n  tidegate lineages staged pump-01/readings --all --json > staged.json',
    )
    .action(
      act<ListOptions>(terminal, async (call) => {
        const path = await inLineage(call.session, call.arg(0));
        await showList(call, STAGED, (query) =>
          answered(
            call.session.client.GET('/projects/{project_id}/edge/lineages/{lineage_id}/staged-rows', {
              params: { path, query },
            }),
          ),
        );
      }),
    );
}

interface RowFilters extends ListOptions {
  columns?: string;
  filter?: string;
  sort?: string;
}

function addRows(lineages: Command, terminal: Terminal): void {
  listOptions(lineages.command('rows <lineage>').description('the rows in the mirror table'))
    .option('--columns <a,b>', 'only these mirror columns')
    .option('--filter <column:value>', 'only rows where the column has the value')
    .option('--sort <column>', 'by a mirror column; -column for descending')
    .addHelpText('after', '\nExample:\n  tidegate lineages rows pump-01/readings --sort=-id --limit 10')
    .action(
      act<RowFilters>(terminal, async (call) => {
        const { columns, filter, sort } = call.options;
        const path = await inLineage(call.session, call.arg(0));
        const query = {
          ...(columns === undefined ? {} : { columns }),
          ...(filter === undefined ? {} : { filter }),
          ...(sort === undefined ? {} : { sort }),
        };
        const shown: Column<Shape<'MirrorRow'>>[] = [];
        await showList(call, shown, async (paging) => {
          const { data, meta } = await answered(
            call.session.client.GET('/projects/{project_id}/edge/lineages/{lineage_id}/mirror-rows', {
              params: { path, query: { ...query, ...paging } },
            }),
          );
          if (shown.length === 0) shown.push(...data.columns.map(({ name }) => mirrorColumn(name)));
          return { data: data.rows, meta };
        });
      }),
    );
}

const mirrorColumn = (name: string): Column<Shape<'MirrorRow'>> => ({
  title: cell(name),
  of: ({ data }) => data[name],
});

function addReset(lineages: Command, terminal: Terminal): void {
  lineages
    .command('reset <lineage>')
    .description('try the failed rows again and close the circuit breaker')
    .addHelpText('after', '\nExample:\n  tidegate lineages reset pump-01/readings')
    .action(
      act(terminal, async (call) => {
        const path = await inLineage(call.session, call.arg(0));
        const { data } = await answered(
          call.session.client.POST(
            '/projects/{project_id}/edge/lineages/{lineage_id}/reset-materialization',
            { params: { path } },
          ),
        );
        showOne(call, data, { ...data });
      }),
    );
}

interface DeleteOptions {
  dropMirror?: true;
  expectedStagedRows?: string;
  yes?: true;
}

function addDelete(lineages: Command, terminal: Terminal): void {
  lineages
    .command('delete <lineage>')
    .description('delete the cloud state of a lineage; the device is untouched')
    .option('--drop-mirror', 'the mirror table goes too')
    .option('--expected-staged-rows <n>', 'refuse where another number of rows is staged; needed with --yes')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExample:\n  tidegate lineages delete pump-01/readings --expected-staged-rows 0 --yes',
    )
    .action(
      act<DeleteOptions>(terminal, async (call) => {
        const { dropMirror, yes, expectedStagedRows } = call.options;
        if (yes === true && expectedStagedRows === undefined) {
          throw usageError('With --yes, say how many staged rows may go: --expected-staged-rows <n>.');
        }
        const { lineage, mirror } = await detailOf(call);
        const expected = expectedStagedRows ?? String(lineage.staged_row_count);
        const ofMirror =
          mirror === null
            ? ''
            : dropMirror === true
              ? ` Its mirror table ${mirror.mirror_table_name} (about ${mirror.row_count_estimate} rows) goes too.`
              : ` Its mirror table ${mirror.mirror_table_name} stays.`;
        await confirmed(
          call.terminal,
          `Delete ${cell(lineage.source_table)} of ${cell(lineage.device_name)}: ${expected} staged rows go.${ofMirror}`,
          yes === true,
        );
        const { data } = await answered(
          call.session.client.DELETE('/projects/{project_id}/edge/lineages/{lineage_id}', {
            params: {
              path: { project_id: lineage.project_id, lineage_id: lineage.id },
              query: { expected_staged_rows: expected, drop_mirror: dropMirror === true ? 'true' : 'false' },
            },
          }),
        );
        showOne(call, data, { ...data });
      }),
    );
}
