// Every browser test twice in one installation, in a random order: a test that leans on what another left behind, or
// leaves something behind, fails. `npm run test:e2e:shuffled [-- seed [specs]]`; the seed that is printed gives the same order.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { cleanEnvironment, root, say } from './steps.mjs';

const [seed = randomBytes(4).toString('hex'), ...specs] = process.argv.slice(2);
say(`Seed ${seed}: npm run test:e2e:shuffled -- ${[seed, ...specs].join(' ')}`);
const args = ['test', '--repeat-each=2', `--shuffle=${seed}`, ...specs];
const env = { ...cleanEnvironment(), PLAYWRIGHT_CHROMIUM: findBrowser() ?? '' };
const playwright = join(root, 'node_modules', '.bin', 'playwright');
const { status } = spawnSync(playwright, args, { cwd: root, env, stdio: 'inherit' });
if (status !== 0) say(`It failed with seed ${seed}.`);
process.exitCode = status ?? 1;
