// A browser for the end-to-end tests: the one that is there, else the one that this machine can install.
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cleanEnvironment, root, say, stop } from './steps.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not here
    }
  }
  return undefined;
}

function playwrightsOwn() {
  try {
    const path = createRequire(join(root, 'package.json'))('@playwright/test').chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** The browser to test with, or undefined; `''` never. */
export function findBrowser() {
  const given = process.env.PLAYWRIGHT_CHROMIUM;
  if (given)
    return existsSync(given) ? given : stop(`PLAYWRIGHT_CHROMIUM is ${given}, and there is no such file.`);
  for (const name of NAMES) {
    const path = onPath(name);
    if (path) return path;
  }
  return playwrightsOwn();
}

function quietly(file, args) {
  const env = { ...cleanEnvironment(), DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(file, args, { cwd: root, env, stdio: 'ignore' }).status === 0;
}

/** Finds a browser or installs one; ends with a sentence when neither works. */
export function ensureBrowser() {
  if (findBrowser()) return;
  say('Installing a browser for the tests …');
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    quietly('apt-get', ['update']);
    quietly('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    if (findBrowser()) return;
  }
  quietly(process.execPath, [join('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']);
  if (findBrowser()) return;
  stop(
    'There is no browser for the end-to-end tests and none could be installed. ' +
      'Install Chromium or Chrome, or set PLAYWRIGHT_CHROMIUM to the path of one.',
  );
}
