// The API's description, written from the very schemas that check requests: it cannot say anything else than
// what is served.
import { z } from 'zod';
import { pageMeta } from '@/server/contract/common';
import { CATALOGUE } from './catalogue';
import type { Route } from './contract';

type Json = Record<string, unknown>;

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const ERROR = { $ref: '#/components/responses/Error' };

/** OpenAPI 3.1 of every route in the catalogue. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const route of CATALOGUE) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tidegate', version: '1', description: 'Governed replication of SQLite tables.' },
    servers: [{ url: '/core/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: { Error: { description: 'A refusal', content: json(errorEnvelope()) } },
    },
  };
}

function operation(route: Route): Json {
  const mutates = route.method !== 'GET';
  return {
    summary: route.summary,
    description: route.permission === null ? 'For every signed-in person.' : `Needs ${route.permission}.`,
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(mutates)],
    ...(route.body === null
      ? {}
      : { requestBody: { required: true, content: json(jsonSchema(route.body, 'input')) } }),
    responses: {
      [route.status]: { description: 'Done', content: json(successEnvelope(route)) },
      default: ERROR,
    },
  };
}

const json = (schema: Json): Json => ({ 'application/json': { schema } });

const pathParameters = ({ path }: Route): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  }));

function queryParameters({ query }: Route): Json[] {
  const { properties = {}, required = [] } = jsonSchema(query, 'input') as {
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

const headerParameters = (mutates: boolean): Json[] =>
  ['ORG-ID', ...(mutates ? ['Idempotency-Key'] : [])].map((name) => ({
    name,
    in: 'header',
    required: false,
    schema: { type: 'string' },
  }));

const successEnvelope = ({ output, isList }: Route): Json => {
  const data = jsonSchema(output, 'output');
  return {
    type: 'object',
    required: ['ok', 'data', 'meta'],
    properties: {
      ok: { const: 1 },
      data: isList ? { type: 'array', items: data } : data,
      meta: isList ? jsonSchema(pageMeta, 'output') : { type: ['object', 'null'] },
    },
  };
};

const errorEnvelope = (): Json => ({
  type: 'object',
  required: ['ok', 'message', 'detail'],
  properties: {
    ok: { const: 0 },
    message: { type: 'string', description: 'A stable code' },
    detail: { type: 'string', description: 'What is wrong and what to do' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
    data: { description: 'The current state, with 409' },
  },
});

/** The document as it is served; it holds nothing of a tenant. */
export const openApi = (): Response => Response.json(openApiDocument());
