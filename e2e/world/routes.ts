/**
 * The pages that there are, read from `app/`: a check that goes over a list of its own making would not notice the
 * page that was added last.
 */
import { readdirSync } from 'node:fs';

const PAGE = /(^|\/)page\.tsx$/;
const GROUP = /^\(.*\)$/;
const PARAMETER = /^\[.*\]$/;

/** Every page's pattern, as `/reviews/[id]`; what is fixed goes before what is a parameter. */
export function routes(): string[] {
  const pages = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => PAGE.test(file));
  return pages
    .map((file) => {
      const segments = file.split('/').slice(0, -1);
      return `/${segments.filter((segment) => !GROUP.test(segment)).join('/')}`;
    })
    .sort((a, b) => b.localeCompare(a));
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((segment, at) => PARAMETER.test(segment) || segment === given[at])
  );
}

/** The page that `path` leads to, the one with the fewest parameters; undefined where there is none. */
export function routeOf(path: string): string | undefined {
  const plain = path.replace(/[?#].*$/, '');
  const parameters = (pattern: string) => pattern.split('/').filter((part) => PARAMETER.test(part)).length;
  return routes()
    .filter((pattern) => matches(pattern, plain))
    .sort((a, b) => parameters(a) - parameters(b))[0];
}

/** Pages that none of `paths` leads to. */
export function unvisited(paths: readonly string[]): string[] {
  const visited = new Set(paths.map(routeOf));
  return routes().filter((route) => !visited.has(route));
}
