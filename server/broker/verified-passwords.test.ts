import { beforeEach, expect, test } from 'vitest';
import { VerifiedPasswords } from '@/server/broker/verified-passwords';

let nowMs: number;
let verified: VerifiedPasswords;

beforeEach(() => {
  nowMs = 1_000;
  verified = new VerifiedPasswords(() => nowMs, { matchMs: 100, mismatchMs: 10 });
});

test('a match is recalled for the same password and the same stored hash only', () => {
  verified.keep('a/b', 'right', 'hash1', true);
  expect(verified.recall('a/b', 'right', 'hash1')).toBe(true);
  expect(verified.recall('a/b', 'wrong', 'hash1')).toBeUndefined();
  expect(verified.recall('a/b', 'right', 'hash2')).toBeUndefined();
  expect(verified.recall('a/c', 'right', 'hash1')).toBeUndefined();
});

test('a match and a mismatch end after their time', () => {
  verified.keep('a/b', 'right', 'hash1', true);
  verified.keep('a/c', 'wrong', 'hash1', false);
  expect(verified.recall('a/c', 'wrong', 'hash1')).toBe(false);
  nowMs += 10;
  expect(verified.recall('a/c', 'wrong', 'hash1')).toBeUndefined();
  nowMs += 90;
  expect(verified.recall('a/b', 'right', 'hash1')).toBeUndefined();
});

test('while the table cannot be read only a match counts', () => {
  verified.keep('a/b', 'right', 'hash1', true);
  verified.keep('a/c', 'wrong', 'hash1', false);
  expect(verified.recall('a/b', 'right')).toBe(true);
  expect(verified.recall('a/c', 'wrong')).toBeUndefined();
});

test('a stranger who guesses does not cost the device its place', () => {
  verified.keep('a/b', 'right', 'hash1', true);
  verified.keep('a/b', 'guess', 'hash1', false);
  expect(verified.recall('a/b', 'right', 'hash1')).toBe(true);
});

test('a forgotten user is checked anew', () => {
  verified.keep('a/b', 'right', 'hash1', true);
  verified.forget('a/b');
  expect(verified.recall('a/b', 'right')).toBeUndefined();
});
