// The API's description, written from the very schemas that check requests: it cannot say anything else than
// what is served. Answers refer to the named shapes; fields may be added to them, so none is closed.
import { z } from 'zod';
import { pageMeta } from '@/server/contract/common';
import { SHAPES } from '@/server/contract/shapes';
import { OPERATIONS } from './catalogue';
import { isIdParam, type Route } from './contract';
import { errorResponses, refusalSchema, responsesOf } from './openapi-errors';
import { TAGS, tagOf } from './openapi-tags';

type Json = Record<string, unknown>;

const shapes = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(SHAPES)) shapes.add(schema, { id });

/** What a request has to be; nothing is named, for a default or a coercion makes it differ from the answer's. */
function requestSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    metadata: z.registry<{ id: string }>(),
    override: tidy,
  });
  return rest;
}

/** What an answer holds; named shapes come as references to `components`. */
function answerSchema(schema: z.ZodType): Json {
  const { $schema: _, $defs: _defs, ...rest } = toAnswer(schema);
  return toComponents(rest) as Json;
}

const toAnswer = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any', metadata: shapes, override: open });

/** A format says it; the pattern behind it, and the bounds of a double's integers, only hide it. */
function tidy({ jsonSchema: schema }: { jsonSchema: Json }): void {
  if (schema['format'] !== undefined) delete schema['pattern'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
}

function open(context: { jsonSchema: Json }): void {
  tidy(context);
  if (context.jsonSchema['additionalProperties'] === false) delete context.jsonSchema['additionalProperties'];
}

function toComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toComponents);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => key !== 'id' || typeof member !== 'string')
      .map(([key, member]) => [
        key,
        key === '$ref' && typeof member === 'string'
          ? member.replace('#/$defs/', '#/components/schemas/')
          : toComponents(member),
      ]),
  );
}

function shapeSchemas(): Json {
  const all = z.toJSONSchema(z.object(SHAPES), {
    io: 'output',
    unrepresentable: 'any',
    metadata: shapes,
    override: open,
  });
  return toComponents(all.$defs ?? {}) as Json;
}

/** OpenAPI 3.1 of every route in the catalogue. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of OPERATIONS) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(name, route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tidegate', version: '1', description: 'Governed replication of SQLite tables.' },
    servers: [{ url: '/core/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    tags: TAGS.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal API token.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'next-auth.session-token',
          description: "A browser session, for this site's own pages alone.",
        },
      },
      schemas: { ...shapeSchemas(), Refusal: refusalSchema() },
      responses: errorResponses(),
    },
  };
}

function operation(name: string, route: Route): Json {
  return {
    operationId: name,
    tags: [tagOf(route.path)],
    summary: route.summary,
    description: route.permission === null ? 'For every signed-in person.' : `Needs ${route.permission}.`,
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(route.body === null
      ? {}
      : { requestBody: { required: true, content: json(requestSchema(route.body)) } }),
    responses: {
      [route.status]: { description: 'Done', content: successContent(route) },
      ...responsesOf(route),
    },
  };
}

const json = (schema: Json): Json => ({ 'application/json': { schema } });

const pathParameters = ({ path }: Route): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: isIdParam(name) || name === 'device_id' ? { type: 'string', format: 'uuid' } : { type: 'string' },
  }));

function queryParameters({ query }: Route): Json[] {
  const { properties = {}, required = [] } = requestSchema(query) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

const HEADERS = {
  'ORG-ID': 'The organisation; required where the token’s user is in several.',
  'Idempotency-Key': 'The same key and request give the first answer again for 24 hours.',
} as const;

const headerParameters = ({ method }: Route): Json[] =>
  Object.entries(HEADERS)
    .filter(([name]) => name === 'ORG-ID' || method !== 'GET')
    .map(([name, description]) => ({
      name,
      in: 'header',
      required: false,
      description,
      schema: { type: 'string' },
    }));

/** What is no envelope is described by what one line, or one event, of it holds. */
const successContent = (route: Route): Json =>
  route.streams.length === 0
    ? json(successEnvelope(route))
    : Object.fromEntries(
        route.streams.map((type) => [
          type,
          { schema: { type: 'string', contentSchema: answerSchema(route.output) } },
        ]),
      );

/** A list has paging in `meta`; so have rows that come under a head. */
const successEnvelope = ({ output, isList, isPaged }: Route): Json => {
  const data = answerSchema(output);
  return {
    type: 'object',
    required: ['ok', 'data', 'meta'],
    properties: {
      ok: { const: 1 },
      data: isList ? { type: 'array', items: data } : data,
      meta: isList || isPaged ? answerSchema(pageMeta) : { type: 'null' },
    },
  };
};

/** The document as it is served; it holds nothing of a tenant. */
export const openApi = (): Response => Response.json(openApiDocument());
