// A key as it is printed on the keyboard.
import classes from './kbd.module.css';

const PRINTED: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

/**
 * One key: `j`, `Enter`, `Ctrl K`, or the name of a `KeyboardEvent.key`. It is read out only where `isSpoken`: beside a
 * command it would become part of its name, and `aria-keyshortcuts` tells it.
 */
export function Kbd({ children, isSpoken = false }: { children: string; isSpoken?: boolean }) {
  return (
    <kbd className={classes.kbd} aria-hidden={isSpoken ? undefined : true}>
      {PRINTED[children] ?? children}
    </kbd>
  );
}
