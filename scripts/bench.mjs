// Bundles one program of bench/ and runs it: npm run bench -- ingest 200000
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, stop } from './steps.mjs';

const [name = 'ingest', ...args] = process.argv.slice(2);
const entry = join(root, 'bench', `${name}.ts`);
if (!existsSync(entry)) stop(`There is no bench/${name}.ts.`);
const outfile = join(root, 'node_modules', '.cache', 'tidegate', `bench-${name}.mjs`);
mkdirSync(join(outfile, '..'), { recursive: true });
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  tsconfig: join(root, 'tsconfig.json'),
  logLevel: 'warning',
});
process.exit(spawnSync(process.execPath, [outfile, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1);
