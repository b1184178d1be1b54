'use client';
// An id that copies at a click. What is shown may be shortened; what is copied never is.
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './copyable.module.css';
import { shorten, shortId } from './format';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Props {
  value: string;
  /** What it is, for the accessible name: "schema hash". */
  label: string;
  /** Shown in place of a part of the value. */
  text?: string;
  /** How many of its first characters are shown, all of them where 0; of an id it is always the last ones. */
  chars?: number;
}

function shownOf(value: string, chars: number): string {
  if (chars === 0) return value;
  return UUID.test(value) ? shortId(value) : shorten(value, chars);
}

/** Shows a part of the value and copies the whole. */
export function Copyable({ value, label, text, chars = 8 }: Props) {
  const clipboard = useClipboard({ timeout: 1200 });
  const shown = text ?? shownOf(value, chars);
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
