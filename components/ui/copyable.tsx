'use client';
// An id that copies at a click. What is shown may be shortened; what is copied never is.
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './copyable.module.css';
import { shorten } from './format';

interface Props {
  value: string;
  /** What it is, for the accessible name: "schema hash". */
  label: string;
  /** Shown in place of the value's first characters. */
  text?: string;
  chars?: number;
}

/** Shows the first `chars` characters (all of them when 0) and copies the whole value. */
export function Copyable({ value, label, text, chars = 8 }: Props) {
  const clipboard = useClipboard({ timeout: 1200 });
  const shown = text ?? (chars === 0 ? value : shorten(value, chars));
  return (
    <button
      type="button"
      className={classes.copyable}
      title={`${value}\nClick to copy`}
      aria-label={`Copy ${label} ${value}`}
      onClick={(event) => {
        event.stopPropagation();
        clipboard.copy(value);
      }}
    >
      <span className="tg-mono">{shown}</span>
      {clipboard.copied ? <IconCheck size={12} aria-hidden /> : <IconCopy size={12} aria-hidden />}
      <span role="status" className={classes.said}>
        {clipboard.copied ? `${label} copied` : ''}
      </span>
    </button>
  );
}
