// Every refusal of a verb has a stable code, a status and a sentence that says what to do.
// The HTTP layer and the console show them as they are; nothing else may be thrown at a caller on purpose.

/** One place of the input that was refused. */
export interface FieldError {
  path: string;
  code: string;
  detail: string;
}

/** HTTP-shaped classes of refusal: they are the field's common vocabulary, also inside the engine. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 422 | 429 | 503;

export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: RefusalStatus,
    /** Stable, snake case. */
    readonly code: string,
    /** A sentence that says what is wrong and what to do. */
    readonly detail: string,
    readonly extra: { data?: unknown; errors?: FieldError[] } = {},
  ) {
    super(`${code}: ${detail}`);
  }
}

/** What the caller may not see, or what is not there: the same answer. */
export const notFound = (what: string, id: string): Refusal =>
  new Refusal(
    404,
    `${what.replaceAll(' ', '_')}_not_found`,
    `There is no ${what} ${id} here. It may have been deleted, or belong to another organisation.`,
  );

/** The state moved on; `data` holds the state as it is now. */
export const conflict = (code: string, detail: string, data?: unknown): Refusal =>
  new Refusal(409, code, detail, data === undefined ? {} : { data });

/** Well-formed and not acceptable, with a line per place. */
export const unacceptable = (code: string, detail: string, errors: FieldError[]): Refusal =>
  new Refusal(422, code, detail, { errors });
