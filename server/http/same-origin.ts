// Whether a page of this site made the call. Browsers set these headers themselves and scripts cannot.

const READS = new Set(['GET', 'HEAD']);

/**
 * False for a call from another site, and for a change that does not say where it comes from.
 * @param publicUrl where the site is reached, if that is configured.
 */
export function isSameOrigin(request: Request, publicUrl: string | undefined): boolean {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (READS.has(request.method)) {
    if (request.headers.get('sec-fetch-mode') === 'navigate') return true;
    if (site !== null) return site === 'same-origin' || site === 'none';
    return origin === null || isOwn(origin, request, publicUrl);
  }
  if (site !== null && site !== 'same-origin') return false;
  return origin === null ? site === 'same-origin' : isOwn(origin, request, publicUrl);
}

function isOwn(origin: string, request: Request, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const hosts = [
    request.headers.get('host'),
    request.headers.get('x-forwarded-host'),
    publicUrl === undefined ? null : new URL(publicUrl).host,
  ];
  return hosts.includes(new URL(origin).host);
}
