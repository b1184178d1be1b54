// Bundles the server's programs into dist/. Packages stay outside the bundle: some carry native parts, and all
// are installed beside it anyway.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './steps.mjs';

const ENTRIES = {
  start: 'server/runtime/start.ts',
  worker: 'server/worker/main.ts',
  broker: 'server/broker/main.ts',
  agent: 'server/agent/cli.ts',
  cli: 'server/cli/main.ts',
  demo: 'server/runtime/demo-main.ts',
  'demo-writer': 'server/runtime/demo-writer.ts',
};

const there = Object.entries(ENTRIES).filter(([, path]) => existsSync(join(root, path)));

await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(there),
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20.9',
  format: 'esm',
  packages: 'external',
  tsconfig: 'tsconfig.json',
  sourcemap: true,
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
