// An installation to show: of its own, with the demo fleet, for the scripts that look at every page.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment, root } from './steps.mjs';

const WAIT_MS_MAX = 120_000;
const email = 'admin@tidegate.local';
const password = randomBytes(12).toString('base64url');
const token = randomBytes(24).toString('base64url');

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Asks until the answer is neither undefined nor false. */
export async function until(what, ask) {
  const deadline = Date.now() + WAIT_MS_MAX;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`still waiting for ${what}`);
    await new Promise((wait) => setTimeout(wait, 250));
  }
}

/** Starts an installation with the demo fleet; `stop` ends it and takes it away. */
export async function startInstallation() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidegate-screenshots-'));
  chmodSync(dataDir, 0o711);
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'dist', 'start.mjs')], {
    env: {
      ...cleanEnvironment(),
      PORT: String(port),
      TIDEGATE_MQTT_PORT: String(await freePort()),
      TIDEGATE_DATA_DIR: dataDir,
      TIDEGATE_ADMIN_EMAIL: email,
      TIDEGATE_ADMIN_PASSWORD: password,
      TIDEGATE_BOOTSTRAP_API_TOKEN: token,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** Calls the API with the installation's own token; rejects where it refuses. */
export function apiOf(url) {
  return async (method, path, body) => {
    const response = await fetch(`${url}/core/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (answer.ok !== 1) throw new Error(`${method} ${path}: ${answer.detail}`);
    return answer.data;
  };
}

/** A browser's context in which the administrator is signed in, looking at `project`. */
export async function signedIn(browser, url, project, options) {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const { csrfToken } = await (await context.request.get('/api/auth/csrf')).json();
  await context.request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password, json: 'true' },
  });
  await context.addCookies([{ name: 'tidegate.project', value: project, url }]);
  return context;
}
