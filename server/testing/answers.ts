/**
 * Holds answers to the API's description: an answer that has a field which is not described, or lacks one that is,
 * fails the test that met it. Without it the description and the typed client made from it drift from what is served.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApiDocument } from '@/server/http/openapi';

type Json = Record<string, unknown>;

interface Described {
  paths: Record<string, Record<string, { responses: Record<string, Json> }>>;
}

const closed = close(openApiDocument()) as Described;
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema({ $id: 'api', ...closed });
const compiled = new Map<string, ValidateFunction>();

/** Answers may gain fields, so the description leaves them open; a test wants each to be described. */
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close);
  if (value === null || typeof value !== 'object') return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, close(member)]));
  const isObject = copy['type'] === 'object' && copy['properties'] !== undefined;
  return isObject && copy['additionalProperties'] === undefined
    ? { ...copy, additionalProperties: false }
    : copy;
}

/** What is wrong with an answer of an operation, a line per fault; nothing where it is as described. */
export function answerFaults(method: string, path: string, status: number, body: unknown): string[] {
  const operation = closed.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) return [`${method} ${path} is not described`];
  const described = operation.responses[status];
  if (described === undefined) return [`${status} is not a described status of ${method} ${path}`];
  const content = described['content'] as Json | undefined;
  // Not every answer is JSON: an export is lines.
  if (content !== undefined && !('application/json' in content)) return [];
  const validate = validatorOf(method, path, status, described);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath}: ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

function validatorOf(method: string, path: string, status: number, described: Json): ValidateFunction {
  const isShared = '$ref' in described;
  const key = isShared ? String(described['$ref']) : `${method} ${path} ${status}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const within = isShared
    ? String(described['$ref'])
    : `#/paths/${pointer(path)}/${method.toLowerCase()}/responses/${status}`;
  const made = ajv.compile({ $ref: `api${within}/content/application~1json/schema` });
  compiled.set(key, made);
  return made;
}

const pointer = (text: string): string =>
  encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
