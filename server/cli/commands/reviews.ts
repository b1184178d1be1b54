import type { Command } from 'commander';
import type { Shape } from '@/server/client/client';
import { act, listOptions, showList, showOne, type Call, type ListOptions } from '../call';
import { ACTIONS_HELP, givenActions, versionOption, type Versioned } from '../decision';
import { fields, jsonText, table, type Column } from '../output';
import { answered, deviceIdOf } from '../session';
import type { Terminal } from '../terminal';

type Review = Shape<'SchemaReview'>;
type Action = Shape<'ColumnAction'>;

const REVIEW = '/projects/{project_id}/edge/schema-reviews/{schema_review_id}';

const COLUMNS: readonly Column<Review>[] = [
  { title: 'DEVICE', of: (review) => review.device_name },
  { title: 'TABLE', of: (review) => review.source_table },
  { title: 'STATUS', of: ({ status }) => status },
  { title: 'CLASSIFICATION', of: ({ classification }) => classification },
  { title: 'STAGED', of: (review) => review.staged_row_count, align: 'right' },
  { title: 'CLAIMED BY', of: (review) => review.claimed_by_name },
  { title: 'SINCE', of: (review) => review.created_at },
  { title: 'ID', of: ({ id }) => id },
];

const OF_REVIEW: readonly Column<Shape<'ReviewColumn'>>[] = [
  { title: 'COLUMN', of: ({ name }) => name },
  { title: 'TYPE', of: (column) => column.decl_type_affinity },
  { title: 'KEY', of: (column) => (column.pk_ordinal === 0 ? '' : column.pk_ordinal), align: 'right' },
  { title: 'NOT NULL', of: (column) => (column.not_null ? 'yes' : '') },
  { title: 'PROPOSED', of: ({ proposed }) => proposed.action },
  { title: 'BECAUSE', of: (column) => column.proposal_reason },
];

/** `tidegate reviews list|get|claim|release|approve|reject` */
export function addReviews(program: Command, terminal: Terminal): void {
  const reviews = program.command('reviews').description('schema reviews: the queue and the decisions');
  addList(reviews, terminal);
  addGet(reviews, terminal);
  addClaim(reviews, terminal);
  addApprove(reviews, terminal);
  addReject(reviews, terminal);
}

interface ReviewFilters extends ListOptions {
  status?: 'open' | Review['status'];
  device?: string;
  table?: string;
}

function addList(reviews: Command, terminal: Terminal): void {
  listOptions(reviews.command('list').description('the reviews that wait for a decision'))
    .option('--status <status>', 'open, queued, in_review, approved, rejected or superseded', 'open')
    .option('--device <name>', 'of one device, by name or UUID')
    .option('--table <name>', 'of one source table')
    .addHelpText('after', '\nExample:\n  tidegate reviews list --table readings')
    .action(
      act<ReviewFilters>(terminal, async (call) => {
        const { status, device, table: sourceTable } = call.options;
        const path = await call.session.inProject();
        const query = {
          ...(status === undefined ? {} : { status }),
          ...(device === undefined ? {} : { device_id: await deviceIdOf(call.session, device) }),
          ...(sourceTable === undefined ? {} : { source_table: sourceTable }),
        };
        await showList(call, COLUMNS, (paging) =>
          answered(
            call.session.client.GET('/projects/{project_id}/edge/schema-reviews', {
              params: { path, query: { ...query, ...paging } },
            }),
          ),
        );
      }),
    );
}

const place = async ({ session, arg }: Call) => ({
  ...(await session.inProject()),
  schema_review_id: arg(0),
});

async function detailOf(call: Call): Promise<Shape<'ReviewDetail'>> {
  const { data } = await answered(call.session.client.GET(REVIEW, { params: { path: await place(call) } }));
  return data;
}

const summaryOf = (review: Review): Record<string, unknown> => ({
  id: review.id,
  device: review.device_name,
  table: review.source_table,
  status: review.status,
  action_version: review.action_version,
  classification: review.classification,
  staged_rows: review.staged_row_count,
  claimed_by: review.claimed_by_name,
  reason: review.reason,
});

const shown = (call: Call, review: Review): void => showOne(call, review, summaryOf(review));

function addGet(reviews: Command, terminal: Terminal): void {
  reviews
    .command('get <review>')
    .description('one review, column by column')
    .addHelpText('after', '\nExample:\n  tidegate reviews get 0197b3c2-… --json')
    .action(
      act(terminal, async (call) => {
        const review = await detailOf(call);
        if (call.options.json === true) return terminal.print(jsonText(review));
        terminal.print(`${fields(summaryOf(review))}\n\n${table(OF_REVIEW, review.columns)}`);
      }),
    );
}

async function versionOf(call: Call<Versioned>): Promise<number> {
  return call.options.actionVersion ?? (await detailOf(call)).action_version;
}

async function claim(call: Call<Versioned & { takeOver?: true }>): Promise<Review> {
  const { data } = await answered(
    call.session.client.POST(`${REVIEW}/claim`, {
      params: { path: await place(call) },
      body: { action_version: await versionOf(call), take_over: call.options.takeOver === true },
    }),
  );
  return data;
}

function addClaim(reviews: Command, terminal: Terminal): void {
  versionOption(reviews.command('claim <review>').description('claim a review before deciding it'))
    .option('--take-over', 'take it from the person who has claimed it')
    .addHelpText('after', '\nExample:\n  tidegate reviews claim 0197b3c2-…')
    .action(act<Versioned & { takeOver?: true }>(terminal, async (call) => shown(call, await claim(call))));
  versionOption(reviews.command('release <review>').description('give a claimed review back')).action(
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

interface ApproveOptions extends Versioned {
  actions?: string;
  mirrorAll?: true;
  claim?: true;
}

function addApprove(reviews: Command, terminal: Terminal): void {
  versionOption(reviews.command('approve <review>').description('approve a review that you have claimed'))
    .option('--actions <file>', 'JSON: an array of column actions, or {"column_actions": […]}; - is stdin')
    .option('--mirror-all', 'mirror every column')
    .option('--claim', 'claim it first')
    .addHelpText(
      'after',
      `${ACTIONS_HELP}

Examples:
  tidegate reviews approve 0197b3c2-… --claim --mirror-all
  tidegate reviews approve 0197b3c2-… --actions decision.json`,
    )
    .action(
      act<ApproveOptions>(terminal, async (call) => {
        const { actions, mirrorAll, claim: isToClaim } = call.options;
        const given = await givenActions(terminal, { actions, mirrorAll });
        const action_version =
          isToClaim === true ? (await claim(call)).action_version : await versionOf(call);
        const column_actions = given ?? (await mirrorActions(call));
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

const mirrorActions = async (call: Call): Promise<Action[]> =>
  (await detailOf(call)).columns.map(({ name }) => ({ source_column_name: name, action: 'mirror' }));

function addReject(reviews: Command, terminal: Terminal): void {
  versionOption(reviews.command('reject <review>').description('reject a review that you have claimed'))
    .requiredOption('--reason <text>', 'why; the audit log keeps it')
    .option('--claim', 'claim it first')
    .addHelpText(
      'after',
      '\nExample:\n  tidegate reviews reject 0197b3c2-… --claim --reason "holds names of people"',
    )
    .action(
      act<Versioned & { reason: string; claim?: true }>(terminal, async (call) => {
        const action_version =
          call.options.claim === true ? (await claim(call)).action_version : await versionOf(call);
        const { data } = await answered(
          call.session.client.POST(`${REVIEW}/reject`, {
            params: { path: await place(call) },
            body: { action_version, reason: call.options.reason },
          }),
        );
        shown(call, data);
      }),
    );
}
