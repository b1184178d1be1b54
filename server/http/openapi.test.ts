import { expect, it } from 'vitest';
import { CATALOGUE } from './catalogue';
import { openApiDocument } from './openapi';

const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  paths: Record<
    string,
    Record<string, { parameters: { name: string; schema: unknown }[]; requestBody?: unknown }>
  >;
};

it('describes every route once', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(CATALOGUE.map(({ method, path }) => `${method} ${path}`).sort());
});

it('takes the bounds of parameters and the fields of bodies from the schemas', () => {
  const listed = document.paths['/projects/{project_id}/edge/lineages']?.['get'];
  const limit = listed?.parameters.find(({ name }) => name === 'limit');
  expect(limit?.schema).toMatchObject({ minimum: 1, maximum: 500, default: 20 });
  const reject =
    document.paths['/projects/{project_id}/edge/schema-reviews/{schema_review_id}/reject']?.['post'];
  expect(JSON.stringify(reject?.requestBody)).toContain('"reason"');
  expect(reject?.parameters.map(({ name }) => name)).toContain('Idempotency-Key');
});

it('gives every operation a name of its own, a heading, and every status that it answers with', () => {
  const operations = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods),
  ) as unknown as {
    operationId: string;
    tags: string[];
    responses: Record<string, unknown>;
  }[];
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(CATALOGUE.length);
  for (const { tags, responses } of operations) {
    expect(tags).toHaveLength(1);
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['400', '401', '403', '404', '500', '503']),
    );
  }
});

it('refers to named shapes, and leaves no reference open', () => {
  const text = JSON.stringify(document);
  const schemas = Object.keys(
    (document as unknown as { components: { schemas: Record<string, unknown> } }).components.schemas,
  );
  const named = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name = '']) => name));
  expect(schemas).toEqual(expect.arrayContaining([...named]));
  expect([...named]).toEqual(expect.arrayContaining(['Lineage', 'SchemaReview', 'StagedRow', 'Refusal']));
  expect(text).not.toContain('$defs');
});
