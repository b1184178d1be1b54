'use client';
// The list of operations beside whatever is open. It stays as it is while one goes from one to the next.
import { usePathname } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { FilterText } from '@/components/ui/filter-bar';
import { Link } from '@/components/ui/link';
import type { OperationGroup, OperationLink } from '@/server/contract/api-reference';
import { Method } from './method';
import classes from './reference.module.css';

const holds = (text: string, q: string): boolean => text.toLowerCase().includes(q.toLowerCase());

const fits = ({ id, method, path, summary }: OperationLink, q: string): boolean =>
  holds(`${method} ${path} ${summary} ${id}`, q);

export function ReferenceFrame({
  groups,
  shapes,
  children,
}: {
  groups: readonly OperationGroup[];
  shapes: readonly string[];
  children: ReactNode;
}) {
  const [q, setQ] = useQueryState('q', parseAsString.withDefault(''));
  const shown = groups
    .map(({ name, operations }) => ({ name, operations: operations.filter((one) => fits(one, q)) }))
    .filter(({ operations }) => operations.length > 0);
  const shownShapes = shapes.filter((name) => holds(name, q));
  const search = q === '' ? '' : `?${new URLSearchParams({ q }).toString()}`;
  return (
    <div className={classes.frame}>
      <nav aria-label="Operations" className={classes.nav}>
        <FilterText label="Path or words" value={q} onChange={(value) => void setQ(value)} width={300} />
        {shown.length + shownShapes.length === 0 ? (
          <p className={classes.none}>No operation and no shape has “{q}” in it.</p>
        ) : null}
        {shown.map(({ name, operations }) => (
          <section key={name} aria-label={name}>
            <h2 className={classes.group}>{name}</h2>
            {operations.map((one) => (
              <Place key={one.id} href={`/reference/${one.id}`} search={search}>
                <Method name={one.method} />
                <span className={classes.place}>
                  <span>{one.summary}</span>
                  <span className={classes.path}>{one.path.replace('/projects/{project_id}', '…')}</span>
                </span>
              </Place>
            ))}
          </section>
        ))}
        {shownShapes.length === 0 ? null : (
          <section aria-label="Shapes">
            <h2 className={classes.group}>Shapes</h2>
            {shownShapes.map((name) => (
              <Place key={name} href={`/reference/shapes/${name}`} search={search}>
                <span>{name}</span>
              </Place>
            ))}
          </section>
        )}
      </nav>
      <div className={classes.content}>{children}</div>
    </div>
  );
}

function Place({ href, search, children }: { href: string; search: string; children: ReactNode }) {
  const pathname = usePathname();
  return (
    <Link
      href={`${href}${search}`}

      scroll={false}
      className={classes.link}
      aria-current={pathname === href ? 'page' : undefined}
    >
      {children}
    </Link>
  );
}
