import { expect, test } from 'vitest';
import { routes, unvisited } from '@/e2e/world/routes';
import { emptyPagesOf, pagesOf, OUTSIDE } from '@/scripts/shown-pages.mjs';

/** Whatever of it is asked for is there, and some text. */
const anything: object = new Proxy(
  {},
  { get: (_, name) => (name === Symbol.toPrimitive ? () => 'some' : anything) },
);

test('every page has its picture', () => {
  expect(unvisited([...Object.values(OUTSIDE), ...Object.values(pagesOf(anything))])).toEqual([]);
});

test('every list has its picture without anything in it', () => {
  const isList = (route: string) => !route.includes('[') && !ALIKE.includes(route);
  expect(unvisited(Object.values(emptyPagesOf())).filter(isList)).toEqual([]);
});

/** Pages that show the same in every project. */
const ALIKE = ['/sign-in', '/reference', '/registry/consolidation/run'];

test('a page that no picture goes to is missed', () => {
  expect(unvisited(['/'])).toEqual(routes().filter((route) => route !== '/'));
});
