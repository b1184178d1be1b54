// What a command shows: columns for people, JSON for programs. A device chooses table names and row values, so what
// is shown to a person has no control characters: they could rewrite the screen.

export interface Column<Item> {
  title: string;
  of: (item: Item) => unknown;
  align?: 'right';
}

const CONTROL = /[\p{Cc}\p{Cf}]/gu;

/** One value as a person reads it. */
export function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.replaceAll(CONTROL, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Lines of aligned columns under their titles. */
export function table<Item>(columns: readonly Column<Item>[], items: readonly Item[]): string {
  const rows = [
    columns.map(({ title }) => title),
    ...items.map((item) => columns.map((column) => cell(column.of(item)))),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => lengthOf(row[index] ?? ''))));
  return rows
    .map((row) =>
      row
        .map((text, index) => padded(text, widths[index] ?? 0, columns[index]?.align === 'right'))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `name  value` lines. */
export function fields(values: Readonly<Record<string, unknown>>): string {
  const width = Math.max(...Object.keys(values).map((name) => name.length));
  return Object.entries(values)
    .map(([name, value]) => `${name.padEnd(width)}  ${cell(value)}`)
    .join('\n');
}

/** Indented JSON. */
export const jsonText = (value: unknown): string => JSON.stringify(value, null, 2);

const lengthOf = (text: string): number => [...text].length;

const padded = (text: string, width: number, isRight: boolean): string => {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return isRight ? space + text : text + space;
};
