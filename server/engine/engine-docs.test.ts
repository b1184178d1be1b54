// The engine says what it keeps to, beside the code: this fails where a folder says nothing, where an invariant of
// the architecture is named by no code, and where a README names a table that is gone.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SERVER = join(import.meta.dirname, '..');
const ENGINE = join(SERVER, 'engine');
const INVARIANTS = Array.from({ length: 10 }, (_, i) => i + 1);
const README_LINES_MAX = 60;

const folders = readdirSync(ENGINE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const sourcesUnder = (folder: string, isWanted: (path: string) => boolean): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && isWanted(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
const schema = sourcesUnder(join(SERVER, 'db', 'schema'), () => true).join('\n');
const code = sourcesUnder(SERVER, (path) => !path.endsWith('.test.ts')).join('\n');

describe('each folder of the engine', () => {
  it.each(folders.map((folder) => folder.name))('%s has a README with its contract and tables', (name) => {
    const text = readFileSync(join(ENGINE, name, 'README.md'), 'utf8');
    expect(text).toMatch(/^# \S/);
    expect(text.split('\n').length).toBeLessThanOrEqual(README_LINES_MAX);
    const tables = /^Tables?: (.*(?:\n.+)*)/m.exec(text)?.[1];
    expect(tables, 'a last line "Tables: ..."').toBeDefined();
    const named = Array.from((tables ?? '').matchAll(/`([a-z_]+)`/g), ([, table]) => table);
    expect(
      named.filter((table) => !schema.includes(`'${table}'`) && !code.includes(`tidegate.${table}`)),
    ).toEqual([]);
  });
});

describe('each invariant of the architecture', () => {
  it.each(INVARIANTS)('%i is named beside the code that holds it', (invariant) => {
    expect(code).toMatch(new RegExp(`invariants? ${invariant}\\b`, 'i'));
  });
});
