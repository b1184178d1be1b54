import { expect, it } from 'vitest';
import { serverSentEvents, type ServerSentEvent } from './server-sent-events';

async function heard(...chunks: Uint8Array[]): Promise<ServerSentEvent[]> {
  const found: ServerSentEvent[] = [];
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      chunks.forEach((chunk) => controller.enqueue(chunk));
      controller.close();
    },
  });
  for await (const message of serverSentEvents(stream)) found.push(message);
  return found;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const TEXT = 'retry: 3000\nid: 1.0\n\n: still here\nid: 2.0\n\nid: 3.7\nevent: a.b\ndata: {"k":"ü: 👾"}\n\n';
const MESSAGES = [
  { id: '1.0', event: null, data: '', retryMs: 3000 },
  { id: '2.0', event: null, data: '', retryMs: null },
  { id: '3.7', event: 'a.b', data: '{"k":"ü: 👾"}', retryMs: null },
];

it('reads messages however the network has cut them', async () => {
  expect(await heard(bytes(TEXT))).toEqual(MESSAGES);
  expect(await heard(...Array.from(bytes(TEXT), (byte) => Uint8Array.of(byte)))).toEqual(MESSAGES);
  expect(await heard(bytes(TEXT.replaceAll('\n', '\r\n')))).toEqual(MESSAGES);
});

it('knows no message that has not ended', async () => {
  expect(await heard(bytes(TEXT.slice(0, -1)))).toEqual(MESSAGES.slice(0, 2));
});
