// One POST to a receiver that nobody here has written: within a time, without following redirects, to the address
// that was checked and no other, reading no more of the answer than is kept.
import { lookup as resolve } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress, literalAddressProblem, privateAddressProblem } from './target-address';
import type { AttemptResult } from './judge-attempt';

export interface PostOptions {
  /** From name resolution to the end of what is read. */
  timeoutMs: number;
  mayReachPrivate: boolean;
}

export interface OutgoingMessage {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const EXCERPT_CHARS_MAX = 1_000;
const READ_BYTES_MAX = 4_096;

class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/** Resolves as the system does, and refuses where any of the addresses is private: one of them would be taken. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const refused = addresses.find(({ address }) => isPrivateAddress(address));
    if (refused !== undefined)
      return callback(new RefusedAddress(privateAddressProblem(refused.address)), '', 0);
    const [first] = addresses;
    if (options.all === true) return callback(null, addresses);
    callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The receiver refuses connections.',
  ECONNRESET: 'The receiver ended the connection without an answer.',
  ENOTFOUND: 'The name of the receiver is not known to the DNS.',
  EAI_AGAIN: 'The DNS does not answer.',
  EHOSTUNREACH: 'There is no route to the receiver.',
  ENETUNREACH: 'There is no route to the receiver.',
  ETIMEDOUT: 'The receiver cannot be reached.',
};

function errorWords(error: Error, { timeoutMs }: PostOptions): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return `No answer within ${timeoutMs / 1000} s.`;
  if (error instanceof RefusedAddress) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  return WORDS[code ?? ''] ?? `The message could not be sent: ${error.message}`;
}

/** The beginning of an answer; what comes after, or never comes, is not waited for. */
async function excerptOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).byteLength;
      if (bytes >= READ_BYTES_MAX) break;
    }
  } catch {
    // What was read until the connection or the time ended is an excerpt all the same.
  }
  const text = Buffer.concat(chunks).subarray(0, READ_BYTES_MAX).toString('utf8');
  return text.replaceAll('\0', '').toWellFormed().slice(0, EXCERPT_CHARS_MAX);
}

function answerTo(message: OutgoingMessage, options: PostOptions): Promise<IncomingMessage> {
  const url = new URL(message.url);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((answered, failed) => {
    const outgoing = request(url, {
      method: 'POST',
      headers: { ...message.headers, 'content-length': Buffer.byteLength(message.body) },
      agent: false,
      signal: AbortSignal.timeout(options.timeoutMs),
      ...(options.mayReachPrivate ? {} : { lookup: publicLookup }),
    });
    outgoing.on('response', answered);
    outgoing.on('error', failed);
    outgoing.end(message.body);
  });
}

/** Sends once. Never throws: whatever goes wrong is a result. */
export async function postMessage(message: OutgoingMessage, options: PostOptions): Promise<AttemptResult> {
  const begun = performance.now();
  const durationMs = () => Math.round(performance.now() - begun);
  const problem = options.mayReachPrivate ? null : literalAddressProblem(new URL(message.url));
  if (problem !== null) return { responseCode: null, responseExcerpt: null, error: problem, durationMs: 0 };
  try {
    const response = await answerTo(message, options);
    const responseExcerpt = await excerptOf(response);
    response.destroy();
    return {
      responseCode: response.statusCode ?? null,
      responseExcerpt,
      error: null,
      durationMs: durationMs(),
    };
  } catch (error) {
    const words = errorWords(error instanceof Error ? error : new Error(String(error)), options);
    return { responseCode: null, responseExcerpt: null, error: words, durationMs: durationMs() };
  }
}
