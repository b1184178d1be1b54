// Where Tidegate is and with which token: from the environment, else from the file that `tidegate login` wrote.
// The file holds a token, so nobody but its owner may read it, at no moment of its life.
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CliError, EXIT, usageError } from './exit';
import type { Terminal } from './terminal';

export interface Settings {
  /** Without a path: https://tidegate.example */
  url: string;
  token: string;
  project?: string | undefined;
  org?: string | undefined;
}

/** What the command's options say; they go before the environment, and that before the file. */
export interface GivenSettings {
  url?: string;
  project?: string;
  org?: string;
}

type Env = Terminal['env'];

/** A variable's value; an empty one counts as not set. */
const valueOf = (env: Env, name: string): string | undefined => env[name] || undefined;

/** `$XDG_CONFIG_HOME/tidegate/config.json`, else below ~/.config. */
export function settingsPath(env: Env): string {
  const base = valueOf(env, 'XDG_CONFIG_HOME');
  return join(base === undefined ? join(homedir(), '.config') : base, 'tidegate', 'config.json');
}

/** What is kept; an empty object where nothing is. */
export function readSettings(env: Env): Partial<Settings> {
  const path = settingsPath(env);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<Settings>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw usageError(`${path} cannot be read. Correct it, or run "tidegate login" again.`);
  }
}

/** Writes the file in one step, with mode 0600. */
export function writeSettings(env: Env, settings: Settings): string {
  const path = settingsPath(env);
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(fresh, path);
  return path;
}

/** Removes the file; false where there was none. */
export function forgetSettings(env: Env): boolean {
  const path = settingsPath(env);
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  rmSync(path, { force: true });
  return isThere;
}

/** The settings in force. A stored token is not sent to another URL than it was stored for. */
export function settingsInForce(terminal: Terminal, given: GivenSettings): Settings {
  const { env } = terminal;
  const kept = readSettings(env);
  const url = given.url ?? valueOf(env, 'TIDEGATE_URL') ?? kept.url;
  if (url === undefined) throw notSignedIn('It is not known where Tidegate is.');
  const keptToken =
    originOf(url) === (kept.url === undefined ? undefined : originOf(kept.url)) ? kept.token : undefined;
  const token = valueOf(env, 'TIDEGATE_TOKEN') ?? keptToken;
  if (token === undefined) throw notSignedIn(`There is no token for ${url}.`);
  if (keptToken !== undefined) keepPrivate(terminal);
  return {
    url: originOf(url),
    token,
    project: given.project ?? valueOf(env, 'TIDEGATE_PROJECT') ?? kept.project,
    org: given.org ?? valueOf(env, 'TIDEGATE_ORG') ?? kept.org,
  };
}

/** Scheme, host and port. Refuses what is no http address. */
export function originOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw usageError(`"${url}" is no address. Give one like https://tidegate.example`);
  }
  return new URL(url).origin;
}

const notSignedIn = (what: string): CliError =>
  new CliError(
    EXIT.auth,
    `${what} Run "tidegate login --url <address>", or set TIDEGATE_URL and TIDEGATE_TOKEN.`,
  );

function keepPrivate(terminal: Terminal): void {
  const path = settingsPath(terminal.env);
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return;
  chmodSync(path, 0o600);
  terminal.say(`${path} could be read by others and holds a token; its mode is 0600 again.`);
}
