// Reads server-sent events as the HTML standard writes them: messages end with an empty line, and what the connection
// breaks off in the middle of is no message.

export interface ServerSentEvent {
  id: string | null;
  event: string | null;
  /** Empty for a message that only moves the place on. */
  data: string;
  /** How long to wait before coming back, in milliseconds, where the message says so. */
  retryMs: number | null;
}

/** The messages of a stream, each as soon as it is whole. */
export async function* serverSentEvents(
  stream: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    const parts = (text + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/);
    text = parts.pop() ?? '';
    for (const part of parts) yield messageOf(part);
  }
}

function messageOf(part: string): ServerSentEvent {
  const fields = part.split(/\r?\n/).map((line): [string, string] => {
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    return [name, value];
  });
  const last = (wanted: string) => fields.findLast(([name]) => name === wanted)?.[1] ?? null;
  const retry = last('retry');
  return {
    id: last('id'),
    event: last('event'),
    data: fields
      .filter(([name]) => name === 'data')
      .map(([, value]) => value)
      .join('\n'),
    retryMs: retry !== null && /^\d{1,9}$/.test(retry) ? Number(retry) : null,
  };
}
