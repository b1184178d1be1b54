import { expect, it } from 'vitest';
import { clientAddress, PEER_HEADER } from './client-address';

const from = (peer: string | null, forwarded: string | null, proxies: number): string =>
  clientAddress(
    (name) => (name === PEER_HEADER ? peer : name === 'x-forwarded-for' ? forwarded : null),
    proxies,
  );

it.each([
  // Nobody in front: what the client says of itself counts for nothing.
  ['192.0.2.7', null, 0, '192.0.2.7'],
  ['192.0.2.7', '198.51.100.1', 0, '192.0.2.7'],
  [null, '198.51.100.1', 0, 'unknown'],
  // One proxy: the last entry is its own, all before it may be made up.
  ['127.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
  ['127.0.0.1', '6.6.6.6, 198.51.100.1', 1, '198.51.100.1'],
  ['127.0.0.1', '6.6.6.6, 7.7.7.7, 198.51.100.1', 1, '198.51.100.1'],
  ['127.0.0.1', '6.6.6.6, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
  // Fewer entries than proxies: as far as it goes.
  ['127.0.0.1', null, 1, '127.0.0.1'],
  ['127.0.0.1', '198.51.100.1', 3, '198.51.100.1'],
  // Spellings.
  ['::ffff:192.0.2.7', null, 0, '192.0.2.7'],
  ['127.0.0.1', '[2001:DB8::1]:443', 1, '2001:db8::1'],
  ['127.0.0.1', '198.51.100.1:5000', 1, '198.51.100.1'],
  ['127.0.0.1', 'a made-up word', 1, 'unknown'],
] as const)('takes %s with "%s" behind %i for %s', (peer, forwarded, proxies, expected) => {
  expect(from(peer, forwarded, proxies)).toBe(expected);
});
