'use client';
// A strip of numbers, each a link to the list behind it.
import { IconAlertTriangle, IconClockHour4 } from '@tabler/icons-react';
import { Link } from '@/components/ui/link';
import { TimeAgo } from '@/components/ui/time';
import type { Figure } from './attention';
import classes from './figures.module.css';

function Mark({ tone }: { tone: Figure['tone'] }) {
  if (tone === 'bad') return <IconAlertTriangle size={14} aria-label="needs attention" />;
  if (tone === 'wait') return <IconClockHour4 size={14} aria-label="waits" />;
  return null;
}

/** `figures` side by side; `label` names the strip. */
export function Figures({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <ul className={classes.strip} aria-label={label}>
      {figures.map((figure) => (
        <li key={figure.label}>
          <Link href={figure.href} className={classes.figure} data-tone={figure.tone}>
            <span className={classes.label}>{figure.label}</span>
            <span className={classes.value}>
              {figure.value}
              <Mark tone={figure.tone} />
            </span>
            <span className={classes.note}>
              {figure.note}
              {figure.since === undefined ? null : (
                <>
                  {' '}
                  <TimeAgo at={figure.since} bare />
                </>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
