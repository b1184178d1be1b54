// Files that are written as they are read: what is held is one page, and a client that goes away ends the reading.
// CSV is opened in spreadsheets, which run what looks like a formula, and a device's value could make one. Such a
// text gets an apostrophe in front, as does a text that begins with one, so that taking one leading apostrophe away
// gives every text back as it was.

export type FileFormat = 'csv' | 'jsonl';

const TYPES: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
};

/** The content type of a format. */
export const fileType = (format: FileFormat): string => TYPES[format];

/** The content types that a route with files states. */
export const FILE_TYPES = ['text/csv', 'application/x-ndjson'] as const;

/** A text that no spreadsheet takes for a formula, quoted where RFC 4180 has it. */
export function csvCell(value: string): string {
  const safe = /^(?:[\s\0]*[=+\-@\t\r|\uFF1D\uFF0B\uFF0D\uFF20]|')/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A value of a row: nothing for NULL and `""` for the empty text, as Postgres' own COPY tells them apart; a number
 * with all its digits and without an apostrophe, also a negative one.
 */
export function csvValue(value: null | boolean | number | string, isNumeric: boolean): string {
  if (value === null) return '';
  if (value === '') return '""';
  if (typeof value !== 'string') return String(value);
  return isNumeric && /^-?[\d.]+(?:[eE][+-]?\d+)?$/.test(value) ? value : csvCell(value);
}

/** One record of RFC 4180. */
export const csvLine = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;

/** `head`, then each item's line; the next page is read when the client has taken the last one. */
export function fileStream<T>(
  pages: AsyncGenerator<T[]>,
  head: string,
  lineOf: (item: T) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isHeadWritten = head === '';
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (!isHeadWritten) {
          isHeadWritten = true;
          controller.enqueue(encoder.encode(head));
          return;
        }
        const page = await pages.next();
        if (page.done === true) {
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(page.value.map(lineOf).join('')));
      },
      cancel: async () => {
        await pages.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
