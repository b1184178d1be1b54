// A key as it is printed on the keyboard.
import classes from './kbd.module.css';

const PRINTED: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

/** One key: `j`, `Enter`, `Ctrl K`, or the name of a `KeyboardEvent.key`. */
export function Kbd({ children }: { children: string }) {
  return <kbd className={classes.kbd}>{PRINTED[children] ?? children}</kbd>;
}
