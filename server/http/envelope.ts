// The one shape of every answer. A stack trace or a statement's text never leaves: a caller gets a stable
// code, a sentence, and the correlation id under which the log has the rest.
import { ZodError } from 'zod';
import { DATABASE_UNAVAILABLE } from '@/server/contract/page-faults';
import { classifySqlError } from '@/server/db/sqlstate';
import { Refusal, type FieldError } from '@/server/engine/errors/errors';
import { inputRefusal } from '@/server/engine/errors/parse-input';
import type { StreamOutcome } from './contract';

export interface Success {
  status: number;
  data: unknown;
  meta: unknown;
}

/** An answer before it is sent; what the idempotency store keeps. */
export interface Answer {
  status: number;
  body: string;
  /** Seconds, for 429 and 503. */
  retryAfter?: number;
}

/** `{ ok: 1, data, meta }`. */
export const successAnswer = ({ status, data, meta }: Success): Answer => ({
  status,
  body: JSON.stringify({ ok: 1, data, meta: meta ?? null }),
});

/** `{ ok: 0, message, detail, errors?, data? }`. */
export function refusalAnswer({ status, code, detail, extra }: Refusal): Answer {
  const { data, errors } = extra as { data?: unknown; errors?: FieldError[] };
  const body = JSON.stringify({
    ok: 0,
    message: code,
    detail,
    ...(errors === undefined ? {} : { errors }),
    ...(data === undefined ? {} : { data }),
  });
  const retryAfter = (data as { retry_after_seconds?: number } | undefined)?.retry_after_seconds;
  if (retryAfter !== undefined) return { status, body, retryAfter };
  return status === 503 ? { status, body, retryAfter: 1 } : { status, body };
}

/** The refusal that an error is; null for a fault of ours. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof ZodError) return inputRefusal(error, 'body');
  if (classifySqlError(error) === 'transient') {
    return new Refusal(
      503,
      DATABASE_UNAVAILABLE,
      'The database cannot do this right now. Nothing was changed; try again in a moment.',
    );
  }
  return null;
}

/** A fault of ours: the log has it under the correlation id. */
export const faultAnswer = (correlationId: string): Answer => ({
  status: 500,
  body: JSON.stringify({
    ok: 0,
    message: 'internal_error',
    detail: `Something went wrong on our side and nothing was changed. The log has it under ${correlationId}.`,
  }),
});

/** The HTTP response of an answer. */
export function respond(answer: Answer, correlationId: string, extra: Record<string, string> = {}): Response {
  return new Response(answer.body, {
    status: answer.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-correlation-id': correlationId,
      'x-content-type-options': 'nosniff',
      ...(answer.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) }),
      ...extra,
    },
  });
}

/** The HTTP response of what is written as it comes; no proxy on the way may hold it back or change it. */
export function respondStream(
  { stream, contentType, fileName }: StreamOutcome,
  correlationId: string,
  isHeadOnly: boolean,
): Response {
  return new Response(isHeadOnly ? null : stream, {
    headers: {
      'content-type': contentType,
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-correlation-id': correlationId,
      'x-content-type-options': 'nosniff',
      ...(fileName === undefined ? {} : { 'content-disposition': `attachment; filename="${fileName}"` }),
    },
  });
}
