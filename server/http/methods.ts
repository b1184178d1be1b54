// All methods of one path. Next answers a method that a file does not export with an empty 405; the envelope
// says which there are, so every file exports all of them through here.
import { Refusal } from '@/server/engine/errors/errors';
import { uuidV7 } from '@/server/lib/uuid';
import type { Method, Route } from './contract';
import { refusalAnswer, respond } from './envelope';
import { handle, type Handler } from './handle';
import { webHost, type HttpHost } from './host';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly Method[];

type Refuse = (request: Request) => Response;

/** A handler for each method: the route's, or 405 `method_not_allowed` with the header Allow. */
export function methods(
  routes: readonly Route[],
  host: () => HttpHost = webHost,
): Record<Method | 'OPTIONS', Handler | Refuse> {
  const allowed = METHODS.filter((method) => routes.some((route) => route.method === method));
  const refuse: Refuse = (request) => {
    const { pathname } = new URL(request.url);
    const refusal = new Refusal(
      405,
      'method_not_allowed',
      `${pathname} knows no ${request.method}. What it knows: ${allowed.join(', ')}.`,
    );
    return respond(refusalAnswer(refusal), uuidV7(), { allow: allowed.join(', ') });
  };
  const handlerOf = (method: Method): Handler | Refuse => {
    const route = routes.find((one) => one.method === method);
    return route === undefined ? refuse : handle(route, host);
  };
  const options: Refuse = () => new Response(null, { status: 204, headers: { allow: allowed.join(', ') } });
  return {
    OPTIONS: options,
    GET: handlerOf('GET'),
    POST: handlerOf('POST'),
    PUT: handlerOf('PUT'),
    PATCH: handlerOf('PATCH'),
    DELETE: handlerOf('DELETE'),
  };
}
