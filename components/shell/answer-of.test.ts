import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '@/server/console/actions/outcome';
import { ACTION_MS_MAX, answerOf } from './answer-of';
import { connectionNow, noteAnswer } from './connection';

const refused = (code: string): Outcome<never> => ({
  ok: false,
  refusal: { status: 401, code, detail: '', errors: [], data: null },
});

afterEach(() => vi.useRealTimers());

describe('what a server action answered', () => {
  test('a session that is over is told to the page, another refusal is not', async () => {
    noteAnswer(Date.now());
    expect(await answerOf(Promise.resolve(refused('stale_version')))).toEqual(refused('stale_version'));
    expect(connectionNow().state).toBe('up');
    expect(await answerOf(Promise.resolve(refused('signed_out')))).toEqual(refused('signed_out'));
    expect(connectionNow().state).toBe('signed_out');
  });

  test('is not waited for without end, and is told when it comes late', async () => {
    vi.useFakeTimers();
    let answerNow: (outcome: Outcome<number>) => void = () => undefined;
    const asked = new Promise<Outcome<number>>((resolve) => {
      answerNow = resolve;
    });
    const late = vi.fn();
    const answer = answerOf(asked, late);
    await vi.advanceTimersByTimeAsync(ACTION_MS_MAX);
    expect(await answer).toBeNull();
    expect(late).not.toHaveBeenCalled();
    answerNow({ ok: true, data: 7 });
    await vi.advanceTimersByTimeAsync(0);
    expect(late).toHaveBeenCalledExactlyOnceWith({ ok: true, data: 7 });
  });

  test('is told once where it comes in time', async () => {
    vi.useFakeTimers();
    const late = vi.fn();
    expect(await answerOf(Promise.resolve({ ok: true, data: 7 }), late)).toEqual({ ok: true, data: 7 });
    await vi.advanceTimersByTimeAsync(2 * ACTION_MS_MAX);
    expect(late).not.toHaveBeenCalled();
  });

  test('no answer is null', async () => {
    expect(await answerOf(Promise.reject(new Error('cut')))).toBeNull();
  });
});
