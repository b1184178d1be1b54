'use client';
// Text that is read letter by letter (DDL, payloads): monospace, copied whole.
import { useClipboard } from '@mantine/hooks';
import { Button } from '@mantine/core';
import classes from './code-block.module.css';

/** `text` as it is, scrolling on its own, with a copy button. `label` names it. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  const clipboard = useClipboard({ timeout: 1200 });
  return (
    <div className={classes.block}>
      <pre className={classes.pre} tabIndex={0} aria-label={label} role="group">
        {text}
      </pre>
      <Button
        className={classes.copy}
        variant="default"
        aria-label={`Copy ${label}`}
        onClick={() => clipboard.copy(text)}
      >
        {clipboard.copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
