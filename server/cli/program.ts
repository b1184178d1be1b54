// Every command there is, and how a run ends: a sentence on stderr and an exit code, never a stack trace.
import { Command, CommanderError } from 'commander';
import { addAccount } from './commands/account';
import { addDevices } from './commands/devices';
import { addLineages } from './commands/lineages';
import { addEvents, addRejected } from './commands/records';
import { addRegistry } from './commands/registry';
import { addReviews } from './commands/reviews';
import { completionScript, SHELLS } from './completion';
import { CliError, EXIT, type ExitCode } from './exit';
import type { Terminal } from './terminal';

const HELP = `
Environment:
  TIDEGATE_URL      where Tidegate is; goes before what "tidegate login" kept
  TIDEGATE_TOKEN    a personal API token
  TIDEGATE_PROJECT  the project, as --project
  TIDEGATE_ORG      the organisation, as --org

Exit codes:
  0  done
  1  refused: the request was understood and not accepted
  2  usage: the command line is wrong, or nobody could be asked
  3  not signed in, or not permitted
  4  not found
  5  conflict: the state has moved on
  6  Tidegate cannot be reached

Examples:
  tidegate login --url https://tidegate.example
  tidegate reviews list
  tidegate reviews approve 0197b3c2-… --claim --mirror-all
  tidegate lineages list --status paused --json`;

/** The whole command line. */
export function tidegateProgram(terminal: Terminal): Command {
  const program = new Command('tidegate')
    .description('Tidegate from the command line: reviews, lineages, devices, events.')
    .option('--url <address>', 'where Tidegate is')
    .option('--project <project>', 'the project, by name, topic or UUID')
    .option('--org <id>', 'the organisation, where you are in several')
    .option('--json', 'JSON instead of columns')
    .addHelpText('after', HELP);
  addAccount(program, terminal);
  addReviews(program, terminal);
  addRegistry(program, terminal);
  addLineages(program, terminal);
  addDevices(program, terminal);
  addEvents(program, terminal);
  addRejected(program, terminal);
  program
    .command('completion <shell>')
    .description(`completion for ${SHELLS.join(', ')}`)
    .addHelpText('after', '\nExample:\n  source <(tidegate completion bash)')
    .action((shell: string) => terminal.print(completionScript(program, shell)));
  everyCommand(program, (command) => {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.say(text.trimEnd()),
    });
  });
  return program;
}

function everyCommand(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const sub of command.commands) everyCommand(sub, change);
}

/** Runs one command line; says what went wrong, and returns the exit code. */
export async function runTidegate(terminal: Terminal, words: readonly string[]): Promise<ExitCode> {
  try {
    await tidegateProgram(terminal).parseAsync([...words], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof CliError)) throw error;
    terminal.say(error.code === null ? error.message : `${error.message} (${error.code})`);
    return error.exitCode;
  }
}
