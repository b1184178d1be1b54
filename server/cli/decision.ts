// What the decisions on a device's review and on the registry's have in common on the command line.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Shape } from '@/server/client/client';
import { count } from './call';
import { usageError } from './exit';
import type { Terminal } from './terminal';

type Action = Shape<'ColumnAction'>;

/** Below the help of a command that takes column actions. */
export const ACTIONS_HELP = `
A column action: {"source_column_name": "price", "action": "mirror"}; actions are mirror, map, ignore, defer
and auto_create_and_map. Every source column needs one.`;

export interface Versioned {
  actionVersion?: number;
}

/** Adds the option that a decision is about one state of its review alone. */
export const versionOption = (command: Command): Command =>
  command.option('--action-version <n>', 'refuse where the review has moved on since', count);

/** The actions of --actions; null with --mirror-all. One of the two has to be given. */
export async function givenActions(
  terminal: Terminal,
  { actions, mirrorAll }: { actions: string | undefined; mirrorAll: true | undefined },
): Promise<Action[] | null> {
  if ((actions === undefined) === (mirrorAll === undefined)) {
    throw usageError('Give either --actions <file> or --mirror-all.');
  }
  return actions === undefined ? null : readActions(terminal, actions);
}

/** The server says what is wrong with an action; here it only has to be a list. */
async function readActions(terminal: Terminal, file: string): Promise<Action[]> {
  let value: unknown;
  try {
    value = JSON.parse(file === '-' ? await terminal.readStdin() : readFileSync(file, 'utf8'));
  } catch (error) {
    throw usageError(`${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
  const list = Array.isArray(value) ? value : (value as { column_actions?: unknown } | null)?.column_actions;
  if (!Array.isArray(list)) throw usageError(`${file} holds neither an array nor {"column_actions": […]}.`);
  return list as Action[];
}
