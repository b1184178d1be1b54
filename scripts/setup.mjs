// Makes this checkout ready to run, in plain Node and without any package: it is what installs the packages.
// Every step is skipped when a hash of all that it depends on is unchanged, so that a second start costs nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment, hashOf, root, runOrStop, say, sourcesHash, stop } from './steps.mjs';

const NODE_MIN = [20, 9];
const dev = process.argv.includes('--dev');

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  stop(`Tidegate needs Node ${NODE_MIN.join('.')} or later; this is Node ${process.versions.node}.`);
}

/** Runs `step` unless the mark of the same name, kept in `folder`, already holds `hash`. */
function once(folder, name, hash, step) {
  const mark = join(folder, `.tidegate-${name}`);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return;
  step();
  mkdirSync(folder, { recursive: true });
  writeFileSync(mark, hash);
}

function npm(args) {
  const path = process.env.npm_execpath;
  const [file, first] = path?.endsWith('.js') ? [process.execPath, [path]] : ['npm', []];
  runOrStop(file, [...first, ...args], 'The packages could not be installed; npm says why above.');
}

function install() {
  const major = process.versions.node.split('.')[0];
  const lock = readFileSync(join(root, 'package-lock.json'));
  const patches = readdirSync(join(root, 'patches')).map((name) => readFileSync(join(root, 'patches', name)));
  const hash = hashOf([lock, ...patches, major, process.platform, process.arch]);
  once(join(root, 'node_modules'), 'installed', hash, () => {
    say('Installing packages (about a minute) …');
    npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
    // Faults of packages that their next release does not mend yet; patches/README.md says which and why.
    const patch = join('node_modules', 'patch-package', 'dist', 'index.js');
    const quiet = spawnSync(process.execPath, [patch], {
      cwd: root,
      env: cleanEnvironment(),
      encoding: 'utf8',
    });
    if (quiet.status !== 0) stop(`${quiet.stdout}${quiet.stderr}\nThe patches of packages do not apply.`);
  });
}

async function linkPostgres() {
  const { linkPostgresLibraries } = await import('./postgres-links.mjs');
  linkPostgresLibraries(root);
}

function build() {
  const shared = ['package-lock.json', 'tsconfig.json'];
  const server = sourcesHash(['server', 'scripts/build.mjs', ...shared]);
  once(join(root, 'dist'), 'built', server, () => {
    say('Building the server …');
    runOrStop(
      process.execPath,
      ['scripts/build.mjs'],
      'The server could not be built; the errors are above.',
    );
  });
  if (!existsSync(join(root, 'app'))) return;
  const sources = [
    'app',
    'components',
    'server',
    'public',
    'next.config.js',
    'postcss.config.mjs',
    ...shared,
  ];
  once(join(root, '.next'), 'built', sourcesHash([...sources, 'instrumentation.ts', 'proxy.ts']), () => {
    say('Building the console (about half a minute) …');
    const next = join('node_modules', 'next', 'dist', 'bin', 'next');
    const env = { ...cleanEnvironment(), NEXT_TELEMETRY_DISABLED: '1' };
    const built = spawnSync(process.execPath, [next, 'build'], { cwd: root, env, encoding: 'utf8' });
    if (built.status !== 0) stop(`${built.stdout}${built.stderr}\nThe console could not be built.`);
  });
}

checkNode();
install();
await linkPostgres();
build();
if (dev) {
  const { ensureBrowser } = await import('./browser.mjs');
  ensureBrowser();
}
