/** Paths by the names of their pictures; `places` is what `prepare` of shown-places.mjs answers. */
type Paths = Record<string, string>;

export const OUTSIDE: Paths;
export function pagesOf(places: unknown): Paths;
export function emptyPagesOf(): Paths;
