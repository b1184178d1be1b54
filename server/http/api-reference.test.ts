// The page has every operation and every shape of the description, and says of each what the description says.
import { describe, expect, it } from 'vitest';
import { operationPage, referenceGroups, referenceShapes, shapePage } from './api-reference';
import { CATALOGUE, OPERATIONS } from './catalogue';

const operations = referenceGroups().flatMap((group) => group.operations);

it('lists every operation once', () => {
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    CATALOGUE.map(({ method, path }) => `${method} ${path}`).sort(),
  );
});

it.each(OPERATIONS.map(([name]) => name))('shows %s, with links to shapes that there are', (name) => {
  const page = operationPage(name);
  expect(page).not.toBeNull();
  const lines = [...(page?.parameters ?? []), ...(page?.body ?? []), ...(page?.answer.fields ?? [])];
  for (const { shape } of lines) if (shape !== null) expect(referenceShapes()).toContain(shape);
  expect(page?.answer.fields.length).toBeGreaterThan(0);
  expect(page?.refusals.map(({ status }) => status)).toContain('401');
});

it.each(referenceShapes())('shows the shape %s', (name) => {
  expect(shapePage(name)?.fields.length).toBeGreaterThan(0);
});

it('says of what may be null that it may', () => {
  expect(shapePage('Lineage')?.fields).toContainEqual(
    expect.objectContaining({ name: 'materialization_last_error', type: 'text or null' }),
  );
});

it('says what a body takes, in words, and how to send it', () => {
  const page = operationPage('postApprove');
  expect(page?.body).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'action_version', type: 'integer', required: true, note: 'from 1' }),
      expect.objectContaining({ name: 'column_actions', type: 'array of object', depth: 0 }),
      expect.objectContaining({
        name: 'action',
        depth: 1,
        note: expect.stringContaining('one of mirror') as string,
      }),
    ]),
  );
  expect(page?.parameters).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'project_id', place: 'path', type: 'UUID', required: true }),
      expect.objectContaining({ name: 'Idempotency-Key', place: 'header', required: false }),
    ]),
  );
  expect(page?.example).toContain('-X POST');
  expect(page?.example).toContain(
    '"$TIDEGATE_URL/core/api/v1/projects/$PROJECT/edge/schema-reviews/$SCHEMA_REVIEW/approve"',
  );
});

describe('what there is not', () => {
  it.each(['', 'nope', '__proto__', 'constructor', 'toString'])('%j has no page', (name) => {
    expect(operationPage(name)).toBeNull();
    expect(shapePage(name)).toBeNull();
  });
});
