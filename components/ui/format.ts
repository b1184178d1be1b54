// Numbers, ages and sizes as the console writes them. Pure: the server and the browser must write the same
// text for the same value, or the page would change as it comes alive.

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 8130 as `8,130`. */
export const formatCount = (n: number): string => grouped.format(n);

/** `1 row`, `8,130 rows`. The plural is `one` + "s" unless given. */
export const formatCounted = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`;

/** What happens in a minute, with a tenth where it is little: `0`, `< 0.1`, `1.2`, `8,130`. */
export function formatPace(perMinute: number): string {
  if (perMinute === 0 || perMinute >= 10) return formatCount(perMinute);
  return perMinute < 0.1 ? '< 0.1' : perMinute.toFixed(1);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in its two largest units: `12 s`, `4 min`, `3 h 10 min`, `2 d 4 h`. */
export function formatDuration(ms: number): string {
  const t = Math.max(0, ms);
  if (t < MINUTE) return `${Math.floor(t / SECOND)} s`;
  if (t < HOUR) return `${Math.floor(t / MINUTE)} min`;
  const [big, bigUnit, small, smallUnit] = t < DAY ? [HOUR, 'h', MINUTE, 'min'] : [DAY, 'd', HOUR, 'h'];
  const rest = Math.floor((t % Number(big)) / Number(small));
  const head = `${Math.floor(t / Number(big))} ${String(bigUnit)}`;
  return rest === 0 || t >= 10 * DAY ? head : `${head} ${rest} ${String(smallUnit)}`;
}

/** How long before `now` the time `at` was, `just now` under five seconds (a clock may also run ahead). */
export function formatAge(at: string, nowMs: number): string {
  const ms = nowMs - Date.parse(at);
  return ms < 5 * SECOND ? 'just now' : `${formatDuration(ms)} ago`;
}

/** How long after `now` the time `at` is; `due` once it has come. */
export function formatUntil(at: string, nowMs: number): string {
  const ms = Date.parse(at) - nowMs;
  return ms <= 0 ? 'due' : `in ${formatDuration(ms)}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes in binary units: `512 B`, `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit] ?? ''}`;
}

/** A share from 0 to 1 as `0 %`, `< 1 %`, `37 %`: never rounded to an all or nothing that is not true. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return '< 1 %';
  if (share > 0.99 && share < 1) return '> 99 %';
  return `${Math.round(share * 100)} %`;
}

/** The first digits of a hash: enough to tell two apart by eye. */
export const shorten = (id: string, chars = 8): string => (id.length <= chars ? id : id.slice(0, chars));

/** The last digits of an id. Its first are the time at which it was made: ids of one moment all begin alike. */
export const shortId = (id: string): string => `…${id.slice(-8)}`;
