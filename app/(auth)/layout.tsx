import type { ReactNode } from 'react';
import classes from './layout.module.css';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return <main className={classes.page}>{children}</main>;
}
