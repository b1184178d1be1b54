import { Refusal } from '@/server/engine/errors/errors';
import { uuidV7 } from '@/server/lib/uuid';
import { refusalAnswer, respond } from './envelope';

/** What a path under the API answers that is no route: the envelope, never a page. */
export function unknownRoute(request: Request): Response {
  const { pathname } = new URL(request.url);
  const refusal = new Refusal(
    404,
    'route_not_found',
    `There is no ${request.method} ${pathname}. GET /core/api/v1/openapi.json lists what there is.`,
  );
  return respond(refusalAnswer(refusal), uuidV7());
}
