import { describe, expect, it } from 'vitest';
import { followEvents, parseMessage, type StreamNews } from './follow-events';

const eventText = (id: string, kind: string) =>
  `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify({ kind })}\n\n`;
const GREETING = 'retry: 3000\nid: 7.0\n\n';

/** Answers that the server gives, one after the other; the stream is ended with the last. */
async function follow(answers: (Response | Error)[], lastId: string | null = null, waitMs = 0) {
  let nowMs = 0;
  const ending = new AbortController();
  const asked: (string | null)[] = [];
  const waits: number[] = [];
  const told: StreamNews[] = [];
  await followEvents({
    url: '/stream',
    lastId,
    signal: ending.signal,
    tell: (news) => told.push(news),
    random: () => 1,
    now: () => nowMs,
    pause: (ms) => {
      waits.push(ms);
      nowMs += waitMs;
      return Promise.resolve();
    },
    fetch: (_url, init) => {
      asked.push(new Headers(init?.headers).get('last-event-id'));
      const answer = answers.shift();
      if (answer === undefined) ending.abort();
      return answer instanceof Response
        ? Promise.resolve(answer)
        : Promise.reject(answer ?? new Error('end'));
    },
  });
  return {
    asked,
    waits,
    told,
    said: told.map((news) => (news.type === 'event' ? news.event.kind : news.type)),
  };
}

const inPieces = (text: string, size: number): Response => {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new Response(
    new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, (at += size)));
      },
    }),
  );
};

describe('following events', () => {
  it('hears every event however the stream is cut, a character of several bytes too', async () => {
    const text =
      GREETING + eventText('8.1', 'pümp.ready') + ': still here\nid: 9.0\n\n' + eventText('9.1', 'b');
    for (const size of [1, 3, 1000]) {
      const { said } = await follow([inPieces(text, size)]);
      expect(said).toEqual(['up', 'beat', 'pümp.ready', 'beat', 'b', 'down']);
    }
  });

  it('goes on from what it heard last, also where only a heartbeat named it', async () => {
    const { asked } = await follow([
      new Response(GREETING + eventText('8.1', 'a')),
      new Response(': still here\nid: 12.0\n\n'),
      new Error('the network is gone'),
    ]);
    expect(asked).toEqual([null, '8.1', '12.0', '12.0']);
  });

  it('begins from what another tab heard', async () => {
    expect((await follow([], '5.5')).asked).toEqual(['5.5']);
  });

  it('does not ask for what happened in an absence of more than ten minutes', async () => {
    const gone = new Error('the network is gone');
    const soon = await follow([new Response(GREETING), gone], null, 5 * 60_000);
    expect(soon.asked).toEqual([null, '7.0', '7.0']);
    const late = await follow([new Response(GREETING), gone], null, 11 * 60_000);
    expect(late.asked).toEqual([null, null, null]);
  });

  it('begins anew where the server does not know the event', async () => {
    const { asked } = await follow([new Response('{}', { status: 400 }), new Response(GREETING)], '5.5');
    expect(asked).toEqual(['5.5', null, '7.0']);
  });

  it('tries again soon after a failure, ever more seldom, and soon again once it was let in', async () => {
    const failure = () => new Error('refused');
    const { waits } = await follow([...Array.from({ length: 6 }, failure), new Response(GREETING)]);
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 500]);
  });

  it.each([401, 403, 404])('does not knock all the time where it is turned away with %d', async (status) => {
    const { waits, said } = await follow([new Response('{}', { status })]);
    expect(waits).toEqual([30_000]);
    expect(said).toEqual(['down']);
  });

  it('waits where there are too many streams, and asks a server that fails again', async () => {
    const { waits } = await follow([new Response('', { status: 429 }), new Response('', { status: 503 })]);
    expect(waits).toEqual([10_000, 500]);
  });

  it('takes what the server says at the end of a stream for no event', async () => {
    const { said } = await follow([new Response(`${GREETING}event: closed\ndata: {"message":"x"}\n\n`)]);
    expect(said).toEqual(['up', 'beat', 'down']);
  });
});

it('reads the fields of a message', () => {
  expect(parseMessage('id: 1.2\nevent: a.b\ndata: {"x":\ndata: 1}\nretry: 5\n: note')).toEqual({
    id: '1.2',
    event: 'a.b',
    data: '{"x":\n1}',
  });
});
