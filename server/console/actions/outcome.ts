// What a server action answers. A refusal is data, not an exception: Next hides the text of what is thrown,
// and the text is what the operator needs.
import 'server-only';
import { ZodError } from 'zod';
import { Refusal, type FieldError } from '@/server/engine/errors/errors';
import { inputRefusal } from '@/server/engine/errors/parse-input';
import { KEPT_REFUSALS, recordRefusal } from '@/server/engine/events/record-refusal';
import { isUuid } from '@/server/lib/uuid';
import { projectSession, type ConsoleSession } from '../session';

/** Where a refusal's event says that it happened: a server action has no path of its own. */
const CONSOLE_ACTION = 'console';

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

/**
 * Runs `act` for who is signed in, in `projectId`. Refusals and malformed input become outcomes; faults are
 * thrown. What comes from the browser is not to be trusted: `act` has to check it.
 */
export async function outcomeOf<T>(
  projectId: string,
  act: (session: ConsoleSession) => Promise<T>,
): Promise<Outcome<T>> {
  const session = isUuid(projectId) ? await projectSession(projectId) : null;
  if (session === null) return refused(401, 'signed_out', 'You are signed out. Sign in again to go on.');
  try {
    return { ok: true, data: await act(session) };
  } catch (error) {
    const refusal = error instanceof ZodError ? inputRefusal(error, 'body') : error;
    if (!(refusal instanceof Refusal)) throw error;
    const { status, code, detail, extra } = refusal;
    await keepRefusal(session, refusal);
    return refused(status, code, detail, extra.errors, extra.data);
  }
}

/** As at the API's door: who tries what they may not shows in the audit log. */
async function keepRefusal({ ctx, project }: ConsoleSession, refusal: Refusal): Promise<void> {
  if (!KEPT_REFUSALS.has(refusal.status)) return;
  const params = { project_id: project.id };
  const request = { method: 'POST', path: CONSOLE_ACTION, params, projectId: project.id };
  await recordRefusal(ctx, request, refusal);
}
