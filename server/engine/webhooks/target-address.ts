// Where a webhook may point. Whoever sets one up has this server send requests for them, so that unless the
// installation says otherwise it must not reach what only this server can: loopback, private networks, the metadata
// services of clouds. A name is judged by the addresses that it has when a message is sent. Pure.
import { BlockList, isIP, isIPv6 } from 'node:net';

const NOT_PUBLIC: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::1', 128],
  // IPv4 in IPv6 clothes, but for the mapped form, which is judged by its IPv4 address.
  ['64:ff9b::', 32],
  ['2002::', 16],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

const notPublic = new BlockList();
for (const [network, bits] of NOT_PUBLIC) notPublic.addSubnet(network, bits, familyOf(network));

/** True for an address that the public internet does not route, in either notation. */
export const isPrivateAddress = (address: string): boolean => notPublic.check(address, familyOf(address));

/** What a person reads where a private address is not allowed. */
export const privateAddressProblem = (address: string): string =>
  `${address} is a loopback or private address. This installation sends webhooks to public addresses alone; its operator can allow it with TIDEGATE_WEBHOOKS_TO_PRIVATE=yes.`;

/** Why a webhook may not have this URL, in a sentence; null where it may. */
export function urlProblem(text: string, { mayReachPrivate }: { mayReachPrivate: boolean }): string | null {
  if (!URL.canParse(text)) return 'This is not a URL. Give one like https://hooks.example.org/tidegate.';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return `A webhook goes to an http or https address, not to ${url.protocol}//.`;
  if (url.username !== '' || url.password !== '')
    return 'Leave user name and password out of the URL: messages are signed, and the log would show them.';
  if (url.hash !== '') return 'Leave the part after # out of the URL: it is never sent.';
  if (mayReachPrivate) return null;
  const host = hostOf(url);
  const isLocal = host === 'localhost' || host.endsWith('.localhost');
  return isLocal ? privateAddressProblem(host) : literalAddressProblem(url);
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/** The problem of a URL that names a private address itself, for which nothing is looked up. */
export function literalAddressProblem(url: URL): string | null {
  const host = hostOf(url);
  return isIP(host) !== 0 && isPrivateAddress(host) ? privateAddressProblem(host) : null;
}
