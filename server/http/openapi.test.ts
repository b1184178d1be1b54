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
