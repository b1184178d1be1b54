/**
 * Files that only their owner can read. A secret is written with its mode from the first byte, to another name
 * and renamed: a crash leaves the old secret or the new one, never half of one.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** The text of a file, or undefined when there is no such file. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes `text` to `path` with mode 0600, all or nothing. */
export function writePrivate(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/** The secret kept in `path`; where there is none, `make` makes it and it is kept from now on. */
export function keptSecret(path: string, make: () => string): string {
  const kept = readIfThere(path)?.trim();
  if (kept !== undefined && kept !== '') return kept;
  const secret = make();
  writePrivate(path, `${secret}\n`);
  return secret;
}
