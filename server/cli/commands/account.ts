import type { Command } from 'commander';
import type { Shape } from '@/server/client/client';
import { act, listOptions, showList, showOne, type GlobalOptions, type ListOptions } from '../call';
import { usageError } from '../exit';
import type { Column } from '../output';
import { answered, openSession } from '../session';
import { forgetSettings, originOf, readSettings, settingsPath, writeSettings } from '../settings';
import type { Terminal } from '../terminal';

const PROJECTS: readonly Column<Shape<'Project'>>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'TOPIC', of: (project) => project.topic_slug },
  { title: 'ID', of: ({ id }) => id },
];

/** `tidegate login|logout|status|use` and `tidegate projects list` */
export function addAccount(program: Command, terminal: Terminal): void {
  addLogin(program, terminal);
  addStatus(program, terminal);
  addProjects(program, terminal);
}

function addLogin(program: Command, terminal: Terminal): void {
  program
    .command('login')
    .description('keep an address and a personal API token in a file that only you can read')
    .option('--token-stdin', 'read the token from standard input')
    .addHelpText(
      'after',
      '\nThe token is made in the console, under Settings.\n\nExamples:\n  tidegate login --url https://tidegate.example\n  pass tidegate | tidegate login --url https://tidegate.example --token-stdin',
    )
    .action(async (_options: unknown, command: Command) => {
      const { url, project, org, tokenStdin } = command.optsWithGlobals<
        GlobalOptions & { tokenStdin?: true }
      >();
      const address = url ?? (terminal.env['TIDEGATE_URL'] || undefined);
      if (address === undefined) throw usageError('Say where Tidegate is: tidegate login --url <address>');
      const token = await readToken(terminal, tokenStdin === true);
      const settings = { url: originOf(address), token, project, org };
      const env = { ...terminal.env, TIDEGATE_TOKEN: token, TIDEGATE_URL: settings.url };
      const { client } = openSession({ ...terminal, env }, command.optsWithGlobals<GlobalOptions>());
      const { data: orgs } = await answered(client.GET('/orgs', {}));
      const path = writeSettings(terminal.env, settings);
      terminal.say(
        `Signed in to ${settings.url} (${orgs.map(({ name }) => name).join(', ')}). Kept in ${path}.`,
      );
    });
  program
    .command('logout')
    .description('forget the kept address and token; the token itself stays valid until it is revoked')
    .action(() => {
      const wasThere = forgetSettings(terminal.env);
      terminal.say(wasThere ? 'The token is forgotten here.' : 'There was nothing to forget.');
    });
}

async function readToken(terminal: Terminal, isFromStdin: boolean): Promise<string> {
  const text = isFromStdin
    ? await terminal.readStdin()
    : ((terminal.env['TIDEGATE_TOKEN'] || undefined) ??
      (terminal.isInteractive ? await terminal.ask('Token: ', true) : undefined));
  const token = text?.trim();
  if (token === undefined || token === '') {
    throw usageError('There is no token. Type it when asked, set TIDEGATE_TOKEN, or use --token-stdin.');
  }
  if (!/^[\x21-\x7e]+$/.test(token)) throw usageError('A token is one word of plain characters.');
  return token;
}

function addStatus(program: Command, terminal: Terminal): void {
  program
    .command('status')
    .description('where you are signed in, and what needs a person now')
    .action(
      act(terminal, async (call) => {
        const path = await call.session.inProject();
        const { data } = await answered(
          call.session.client.GET('/projects/{project_id}/overview', { params: { path } }),
        );
        const { workers, ...figures } = data;
        showOne(call, data, {
          url: call.session.settings.url,
          project: path.project_id,
          ...figures,
          workers_alive: workers.filter(({ alive }) => alive).length,
        });
      }),
    );
}

function addProjects(program: Command, terminal: Terminal): void {
  const projects = program.command('projects').description('the projects that you can see');
  listOptions(projects.command('list').description('the projects of the organisation')).action(
    act<ListOptions>(terminal, async (call) => {
      await showList(call, PROJECTS, (query) =>
        answered(call.session.client.GET('/projects', { params: { query } })),
      );
    }),
  );
  program
    .command('use <project>')
    .description('the project of the commands that follow, by name, topic or UUID')
    .action(async (project: string, _options: unknown, command: Command) => {
      const kept = readSettings(terminal.env);
      if (kept.url === undefined || kept.token === undefined) {
        throw usageError(
          `${settingsPath(terminal.env)} holds no token: run "tidegate login" first, or set TIDEGATE_PROJECT.`,
        );
      }
      const given = { ...command.optsWithGlobals<GlobalOptions>(), project };
      const { project_id } = await openSession(terminal, given).inProject();
      writeSettings(terminal.env, { ...kept, url: kept.url, token: kept.token, project: project_id });
      terminal.say(`Commands are about the project ${project_id} now.`);
    });
}
