// A key as it is printed on the keyboard.
import classes from './kbd.module.css';

/** One key: `j`, `Enter`, `Ctrl K`. */
export function Kbd({ children }: { children: string }) {
  return <kbd className={classes.kbd}>{children}</kbd>;
}
