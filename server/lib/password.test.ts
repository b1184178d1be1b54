import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password';

it('verifies the password that was hashed and no other', async () => {
  const stored = await hashPassword('correct horse');
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  expect(await verifyPassword('correct horsf', stored)).toBe(false);
  expect(stored).not.toContain('correct');
});

it('salts: the same password gives two hashes', async () => {
  expect(await hashPassword('a')).not.toBe(await hashPassword('a'));
});

it('takes composed and decomposed letters for the same password', async () => {
  expect(await verifyPassword('\u0065\u0301', await hashPassword('\u00e9'))).toBe(true);
});

it.each(['', 'plain', 'scrypt$16384$8$1$$', 'scrypt$x$8$1$AAAA$AAAA'])(
  'refuses the stored value %j',
  async (stored) => {
    expect(await verifyPassword('x', stored)).toBe(false);
  },
);
