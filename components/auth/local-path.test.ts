import { expect, test } from 'vitest';
import { localPath } from './local-path';

test.each([
  ['/reviews?status=queued', '/reviews?status=queued'],
  ['/reviews/1', '/reviews/1'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
  ['', '/'],
  ['reviews', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?next=/reviews', '/'],
])('%j leads to %s', (wanted, path) => expect(localPath(wanted)).toBe(path));
