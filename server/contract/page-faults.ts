// What a browser can know of why a page could not be made. No schema in it: the console asks it in the browser.

/** The digest of a page's error while the database does not answer; the API refuses with the same code. */
export const DATABASE_UNAVAILABLE = 'database_unavailable';
