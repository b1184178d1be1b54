// What the scripts share: saying, stopping, running, hashing. Plain Node: it runs before any package is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Ends the script with a sentence for the person who started it. */
export function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/**
 * The environment without what npm adds for its own scripts: an inner npm would take the outer one's settings
 * (`--omit=dev`, a prefix) for its own.
 */
export function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config|lifecycle|package)_/i.test(name)),
  );
}

/** Runs a command in the repository with its output shown; ends the script with `sentence` when it fails. */
export function runOrStop(file, args, sentence) {
  const done = spawnSync(file, args, {
    cwd: root,
    env: cleanEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.error) stop(`${sentence} (${done.error.message})`);
  if (done.status !== 0) stop(sentence);
}

/** SHA-256 over the parts, each with its length so that two lists never run together. */
export function hashOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}

function* filesUnder(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) yield path;
  else for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

/** A hash over names and contents of all files under the given paths; tests change no build and are left out. */
export function sourcesHash(paths) {
  const parts = [process.versions.node.split('.')[0]];
  for (const path of paths) {
    for (const file of filesUnder(join(root, path))) {
      if (!/\.test\.tsx?$/.test(file)) parts.push(relative(root, file), readFileSync(file));
    }
  }
  return hashOf(parts);
}
