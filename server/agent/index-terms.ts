/**
 * The terms and the condition of a CREATE UNIQUE INDEX statement, as text. SQLite tells the columns of an
 * index, but of an expression only its text in the statement; it must be cut at commas and brackets that are
 * not inside a string, a name or a comment.
 */

export interface IndexTerms {
  /** Each term without COLLATE, ASC or DESC at its end. */
  readonly terms: readonly string[];
  /** The condition of a partial index. */
  readonly where: string | null;
}

const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[(),;]|[^'"`[\-/(),;]+|[\s\S]/g;
const ORDER = /(\s+COLLATE\s+("(?:[^"]|"")*"|\w+))?(\s+(ASC|DESC))?\s*$/i;

/** Cuts `sql`, a statement that SQLite has accepted; null where no bracket is found. */
export function indexTerms(sql: string): IndexTerms | null {
  let depth = 0;
  let current = '';
  const terms: string[] = [];
  const tokens = sql.match(TOKEN) ?? [];
  for (const [i, token] of tokens.entries()) {
    if (token.startsWith('--') || token.startsWith('/*')) {
      current += ' ';
      continue;
    }
    if (token === ')') depth -= 1;
    if (token === ')' && depth === 0) {
      terms.push(current);
      const rest = tokens.slice(i + 1).filter((t) => !t.startsWith('--') && !t.startsWith('/*') && t !== ';');
      return { terms: terms.map(bare), where: /^\s*WHERE\s+([\s\S]+)$/i.exec(rest.join(''))?.[1] ?? null };
    }
    if (token === ',' && depth === 1) {
      terms.push(current);
      current = '';
    } else if (depth > 0) current += token;
    if (token === '(') depth += 1;
  }
  return null;
}

const bare = (term: string): string => term.replace(ORDER, '').trim();
