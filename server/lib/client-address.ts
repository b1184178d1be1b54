// Whose address a request comes from. Anybody can write X-Forwarded-For, so of its entries only as many are
// believed as there are proxies of one's own in front; without that, whoever makes up a new address with each
// try would pass every limit.
import { isIP } from 'node:net';

/** The header in which this process itself notes the peer of the connection; what a client sends is overwritten. */
export const PEER_HEADER = 'x-tidegate-peer';

/** What is said of a caller whose address is not known. */
const UNKNOWN = 'unknown';

/**
 * The caller's address behind `trustedProxies` proxies, each of which appends whom it heard from.
 * @param header reads a request header; null where it is missing.
 */
export function clientAddress(
  header: (name: string) => string | null | undefined,
  trustedProxies: number,
): string {
  const peer = header(PEER_HEADER)?.trim();
  const forwarded = (header('x-forwarded-for') ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const chain = [...(trustedProxies > 0 ? forwarded : []), ...(peer === undefined ? [] : [peer])];
  return normalized(chain.at(-1 - trustedProxies) ?? chain[0] ?? UNKNOWN);
}

/** One spelling for an IPv4 caller on a dual-stack socket, no port, and nothing that is no address. */
function normalized(entry: string): string {
  const bare = entry.replace(/^\[(.+)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  const mapped = bare.toLowerCase().replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/, '$1');
  return isIP(mapped) === 0 ? UNKNOWN : mapped;
}
