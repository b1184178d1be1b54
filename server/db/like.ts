/** A LIKE pattern for "contains `text`", in which `text` is taken literally. */
export const containsPattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** A LIKE pattern for "the id contains `text`"; null where no UUID can, so that none need be compared. */
export const idPattern = (text: string): string | null =>
  /^[0-9a-f-]{1,36}$/i.test(text) ? `%${text.toLowerCase()}%` : null;

/** A LIKE pattern for "the schema hash contains `text`"; null where none can. */
export const hashPattern = (text: string): string | null =>
  /^[0-9a-f]{1,64}$/i.test(text) ? `%${text.toLowerCase()}%` : null;
