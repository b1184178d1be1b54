import type { Command } from 'commander';
import type { Shape } from '@/server/client/client';
import { act, listOptions, showList, showOne, type Call, type ListOptions } from '../call';
import type { Column } from '../output';
import { answered } from '../session';
import type { Terminal } from '../terminal';
import { addRegistryDecisions } from './registry-decisions';

type Entry = Shape<'RegistryEntry'>;

const ENTRIES: readonly Column<Entry>[] = [
  { title: 'TABLE', of: (entry) => entry.source_table },
  { title: 'SCOPE', of: ({ scope }) => scope },
  { title: 'STATUS', of: ({ status }) => status },
  { title: 'DEVICES', of: (entry) => entry.device_count, align: 'right' },
  { title: 'SCHEMA', of: (entry) => entry.schema_hash.slice(0, 12) },
  { title: 'ID', of: ({ id }) => id },
];

/** `tidegate registry list|get|reconcile|reviews|review|claim|release|approve|reject|abandon` */
export function addRegistry(program: Command, terminal: Terminal): void {
  const registry = program
    .command('registry')
    .description('schemas that are decided once for a project or a fleet');
  addList(registry, terminal);
  addEntry(registry, terminal);
  addRegistryDecisions(registry, terminal);
}

interface ReconcileOptions {
  dryRun?: true;
}

interface EntryFilters extends ListOptions {
  status?: Entry['status'];
  scope?: Entry['scope'];
  table?: string;
}

function addList(registry: Command, terminal: Terminal): void {
  listOptions(registry.command('list').description('the schemas that the registry knows'))
    .option('--status <status>', 'pending, approved or rejected')
    .option('--scope <scope>', 'project or fleet')
    .option('--table <name>', 'of one source table')
    .addHelpText('after', '\nExample:\n  tidegate registry list --status approved')
    .action(
      act<EntryFilters>(terminal, async (call) => {
        const { status, scope, table } = call.options;
        const path = await call.session.inProject();
        const query = {
          ...(status === undefined ? {} : { status }),
          ...(scope === undefined ? {} : { scope }),
          ...(table === undefined ? {} : { source_table: table }),
        };
        await showList(call, ENTRIES, (paging) =>
          answered(
            call.session.client.GET('/projects/{project_id}/edge/registry', {
              params: { path, query: { ...query, ...paging } },
            }),
          ),
        );
      }),
    );
}

const place = async ({ session, arg }: Call) => ({ ...(await session.inProject()), registry_id: arg(0) });

function addEntry(registry: Command, terminal: Terminal): void {
  registry
    .command('get <entry>')
    .description('one schema of the registry')
    .addHelpText('after', '\nExample:\n  tidegate registry get 0197b3c2-… --json')
    .action(
      act(terminal, async (call) => {
        const { data } = await answered(
          call.session.client.GET('/projects/{project_id}/edge/registry/{registry_id}', {
            params: { path: await place(call) },
          }),
        );
        const columns = (data.columns ?? []).map((column) => `${column.name} ${column.decl_type_affinity}`);
        showOne(call, data, {
          id: data.id,
          table: data.source_table,
          scope: data.scope,
          status: data.status,
          devices: data.device_count,
          columns: columns.join(', '),
          schema_hash: data.schema_hash,
          mirror_id: data.mirror_id,
        });
      }),
    );
  registry
    .command('reconcile <entry>')
    .description('bind and replay every lineage in scope on an approved schema')
    .option('--dry-run', 'say what it would do, and do nothing')
    .addHelpText('after', '\nExample:\n  tidegate registry reconcile 0197b3c2-…')
    .action(
      act<ReconcileOptions>(terminal, async (call) => {
        const { data } = await answered(
          call.session.client.POST('/projects/{project_id}/edge/registry/{registry_id}/reconcile', {
            params: { path: await place(call) },
            body: { dry_run: call.options.dryRun === true },
          }),
        );
        showOne(call, data, { ...data });
      }),
    );
}
