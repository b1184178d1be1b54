// An empty list is a finding: it says what was looked for, what is known, and what to do next.
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface Props {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Stands where rows would be. `children` says why there are none; `action` is the next step. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className={classes.empty}>
      <p className={classes.title}>{title}</p>
      {children === undefined ? null : <div className={classes.why}>{children}</div>}
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  );
}
