import { afterEach, expect, it, vi } from 'vitest';
import { getObject } from './api';
import { connectionNow, noteAnswer } from './connection';

const { signal } = new AbortController();
const answer = (body: BodyInit, status = 200): void =>
  void vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })));
const read = () => getObject('/core/api/v1/projects/x', signal).catch(() => null);

afterEach(() => {
  vi.unstubAllGlobals();
  noteAnswer(Infinity);
});

it('takes an answer that is cut off in its middle for a loss, though its status had come', async () => {
  answer(new ReadableStream({ start: (body) => body.error(new TypeError('network error')) }));
  await read();
  expect(connectionNow()).toMatchObject({ state: 'lost', detail: 'The server does not answer.' });
});

it('is up again by what was asked after the loss, not by what was asked before', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network error')));
  await read();
  const lost = connectionNow();
  if (lost.state !== 'lost') throw new Error('not lost');
  noteAnswer(lost.since - 1);
  expect(connectionNow()).toBe(lost);
  answer('{"ok":1,"data":{},"meta":null}');
  await read();
  expect(connectionNow()).toEqual({ state: 'up' });
});

it('takes an answer that cannot be read for an answer', async () => {
  answer('<html>');
  await read();
  expect(connectionNow()).toEqual({ state: 'up' });
});

it('tells a database that is away from a server that is, and since when either was lost', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network error')));
  await read();
  const lost = connectionNow();
  if (lost.state !== 'lost') throw new Error('not lost');
  expect(lost.of).toBe('server');
  answer('{"ok":0,"message":"database_unavailable","detail":"Try again in a moment."}', 503);
  await read();
  expect(connectionNow()).toMatchObject({ state: 'lost', of: 'database', since: lost.since });
  answer('{"ok":0,"message":"internal_error","detail":"The log has it under 1."}', 500);
  await read();
  expect(connectionNow()).toEqual({ state: 'up' });
});
