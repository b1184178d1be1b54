// A state as a shape, a word and a colour, in that order: whoever cannot see the colour loses nothing.
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockHour4,
  IconInfoCircle,
  IconPlayerPause,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './status-chip.module.css';

/** ok: as it should be. wait: a person or a process is awaited. bad: broken. info: under way. idle: nothing to do. */
export type Tone = 'ok' | 'wait' | 'bad' | 'info' | 'idle';

const SHAPE: Record<Tone, Icon> = {
  ok: IconCircleCheck,
  wait: IconClockHour4,
  bad: IconCircleX,
  info: IconInfoCircle,
  idle: IconCircleDashed,
};

/** Shapes that say more than the tone's own. */
export const CHIP_ICONS = { pause: IconPlayerPause, warn: IconAlertTriangle } as const;

interface Props {
  tone: Tone;
  children: ReactNode;
  icon?: keyof typeof CHIP_ICONS;
  /** Without the pill: for dense lists where every row has one. */
  plain?: boolean;
  title?: string;
}

/** Shows `children` (a word or two) as a state of `tone`. */
export function StatusChip({ tone, children, icon, plain = false, title }: Props) {
  const Shape = icon === undefined ? SHAPE[tone] : CHIP_ICONS[icon];
  return (
    <span className={classes.chip} data-tone={tone} data-plain={plain || undefined} title={title}>
      <Shape size={13} stroke={2} aria-hidden />
      <span>{children}</span>
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
