import type { Command } from 'commander';
import type { Shape } from '@/server/client/client';
import { act, listOptions, showList, showOne, type Call, type ListOptions } from '../call';
import { ACTIONS_HELP, givenActions, versionOption, type Versioned } from '../decision';
import { fields, jsonText, table, type Column } from '../output';
import { answered } from '../session';
import type { Terminal } from '../terminal';

type Review = Shape<'RegistryReview'>;

const REVIEW = '/projects/{project_id}/edge/registry-reviews/{registry_review_id}';

const REVIEWS: readonly Column<Review>[] = [
  { title: 'TABLE', of: (review) => review.source_table },
  { title: 'SCOPE', of: ({ scope }) => scope },
  { title: 'STATUS', of: ({ status }) => status },
  { title: 'CLASSIFICATION', of: ({ classification }) => classification },
  { title: 'DEVICES', of: (review) => review.waiting_lineages, align: 'right' },
  { title: 'STAGED', of: (review) => review.staged_row_count, align: 'right' },
  { title: 'CLAIMED BY', of: (review) => review.claimed_by_name },
  { title: 'SINCE', of: (review) => review.created_at },
  { title: 'ID', of: ({ id }) => id },
];

const COLUMNS: readonly Column<Shape<'RegistryReviewDetail'>['columns'][number]>[] = [
  { title: 'COLUMN', of: ({ name }) => name },
  { title: 'TYPE', of: (column) => column.decl_type_affinity },
  { title: 'PROPOSED', of: ({ proposed }) => proposed.action },
  { title: 'BECAUSE', of: (column) => column.proposal_reason },
];

/** `tidegate registry reviews|review|claim|release|approve|reject|abandon` */
export function addRegistryDecisions(registry: Command, terminal: Terminal): void {
  addReviews(registry, terminal);
  addClaim(registry, terminal);
  addApprove(registry, terminal);
  addEnd(registry, terminal, {
    name: 'reject',
    says: 'reject for every device that waits',
    why: 'holds names of people',
  });
  addEnd(registry, terminal, {
    name: 'abandon',
    says: 'decide nothing: the devices ask again, as the coalescing mode then says',
    why: 'each device decides for itself now',
  });
}

function addReviews(registry: Command, terminal: Terminal): void {
  listOptions(registry.command('reviews').description("the registry's reviews that wait for a decision"))
    .option('--status <status>', 'open, queued, in_review, approved, rejected or abandoned', 'open')
    .option('--table <name>', 'of one source table')
    .addHelpText('after', '\nExample:\n  tidegate registry reviews --table readings')
    .action(
      act<ListOptions & { status: 'open' | Review['status']; table?: string }>(terminal, async (call) => {
        const { status, table: sourceTable } = call.options;
        const path = await call.session.inProject();
        const query = { status, ...(sourceTable === undefined ? {} : { source_table: sourceTable }) };
        await showList(call, REVIEWS, (paging) =>
          answered(
            call.session.client.GET('/projects/{project_id}/edge/registry-reviews', {
              params: { path, query: { ...query, ...paging } },
            }),
          ),
        );
      }),
    );
  registry
    .command('review <review>')
    .description('one registry review, column by column')
    .addHelpText('after', '\nExample:\n  tidegate registry review 0197b3c2-… --json')
    .action(
      act(terminal, async (call) => {
        const review = await detailOf(call);
        if (call.options.json === true) return terminal.print(jsonText(review));
        terminal.print(`${fields(summaryOf(review))}\n\n${table(COLUMNS, review.columns)}`);
      }),
    );
}

const place = async ({ session, arg }: Call) => ({
  ...(await session.inProject()),
  registry_review_id: arg(0),
});

async function detailOf(call: Call): Promise<Shape<'RegistryReviewDetail'>> {
  const { data } = await answered(call.session.client.GET(REVIEW, { params: { path: await place(call) } }));
  return data;
}

const summaryOf = (review: Review): Record<string, unknown> => ({
  id: review.id,
  table: review.source_table,
  scope: review.scope,
  status: review.status,
  action_version: review.action_version,
  classification: review.classification,
  devices: review.waiting_lineages,
  staged_rows: review.staged_row_count,
  claimed_by: review.claimed_by_name,
  reason: review.reason,
  registry_id: review.registry_id,
});

const shown = (call: Call, review: Review): void => showOne(call, review, summaryOf(review));

type Claiming = Versioned & { takeOver?: true; claim?: true };

async function claim(call: Call<Claiming>): Promise<Review> {
  const action_version = call.options.actionVersion ?? (await detailOf(call)).action_version;
  const { data } = await answered(
    call.session.client.POST(`${REVIEW}/claim`, {
      params: { path: await place(call) },
      body: { action_version, take_over: call.options.takeOver === true },
    }),
  );
  return data;
}

/** The version to decide at; with --claim, after the claim. */
async function versionOf(call: Call<Claiming>): Promise<number> {
  if (call.options.claim === true) return (await claim(call)).action_version;
  return call.options.actionVersion ?? (await detailOf(call)).action_version;
}

function addClaim(registry: Command, terminal: Terminal): void {
  versionOption(registry.command('claim <review>').description('claim a registry review before deciding it'))
    .option('--take-over', 'take it from the person who has claimed it')
    .addHelpText('after', '\nExample:\n  tidegate registry claim 0197b3c2-…')
    .action(act<Claiming>(terminal, async (call) => shown(call, await claim(call))));
  versionOption(registry.command('release <review>').description('give a claimed review back')).action(
    act<Versioned>(terminal, async (call) => {
      const { data } = await answered(
        call.session.client.POST(`${REVIEW}/release`, {
          params: { path: await place(call) },
          body: { action_version: await versionOf(call) },
        }),
      );
      shown(call, data);
    }),
  );
}

function addApprove(registry: Command, terminal: Terminal): void {
  versionOption(registry.command('approve <review>').description('approve for every device that waits'))
    .option('--actions <file>', 'JSON: an array of column actions, or {"column_actions": […]}; - is stdin')
    .option('--mirror-all', 'mirror every column')
    .option('--claim', 'claim it first')
    .addHelpText(
      'after',
      `${ACTIONS_HELP}

Example:
  tidegate registry approve 0197b3c2-… --claim --mirror-all`,
    )
    .action(
      act<Claiming & { actions?: string; mirrorAll?: true }>(terminal, async (call) => {
        const { actions, mirrorAll } = call.options;
        const given = await givenActions(terminal, { actions, mirrorAll });
        const action_version = await versionOf(call);
        const column_actions =
          given ??
          (await detailOf(call)).columns.map(({ name }) => ({
            source_column_name: name,
            action: 'mirror' as const,
          }));
        const { data } = await answered(
          call.session.client.POST(`${REVIEW}/approve`, {
            params: { path: await place(call) },
            body: { action_version, column_actions },
          }),
        );
        shown(call, data);
      }),
    );
}

interface Ending {
  name: 'reject' | 'abandon';
  says: string;
  /** A reason, for the example. */
  why: string;
}

function addEnd(registry: Command, terminal: Terminal, { name, says, why }: Ending): void {
  versionOption(registry.command(`${name} <review>`).description(says))
    .requiredOption('--reason <text>', 'why; the audit log keeps it')
    .option('--claim', 'claim it first')
    .addHelpText('after', `\nExample:\n  tidegate registry ${name} 0197b3c2-… --claim --reason "${why}"`)
    .action(
      act<Claiming & { reason: string }>(terminal, async (call) => {
        const action_version = await versionOf(call);
        const { data } = await answered(
          call.session.client.POST(`${REVIEW}/${name}`, {
            params: { path: await place(call) },
            body: { action_version, reason: call.options.reason },
          }),
        );
        shown(call, data);
      }),
    );
}
