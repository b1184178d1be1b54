/** A LIKE pattern for "contains `text`", in which `text` is taken literally. */
export const containsPattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
