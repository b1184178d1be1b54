// From a request to plain input, within bounds: size before parsing, UTF-8 before JSON, and no character
// that Postgres cannot store.
import { Refusal } from '@/server/engine/errors/errors';
import { isStorableText } from '@/server/protocol/utf8-order';

/** The largest body that any route takes; a decision on 2,000 columns fits. */
export const BODY_BYTES_MAX = 1024 * 1024;

const malformed = (code: string, detail: string): Refusal => new Refusal(400, code, detail);

/** The query as an object of strings. 400 where a name is given twice. */
export function readQuery(url: URL): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (query.has(name)) {
      throw malformed('invalid_parameter', `The query parameter "${name}" is given twice. Give it once.`);
    }
    if (!isStorableText(name) || !isStorableText(value)) throw unstorable(`The query parameter "${name}"`);
    query.set(name, value);
  }
  return Object.fromEntries(query);
}

export interface ReadBody {
  /** Parsed; an empty body is an empty object. */
  value: unknown;
  bytes: Uint8Array;
}

/** The JSON body. 413 above the limit, 400 `unsupported_content_encoding`, `unsupported_content_type` or `invalid_json`. */
export async function readBody(request: Request): Promise<ReadBody> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return { value: {}, bytes };
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '') {
    throw malformed(
      'unsupported_content_encoding',
      `The body is encoded as "${encoding}". Send it as it is, without Content-Encoding.`,
    );
  }
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw malformed(
      'unsupported_content_type',
      `The body is ${type === undefined || type === '' ? 'of no stated type' : `"${type}"`}. Send JSON, with "Content-Type: application/json".`,
    );
  }
  return { value: parseJson(bytes), bytes };
}

function parseJson(bytes: Uint8Array): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), (name, member: unknown) => {
      if (!isStorableText(name)) throw unstorable('A field name of the body');
      if (typeof member === 'string' && !isStorableText(member)) throw unstorable(`The field "${name}"`);
      return member;
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw malformed('invalid_json', 'The body is not JSON in UTF-8. Check quotes, commas and encoding.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw malformed('invalid_json', 'The body must be a JSON object.');
  }
  return value;
}

const unstorable = (what: string): Refusal =>
  malformed('invalid_parameter', `${what} holds a character that cannot be stored (U+0000 or half a pair).`);

async function readBytes(request: Request): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > BODY_BYTES_MAX) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

const tooLarge = (): Refusal =>
  new Refusal(
    413,
    'payload_too_large',
    `The body is larger than ${BODY_BYTES_MAX} bytes. Send less at once.`,
  );
