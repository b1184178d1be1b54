/**
 * The commands of a page of documentation, read from the page itself: its `sh` blocks, the `json` that each says comes
 * back, and the values that the text says to keep. Page and test are one source, so that neither can be right alone.
 */

export interface PageCommand {
  /** The heading that it stands below. */
  heading: string;
  script: string;
  /** The answer that the page shows, as JSON text; null where it shows none. */
  answer: string | null;
  /** What the text says to keep: a variable's name and where the answer has its value, as `data[0].id`. */
  keeps: { variable: string; path: string }[];
}

const PART =
  /^## (?<heading>.+)$|^```(?<language>\w+)\n(?<code>[\s\S]*?)^```$|`(?<path>data[\w.[\]]*)` as `(?<variable>[A-Z]+)`/gm;

/** Every command of a page in Markdown, in the page's order. */
export function commandsOf(page: string): PageCommand[] {
  const commands: PageCommand[] = [];
  let heading = '';
  for (const { groups = {} } of page.matchAll(PART)) {
    const { heading: title, language, code = '', path, variable } = groups;
    const last = commands.at(-1);
    if (title !== undefined) heading = title;
    if (language === 'sh') commands.push({ heading, script: code, answer: null, keeps: [] });
    if (language === 'json' && last !== undefined) last.answer = code;
    if (path !== undefined && variable !== undefined) last?.keeps.push({ path, variable });
  }
  return commands;
}

/** What `path` (`data[0].id`) names in an answer. Throws where there is no such text or number. */
export function valueAt(answer: unknown, path: string): string {
  let value: unknown = answer;
  for (const step of path.match(/\w+/g) ?? []) value = (value as Record<string, unknown> | null)?.[step];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`the answer has nothing at ${path}: ${JSON.stringify(answer).slice(0, 500)}`);
}
