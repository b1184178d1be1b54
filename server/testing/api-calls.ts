/**
 * Calls of every operation of the description: who calls, what the path names, fitting or flawed parameters and
 * bodies. A call is plain data, made from a seed alone, so that a run can be had again.
 */
import fc from 'fast-check';
import { OPERATIONS } from '@/server/http/catalogue';
import type { Route } from '@/server/http/contract';
import { openApiDocument } from '@/server/http/openapi';
import { fitting, flawed, junk, type JsonSchema } from './schema-values';

export const CALLERS = ['viewer', 'operator', 'admin', 'owner', 'nobody', 'stranger'] as const;
export type Caller = (typeof CALLERS)[number];

/** Whose the objects in the path are. */
export type Naming = 'own' | 'foreign' | 'absent' | 'junk';

export interface ApiCall {
  name: string;
  route: Route;
  caller: Caller;
  naming: Naming;
  /** Which of the objects there are; taken modulo their number. */
  pick: number;
  query: Record<string, unknown>;
  body: unknown;
}

interface Described {
  parameters: { name: string; in: string; required: boolean; schema: JsonSchema }[];
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
}

const { paths } = openApiDocument() as unknown as { paths: Record<string, Record<string, Described>> };

function described({ method, path }: Route): Described {
  const operation = paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`${method} ${path} is not described`);
  return operation;
}

/**
 * Query parameters as one object's schema; or only those that have to be there: of many optional ones a call nearly
 * always asks for what is not there.
 */
function querySchema({ parameters }: Described, which: 'all' | 'required'): JsonSchema {
  const own = parameters.filter((one) => one.in === 'query' && (which === 'all' || one.required));
  return {
    type: 'object',
    properties: Object.fromEntries(own.map(({ name, schema }) => [name, schema])),
    required: own.filter(({ required }) => required).map(({ name }) => name),
  };
}

const often = <T>(usual: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: seldom });

function callOf(name: string, route: Route): fc.Arbitrary<ApiCall> {
  const operation = described(route);
  const query = querySchema(operation, 'all');
  const bare = querySchema(operation, 'required');
  const body = operation.requestBody?.content['application/json'].schema;
  return fc.record({
    name: fc.constant(name),
    route: fc.constant(route),
    caller: fc.constantFrom(...CALLERS),
    naming: often<Naming>(fc.constant('own'), fc.constantFrom<Naming>('foreign', 'absent', 'junk')),
    pick: fc.nat(1000),
    query: often<unknown>(
      fc.oneof({ weight: 3, arbitrary: fitting(query) }, { weight: 1, arbitrary: fitting(bare) }),
      flawed(query),
    ) as fc.Arbitrary<Record<string, unknown>>,
    body:
      body === undefined
        ? often(fc.constant(undefined), junk())
        : often<unknown>(fitting(body), fc.oneof(flawed(body), junk())),
  });
}

/** `count` calls over all operations, each as often as any other. */
export function apiCalls(seed: number, count: number): ApiCall[] {
  const each = Math.ceil(count / OPERATIONS.length);
  const byOperation = OPERATIONS.map(([name, route], index) =>
    fc.sample(callOf(name, route), { numRuns: each, seed: seed + index }),
  );
  return Array.from({ length: each }, (_, n) => byOperation.flatMap((calls) => calls.slice(n, n + 1)))
    .flat()
    .slice(0, count);
}

/** `?a=b` of a call. */
export function queryText({ query }: ApiCall): string {
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** The calls of `npm test`: the same each time, so that it fails by a change and not by chance. */
const SEED_USUAL = 1_739_480_704;

/** TIDEGATE_CONTRACT_SEED, which looks elsewhere or has a run again; else the usual one. */
export const seedOfRun = (): number => Number(process.env['TIDEGATE_CONTRACT_SEED'] ?? SEED_USUAL);
