// One invocation of a command: its session, arguments and options, and the two ways to show what came back.
import { InvalidArgumentError, type Command } from 'commander';
import type { Shape } from '@/server/client/client';
import { fields, jsonText, table, type Column } from './output';
import { openSession, type Session } from './session';
import type { GivenSettings } from './settings';
import type { Terminal } from './terminal';

const PAGE_ITEMS_MAX = 500;
const LIST_ITEMS_DEFAULT = 50;

export interface GlobalOptions extends GivenSettings {
  json?: true;
}

export interface Call<Options = object> {
  session: Session;
  terminal: Terminal;
  options: GlobalOptions & Options;
  /** The argument at `index`; commander has refused a call without it. */
  arg(index: number): string;
}

/** A commander action that runs `body` with a session. */
export const act =
  <Options extends object = object>(terminal: Terminal, body: (call: Call<Options>) => Promise<void>) =>
  async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<GlobalOptions & Options>();
    const arg = (index: number): string => command.args[index] ?? '';
    await body({ session: openSession(terminal, options), terminal, options, arg });
  };

/** Shows one thing: as lines of names and values, or with --json whole. */
export function showOne({ terminal, options }: Call, data: unknown, shown: Record<string, unknown>): void {
  terminal.print(options.json === true ? jsonText(data) : fields(shown));
}

export interface ListOptions {
  limit?: number;
  all?: true;
}

interface Page<Item> {
  data: Item[];
  meta: Shape<'PageMeta'>;
}

/** Adds the options of a list. */
export const listOptions = (command: Command): Command =>
  command
    .option('--limit <n>', `how many at most (${LIST_ITEMS_DEFAULT} unless said)`, count)
    .option('--all', 'every one, however many');

/** Reads and shows a list: page by page by the cursor, up to what was asked for. */
export async function showList<Item>(
  { terminal, options }: Call<ListOptions>,
  columns: readonly Column<Item>[],
  page: (paging: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<void> {
  const wanted = options.all === true ? Infinity : (options.limit ?? LIST_ITEMS_DEFAULT);
  const items: Item[] = [];
  let meta: Shape<'PageMeta'> | undefined;
  do {
    const limit = Math.min(PAGE_ITEMS_MAX, wanted - items.length);
    const cursor = meta?.next_cursor ?? undefined;
    const answer = await page({ limit, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...answer.data);
    meta = answer.meta;
  } while (items.length < wanted && meta.next_cursor !== null);
  if (options.json === true) return terminal.print(jsonText(items));
  if (items.length === 0) return terminal.say('There is none.');
  terminal.print(table(columns, items));
  if (items.length < meta.total_items) {
    terminal.say(`${items.length} of ${meta.total_items}; --all shows every one.`);
  }
}

/** A whole number from 1, as commander parses an option. */
export function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number from 1.');
  return Number(text);
}
