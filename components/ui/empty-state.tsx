// An empty list is a finding: it says what was looked for, what is known, and what to do next.
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface Props {
  title: string;
  /** Where it is all that the page has: the title then is the page's heading. */
  isPage?: boolean;
  children?: ReactNode;
  action?: ReactNode;
}

/** Stands where rows would be. `children` says why there are none; `action` is the next step. */
export function EmptyState({ title, isPage = false, children, action }: Props) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={classes.empty}>
      <Title className={classes.title}>{title}</Title>
      {children === undefined ? null : <div className={classes.why}>{children}</div>}
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  );
}
