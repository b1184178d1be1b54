// Times leave the database as text with microseconds. A JavaScript Date would cut them to milliseconds, and
// a list walked by a cut time skips or repeats the rows of that millisecond.

/** `2026-04-28 09:00:00.123456+00`, as a UTC session writes it, in RFC 3339. */
export const rfc3339 = (text: string): string => text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z');

/** The same for a column that may be NULL. */
export const rfc3339OrNull = (text: string | null): string | null => (text === null ? null : rfc3339(text));
