// One command's way to the API: the typed client, the project, and refusals turned into exit codes.
import { tidegateClient, type Shape, type TidegateClient } from '@/server/client/client';
import { isUuid } from '@/server/lib/uuid';
import { CliError, EXIT, exitCodeOf, usageError } from './exit';
import { settingsInForce, type GivenSettings, type Settings } from './settings';
import type { Terminal } from './terminal';

const ANSWER_MS_MAX = 60_000;

export interface Session {
  client: TidegateClient;
  settings: Settings;
  /** The path parameter of every call within a project. */
  inProject(): Promise<{ project_id: string }>;
}

/** What a call of the client answers. */
interface Called<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** A session with the settings in force. */
export function openSession(terminal: Terminal, given: GivenSettings): Session {
  const settings = settingsInForce(terminal, given);
  const client = tidegateClient({
    url: settings.url,
    token: settings.token,
    orgId: settings.org,
    fetch: (request) => reached(settings.url, request),
  });
  let project: Promise<{ project_id: string }> | undefined;
  return {
    client,
    settings,
    inProject: () => (project ??= findProject(client, settings.project)),
  };
}

async function reached(url: string, request: Request): Promise<Response> {
  try {
    // A live stream has no end to wait for: whoever reads it watches over it.
    const isLive = request.url.includes('/events/stream');
    return await fetch(request, isLive ? {} : { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(EXIT.unreachable, `Tidegate cannot be reached at ${url}: ${why}`);
  }
}

/** The body of a success; every refusal becomes the error that ends the command. */
export async function answered<Body>(call: Promise<Called<Body>>): Promise<Body> {
  const { data, error, response } = await call.catch((fault: unknown) => {
    if (fault instanceof CliError) throw fault;
    throw new CliError(EXIT.unreachable, 'What answers there is not Tidegate. Check the address.');
  });
  if (data !== undefined && response.ok) return data;
  throw refusal(response.status, error);
}

function refusal(status: number, error: unknown): CliError {
  const { message, detail, errors } = (typeof error === 'object' && error !== null ? error : {}) as Partial<
    Shape<'Refusal'>
  >;
  if (message === undefined) return new CliError(exitCodeOf(status), `The server answered ${status}.`);
  const places = (errors ?? []).filter(({ path }) => path !== '' && detail?.includes(path) !== true);
  const lines = places.map((place) => `  ${place.path}: ${place.detail}`);
  return new CliError(exitCodeOf(status), [detail ?? message, ...lines].join('\n'), message);
}

async function findProject(
  client: TidegateClient,
  given: string | undefined,
): Promise<{ project_id: string }> {
  if (given !== undefined && isUuid(given)) return { project_id: given };
  const { data: projects } = await answered(client.GET('/projects', { params: { query: { limit: 500 } } }));
  const fitting =
    given === undefined ? projects : projects.filter((one) => [one.name, one.topic_slug].includes(given));
  const [project, another] = fitting;
  if (project !== undefined && another === undefined) return { project_id: project.id };
  const names = projects.map((one) => `  ${one.id}  ${one.name}`).join('\n');
  if (given !== undefined && project === undefined) {
    throw new CliError(EXIT.notFound, `There is no project "${given}". There are:\n${names}`);
  }
  throw usageError(`Say which project with --project, TIDEGATE_PROJECT or "tidegate use":\n${names}`);
}

/** A device's UUID, from its UUID or its name. */
export async function deviceIdOf({ client, inProject }: Session, nameOrId: string): Promise<string> {
  if (isUuid(nameOrId)) return nameOrId;
  const { data } = await answered(
    client.GET('/projects/{project_id}/devices', {
      params: { path: await inProject(), query: { name: nameOrId, limit: 1 } },
    }),
  );
  const [device] = data;
  if (device === undefined)
    throw new CliError(EXIT.notFound, `There is no device "${nameOrId}" in this project.`);
  return device.id;
}

/** The path parameters of a lineage, from its UUID or `device/table`. */
export async function inLineage(
  session: Session,
  reference: string,
): Promise<{ project_id: string; lineage_id: string }> {
  const project = await session.inProject();
  if (isUuid(reference)) return { ...project, lineage_id: reference };
  const [device = '', ...rest] = reference.split('/');
  const table = rest.join('/');
  if (table === '') throw usageError(`"${reference}" is neither a lineage's UUID nor <device>/<table>.`);
  const { data } = await answered(
    session.client.GET('/projects/{project_id}/edge/lineages', {
      params: {
        path: project,
        query: { device_id: await deviceIdOf(session, device), source_table: table, limit: 1 },
      },
    }),
  );
  const [lineage] = data;
  if (lineage === undefined)
    throw new CliError(EXIT.notFound, `${device} has no lineage of the table "${table}".`);
  return { ...project, lineage_id: lineage.id };
}
