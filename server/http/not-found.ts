import { Refusal } from '@/server/engine/errors/errors';
import { KNOWN_METHODS, UNKNOWN_METHOD_PATH } from '@/server/lib/known-methods';
import { uuidV7 } from '@/server/lib/uuid';
import { refusalAnswer, respond } from './envelope';

/** What a path under the API answers that is no route: the envelope, never a page. */
export function unknownRoute(request: Request): Response {
  const { pathname } = new URL(request.url);
  if (pathname === UNKNOWN_METHOD_PATH) return unknownMethod();
  const refusal = new Refusal(
    404,
    'route_not_found',
    `There is no ${request.method} ${pathname}. GET /core/api/v1/openapi.json lists what there is.`,
  );
  return respond(refusalAnswer(refusal), uuidV7());
}

function unknownMethod(): Response {
  const allow = KNOWN_METHODS.join(', ');
  const refusal = new Refusal(405, 'method_not_allowed', `The method is not known here. There are ${allow}.`);
  return respond(refusalAnswer(refusal), uuidV7(), { allow });
}
