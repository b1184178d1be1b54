// The head of every page: where one is, what it is, and what can be done with it.
import type { ReactNode } from 'react';
import { Link } from './link';
import classes from './page-header.module.css';

interface Props {
  title: ReactNode;
  /** The list that this page belongs to. */
  back?: { href: string; label: string };
  /** A line of facts below the title. */
  facts?: ReactNode;
  actions?: ReactNode;
}

/** The page's only h1, with facts below and actions at its right. */
export function PageHeader({ title, back, facts, actions }: Props) {
  return (
    <header className={classes.header}>
      <div className={classes.text}>
        {back === undefined ? null : (
          <Link href={back.href} className={classes.back}>
            {back.label}
            <span aria-hidden> /</span>
          </Link>
        )}
        <h1 className={classes.title}>{title}</h1>
        {facts === undefined ? null : <div className={classes.facts}>{facts}</div>}
      </div>
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
