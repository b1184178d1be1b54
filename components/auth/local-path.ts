// Where to go after signing in comes from the URL, which anybody can write: only a path of this very site
// is followed, or a link to the sign-in page could end on a forged one.

/** `wanted` where it is a path of this site, else `/`. */
export function localPath(wanted: string | string[] | undefined): string {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])/.test(wanted)) return '/';
  const base = 'http://local.invalid';
  if (!URL.canParse(wanted, base)) return '/';
  const url = new URL(wanted, base);
  return url.origin === base && url.pathname !== '/sign-in' ? `${url.pathname}${url.search}` : '/';
}
