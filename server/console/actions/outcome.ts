// What a server action answers. A refusal is data, not an exception: Next hides the text of what is thrown,
// and the text is what the operator needs.
import 'server-only';
import { ZodError } from 'zod';
import { Refusal, type FieldError } from '@/server/engine/errors/errors';
import { consoleSession, type ConsoleSession } from '../session';

export interface RefusalInfo {
  status: number;
  code: string;
  detail: string;
  errors: FieldError[];
  /** The state as it is now, on a conflict. */
  data: unknown;
}

export type Outcome<T> = { ok: true; data: T } | { ok: false; refusal: RefusalInfo };

const refused = (
  status: number,
  code: string,
  detail: string,
  errors: FieldError[] = [],
  data: unknown = null,
) => ({ ok: false, refusal: { status, code, detail, errors, data } }) as const;

function fieldErrors(error: ZodError): FieldError[] {
  return error.issues.map((issue) => ({
    path: issue.path.join('.'),
    code: issue.code,
    detail: issue.message,
  }));
}

/** Runs `act` for who is signed in. Refusals and malformed input become outcomes; faults are thrown. */
export async function outcomeOf<T>(act: (session: ConsoleSession) => Promise<T>): Promise<Outcome<T>> {
  const session = await consoleSession();
  if (session === null) return refused(401, 'signed_out', 'You are signed out. Sign in again to go on.');
  try {
    return { ok: true, data: await act(session) };
  } catch (error) {
    if (error instanceof Refusal) {
      return refused(
        error.status,
        error.code,
        error.detail,
        error.extra.errors ?? [],
        error.extra.data ?? null,
      );
    }
    if (error instanceof ZodError) {
      const errors = fieldErrors(error);
      const first = errors[0];
      return refused(
        400,
        'malformed',
        `${first?.path ?? 'input'}: ${first?.detail ?? 'not understood'}`,
        errors,
      );
    }
    throw error;
  }
}
