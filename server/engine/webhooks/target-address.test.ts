import { expect, it } from 'vitest';
import { isPrivateAddress, urlProblem } from './target-address';

it.each([
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.0.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '::1',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
])('knows %s as private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
  'knows %s as public',
  (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  },
);

it.each([
  ['not a url', 'not a URL'],
  ['ftp://example.org/x', 'http or https'],
  ['file:///etc/passwd', 'http or https'],
  ['https://user:word@example.org/', 'user name and password'],
  ['https://example.org/#x', 'after #'],
  ['http://127.0.0.1/', 'private'],
  ['http://2130706433/', 'private'],
  ['http://0x7f.1/', 'private'],
  ['http://[::1]:80/', 'private'],
  ['http://[::ffff:169.254.169.254]/', 'private'],
  ['http://localhost:9000/', 'private'],
  ['http://a.localhost./', 'private'],
])('refuses %s', (url, words) => {
  expect(urlProblem(url, { mayReachPrivate: false })).toContain(words);
});

it('takes public addresses, and private ones where the installation says so', () => {
  expect(urlProblem('https://hooks.example.org/a?b=c', { mayReachPrivate: false })).toBeNull();
  expect(urlProblem('http://127.0.0.1:9000/', { mayReachPrivate: true })).toBeNull();
  expect(urlProblem('file:///etc/passwd', { mayReachPrivate: true })).not.toBeNull();
});
