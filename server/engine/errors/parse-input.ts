// From a caller's input to a verb's typed input, or a refusal that names every place.
// Unknown names are refused, not ignored: a filter with a typing error must not answer with everything.
import type { z } from 'zod';
import { Refusal, type FieldError } from './errors';

/** Where the input came from: a query that does not parse is malformed, a body is not acceptable. */
export type InputKind = 'query' | 'body';

/**
 * `input` as `schema` gives it. Refuses with 400 `unknown_parameter`, 400 `invalid_parameter` (query) or 422
 * `validation_failed` (body).
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, kind: InputKind): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw inputRefusal(result.error, kind);
}

/** The refusal for what zod found. */
export function inputRefusal(error: z.ZodError, kind: InputKind): Refusal {
  const unknown = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => pathText([...issue.path, key])) : [],
  );
  if (unknown.length > 0) return unknownParameters(unknown);
  const errors = error.issues.map(fieldError);
  const places = errors.map(({ path, detail }) => (path === '' ? detail : `${path}: ${detail}`)).join('; ');
  return kind === 'query'
    ? new Refusal(400, 'invalid_parameter', `${places}.`, { errors })
    : new Refusal(422, 'validation_failed', `${places}.`, { errors });
}

/** The refusal that names what is not known. */
export function unknownParameters(names: string[]): Refusal {
  const list = names.map((name) => `"${name}"`).join(', ');
  return new Refusal(
    400,
    'unknown_parameter',
    `${list} ${names.length === 1 ? 'is' : 'are'} not known here. Check the spelling, or leave it out.`,
    { errors: names.map((path) => ({ path, code: 'unknown_parameter', detail: 'not known here' })) },
  );
}

const fieldError = (issue: z.core.$ZodIssue): FieldError => ({
  path: pathText(issue.path),
  code: issue.code,
  detail: issue.message,
});

/** `["column_actions", 3, "action"]` as `column_actions[3].action`. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
