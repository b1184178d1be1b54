// A state as a shape, a word and a colour, in that order: whoever cannot see the colour loses nothing.
import type { ReactNode } from 'react';
import classes from './status-chip.module.css';

/** ok: as it should be. wait: a person or a process is awaited. bad: broken. info: under way. idle: nothing to do. */
export type Tone = 'ok' | 'wait' | 'bad' | 'info' | 'idle';

const CIRCLE = 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0';

/** Outlines on a field of 24 by 24. One path each, and not the icons of the kit: a list draws a hundred of them. */
const SHAPE: Record<Tone, string> = {
  ok: `${CIRCLE}M9 12l2 2l4-4`,
  wait: `${CIRCLE}M12 7v5l3 2`,
  bad: `${CIRCLE}M10 10l4 4m0-4l-4 4`,
  info: `${CIRCLE}M12 9h.01M11 12h1v4h1`,
  idle: CIRCLE,
};

/** Shapes that say more than the tone's own. */
const SAYING = {
  pause:
    'M6 6a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1zm8 0a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1h-2a1 1 0 0 1-1-1z',
  warn: 'M12 9v4m0 3h.01M10.4 3.6l-8.1 13.5a1.9 1.9 0 0 0 1.6 2.9h16.2a1.9 1.9 0 0 0 1.6-2.9l-8.1-13.5a1.9 1.9 0 0 0-3.2 0z',
} as const;

interface Props {
  tone: Tone;
  children: ReactNode;
  icon?: keyof typeof SAYING;
  /** Without the pill: for dense lists where every row has one. */
  plain?: boolean;
  title?: string;
}

/** Shows `children` (a word or two) as a state of `tone`. */
export function StatusChip({ tone, children, icon, plain = false, title }: Props) {
  return (
    <span className={classes.chip} data-tone={tone} data-plain={plain || undefined} title={title}>
      <svg viewBox="0 0 24 24" className={classes.shape} aria-hidden>
        <path d={icon === undefined ? SHAPE[tone] : SAYING[icon]} />
      </svg>
      {children}
    </span>
  );
}

/** A short fact about a thing ("key", "not null"): no state, no colour of its own. */
export function Tag({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className={classes.tag} title={title}>
      {children}
    </span>
  );
}
