/** The browser to test with, or undefined. */
export function findBrowser(): string | undefined;
