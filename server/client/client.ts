// The HTTP API as typed calls, for scripts, the command line and tests. The types come from the description that
// the server writes from its own schemas, so a call that the API does not have does not compile.
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api-types';

export type { components, paths } from './api-types';

/** A shape of the API by its name. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

export interface ClientOptions {
  /** Where Tidegate is, without the API's path: `https://tidegate.example`. */
  url: string;
  token: string;
  /** Needed where the token's user is in several organisations. */
  orgId?: string | undefined;
  fetch?: (request: Request) => Promise<Response>;
}

export type TidegateClient = Client<paths>;

/** Calls answer `{ data }` or `{ error }`, each in the API's envelope; only an unreachable server throws. */
export function tidegateClient({ url, token, orgId, fetch }: ClientOptions): TidegateClient {
  return createClient<paths>({
    baseUrl: `${url.replace(/\/+$/, '')}/core/api/v1`,
    headers: { authorization: `Bearer ${token}`, ...(orgId === undefined ? {} : { 'ORG-ID': orgId }) },
    ...(fetch === undefined ? {} : { fetch }),
  });
}
