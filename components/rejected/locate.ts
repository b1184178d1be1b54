// Finds the place in a payload that a rejection names (`rows[3].op`), as the range of its text. It scans the
// text itself and parses nothing: a parsed copy printed again would not be what the device sent. Pure.
export interface Range {
  from: number;
  to: number;
}

const SPACE = /\s/;

/** The steps of a path: `rows[3].row["a b"]` is rows, 3, row, a b. */
export function stepsOf(path: string): (string | number)[] {
  const pattern = /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g;
  return [...path.matchAll(pattern)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );
}

class Scanner {
  at = 0;
  constructor(readonly text: string) {}

  skipSpace(): void {
    while (SPACE.test(this.text[this.at] ?? '')) this.at += 1;
  }

  /** Past one string; its raw text. */
  string(): string {
    const from = this.at;
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      this.at += this.text[this.at] === '\\' ? 2 : 1;
    }
    this.at += 1;
    return this.text.slice(from, this.at);
  }

  /** Past one value of any kind. */
  value(): void {
    this.skipSpace();
    const char = this.text[this.at];
    if (char === '"') this.string();
    else if (char === '{' || char === '[') this.nested();
    else while (this.at < this.text.length && !/[,\]}\s]/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private nested(): void {
    let depth = 0;
    do {
      const char = this.text[this.at];
      if (char === '"') {
        this.string();
        continue;
      }
      if (char === '{' || char === '[') depth += 1;
      if (char === '}' || char === ']') depth -= 1;
      this.at += 1;
    } while (depth > 0 && this.at < this.text.length);
  }
}

function unquoted(raw: string): string | null {
  try {
    return String(JSON.parse(raw));
  } catch {
    return null;
  }
}

/** Moves to the member or element `step`; false where there is none. */
function enter(scanner: Scanner, step: string | number): boolean {
  scanner.skipSpace();
  const open = scanner.text[scanner.at];
  if (open !== (typeof step === 'number' ? '[' : '{')) return false;
  scanner.at += 1;
  for (let index = 0; scanner.at < scanner.text.length; index += 1) {
    scanner.skipSpace();
    if (/[\]}]/.test(scanner.text[scanner.at] ?? ']')) return false;
    let name: string | number | null = index;
    if (open === '{') {
      name = unquoted(scanner.string());
      scanner.skipSpace();
      scanner.at += 1;
    }
    scanner.skipSpace();
    if (name === step) return true;
    scanner.value();
    scanner.skipSpace();
    if (scanner.text[scanner.at] === ',') scanner.at += 1;
  }
  return false;
}

/** The range of the deepest part of `path` that `text` has; null where not even its first step is there. */
export function locate(text: string, path: string): Range | null {
  const scanner = new Scanner(text);
  let from: number | null = null;
  for (const step of stepsOf(path)) {
    if (!enter(scanner, step)) break;
    from = scanner.at;
  }
  if (from === null) return null;
  scanner.at = from;
  scanner.value();
  return { from, to: scanner.at };
}
