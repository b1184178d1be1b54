import { describe, expect, test } from 'vitest';
import type { Outcome } from '@/server/console/actions/outcome';
import { answerOf } from './answer-of';
import { connectionNow, noteAnswer } from './connection';

const refused = (code: string): Outcome<never> => ({
  ok: false,
  refusal: { status: 401, code, detail: '', errors: [], data: null },
});

describe('what a server action answered', () => {
  test('a session that is over is told to the page, another refusal is not', async () => {
    noteAnswer(Date.now());
    expect(await answerOf(Promise.resolve(refused('stale_version')))).toEqual(refused('stale_version'));
    expect(connectionNow().state).toBe('up');
    expect(await answerOf(Promise.resolve(refused('signed_out')))).toEqual(refused('signed_out'));
    expect(connectionNow().state).toBe('signed_out');
  });

  test('no answer is null', async () => {
    expect(await answerOf(Promise.reject(new Error('cut')))).toBeNull();
  });
});
