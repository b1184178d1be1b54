import { expect, it } from 'vitest';
import { newNonce, pagePolicy } from './page-policy';

it('lets scripts run by the nonce alone', () => {
  const policy = pagePolicy('abc', false);
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
  expect(scripts).toBe("'nonce-abc' 'strict-dynamic'");
  expect(policy).toContain("frame-ancestors 'none'");
});

it('has a nonce of its own for each page', () => {
  const nonces = Array.from({ length: 50 }, newNonce);
  expect(new Set(nonces).size).toBe(50);
  for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
});
