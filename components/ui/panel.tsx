// A bordered area with a heading: the only box that pages are built from.
import { useId, type ReactNode } from 'react';
import classes from './panel.module.css';

interface Props {
  title: string;
  /** At the right of the heading: a count, a link, a small action. */
  aside?: ReactNode;
  children: ReactNode;
  /** Content up to the border, for tables. */
  flush?: boolean;
}

/** A region named by its heading. */
export function Panel({ title, aside, children, flush = false }: Props) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {aside === undefined ? null : <div className={classes.aside}>{aside}</div>}
      </div>
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}

/** Name and value pairs, one a line. */
export function Facts({ items }: { items: { name: string; value: ReactNode }[] }) {
  return (
    <dl className={classes.facts}>
      {items.map((item) => (
        <div key={item.name} className={classes.fact}>
          <dt>{item.name}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
