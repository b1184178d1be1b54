// How the description says that a call can fail. Every refusal has the one envelope; what differs is when.
import type { Route } from './contract';

type Json = Record<string, unknown>;

const REFUSALS = {
  400: ['Malformed', 'The request is malformed: a parameter, a header or JSON that cannot be read.'],
  401: ['NotAuthenticated', 'There is no valid token or session.'],
  403: ['NotPermitted', 'The caller may see this, and may not do it.'],
  404: ['NotFound', 'It is not there, or the caller may not see it.'],
  409: ['Conflict', 'The state has moved on; `data` holds what it is now.'],
  413: ['TooLarge', 'The body is larger than 1 MiB.'],
  422: ['NotAcceptable', 'Well-formed and not acceptable; `errors` names every place.'],
  429: ['TooMany', 'Too many calls; the header Retry-After says when to try again.'],
  500: ['Fault', 'A fault on the server; nothing was changed. The log has it under the correlation id.'],
  503: ['Unavailable', 'Something that is needed is down; nothing was changed. Try again.'],
} as const;

type RefusalStatus = keyof typeof REFUSALS;

const ALWAYS: readonly RefusalStatus[] = [400, 401, 403, 404, 429, 500, 503];

/** The refusals of a route, as references to the shared ones. */
export function responsesOf({ method, body }: Route): Json {
  const mutates: readonly RefusalStatus[] = method === 'GET' ? [] : [409, 422];
  const sized: readonly RefusalStatus[] = body === null ? [] : [413];
  return Object.fromEntries(
    [...ALWAYS, ...mutates, ...sized]
      .sort((a, b) => a - b)
      .map((status) => [status, { $ref: `#/components/responses/${REFUSALS[status][0]}` }]),
  );
}

/** The shared refusals. */
export const errorResponses = (): Json =>
  Object.fromEntries(
    Object.values(REFUSALS).map(([name, description]) => [
      name,
      { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } },
    ]),
  );

/** The envelope of every refusal. */
export const refusalSchema = (): Json => ({
  type: 'object',
  required: ['ok', 'message', 'detail'],
  properties: {
    ok: { const: 0 },
    message: { type: 'string', pattern: '^[a-zA-Z0-9_]+$', description: 'A stable code' },
    detail: { type: 'string', minLength: 1, description: 'What is wrong and what to do' },
    errors: {
      type: 'array',
      description: 'With 422 and 400: every place at fault',
      items: {
        type: 'object',
        required: ['path', 'code', 'detail'],
        properties: { path: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    data: { description: 'With 409: the state as it is now' },
  },
});
