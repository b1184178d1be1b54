// What a route is, as data: the door checks requests by it, OpenAPI is written from it, and the permission
// test walks it.
import type { z } from 'zod';
import type { PageMeta } from '@/server/contract/common';
import type { OidcSetup } from '@/server/engine/auth/oidc-status';
import type { Ctx, Permission } from '@/server/engine/context/context';
import type { StreamHolder, StreamHost } from './stream-host';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Path parameters that are no UUIDs: a device may be asked for by name, and is then told its UUID; a shared mirror
 * is consolidated by the name of its source table.
 */
const TEXT_PARAMS: ReadonlySet<string> = new Set([
  'device_id',
  'group_id',
  'source_table',
  'coalesced_mirror',
]);

/** Whether the path parameter has to be a UUID. */
export const isIdParam = (name: string): boolean => !TEXT_PARAMS.has(name);

export interface RouteCall<Query, Body> {
  ctx: Ctx;
  /** The value of a path parameter; the path has it. */
  param(name: string): string;
  query: Query;
  body: Body;
  /** Where devices connect. */
  brokerUrl: string;
  /** What webhooks need to know of the installation. */
  webhooks: WebhookHost;
  /** Null where no OIDC issuer is set up. */
  oidc: OidcSetup | null;
  /** What an answer that stays open needs. */
  live?: LiveCall;
}

export interface WebhookHost {
  /** Where links begin, without a slash at the end. */
  consoleUrl: string;
  mayReachPrivate: boolean;
}

export interface LiveCall {
  /** The header Last-Event-ID. */
  lastEventId: string | null;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
  /** Throws a Refusal once the caller would not be let in any more. */
  recheck(): Promise<void>;
  /** Whom open streams are counted for. */
  holder: StreamHolder;
  streams: StreamHost;
}

/** An answer that is no envelope: it is written as it comes. */
export interface StreamOutcome {
  stream: ReadableStream<Uint8Array>;
  contentType: string;
  /** Where a browser is to save it. */
  fileName?: string;
}

export interface Outcome {
  data: unknown;
  meta?: PageMeta;
}

export interface RouteContract<Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType> {
  method: Method;
  /** Below `/core/api/v1`, with parameters in braces. */
  path: string;
  summary: string;
  /** Checked by the verb; checked here too, before the body is looked at. Null: every signed-in person. */
  permission: Permission | null;
  query: Query;
  /** Null where the method takes none. */
  body: Body | null;
  /** What `data` holds; of a list, one item. */
  output: z.ZodType;
  isList: boolean;
  /** One object that holds a page of rows; its paging is in `meta`. */
  isPaged: boolean;
  /** 200 unless said otherwise. */
  status: 200 | 201;
  /** The content types of an answer that is no envelope; empty for all others. */
  streams: readonly string[];
}

export interface Route extends RouteContract {
  run(call: RouteCall<unknown, unknown>): Promise<Outcome | StreamOutcome>;
}

type Input = z.ZodType;

/** Ties a contract to its verb; the types of the two must fit. */
export function route<Query extends Input, Body extends Input>(
  contract: Omit<RouteContract<Query, Body>, 'isList' | 'isPaged' | 'status' | 'streams'> & {
    isList?: true;
    isPaged?: true;
    status?: 201;
    streams?: readonly string[];
  },
  run: (call: RouteCall<z.output<Query>, z.output<Body>>) => Promise<Outcome | StreamOutcome>,
): Route {
  return {
    ...contract,
    isList: contract.isList ?? false,
    isPaged: contract.isPaged ?? false,
    status: contract.status ?? 200,
    streams: contract.streams ?? [],
    run: (call) => run(call as RouteCall<z.output<Query>, z.output<Body>>),
  };
}
