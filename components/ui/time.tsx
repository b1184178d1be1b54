'use client';
// Times are local with UTC on hover; ages tick.
import { formatAge, formatDuration, formatUntil } from './format';
import { useInBrowser, useNow } from './now';

const two = (n: number) => String(n).padStart(2, '0');

/** `2026-01-31 15:03:12` of a time, where the reader is. */
export function localText(date: Date): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `2026-01-31 14:03:12 UTC` of an RFC 3339 time. */
export const utcText = (at: string): string =>
  `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function useTitle(at: string): string {
  const inBrowser = useInBrowser();
  return inBrowser ? `${localText(new Date(at))} local\n${utcText(at)}` : utcText(at);
}

/** How long ago `at` (RFC 3339) was: `3 h 10 min ago`; with `bare`, without the "ago". */
export function TimeAgo({ at, bare = false }: { at: string; bare?: boolean }) {
  const now = useNow();
  return (
    <time dateTime={at} title={useTitle(at)} className="tg-num">
      {bare ? formatDuration(now - Date.parse(at)) : formatAge(at, now)}
    </time>
  );
}

/** How long it is until `at` (RFC 3339): `in 4 min`; `due` once it has come. */
export function TimeUntil({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={useTitle(at)} className="tg-num">
      {formatUntil(at, now)}
    </time>
  );
}

/** `at` (RFC 3339) as a local time of day and date; UTC until the browser's zone is known. */
export function Timestamp({ at }: { at: string }) {
  const inBrowser = useInBrowser();
  return (
    <time dateTime={at} title={useTitle(at)} className="tg-num">
      {inBrowser ? localText(new Date(at)) : utcText(at)}
    </time>
  );
}
