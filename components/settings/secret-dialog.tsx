'use client';
// A secret that is shown this once. It does not close by Escape or a click beside it: the secret would be gone.
import { Button, Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import classes from './settings.module.css';

export interface Secret {
  title: string;
  secret: string;
}

interface Props extends Secret {
  /** What it is: "password", "token". */
  kind: string;
  /** False where the server has to keep the secret itself, as it signs with it. */
  isHashed?: boolean;
  onClose: () => void;
}

/** Shows `secret` until the user says that it is kept. */
export function SecretDialog({ title, kind, secret, isHashed = true, onClose }: Props) {
  const [kept, setKept] = useState(false);
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <div className={classes.stack}>
        <p className={classes.warning}>
          The {kind} is shown only now. {isHashed ? 'It is stored as a hash: n' : 'N'}obody can read it again,
          only replace it.
        </p>
        <CodeBlock text={secret} label={kind} />
        <Checkbox
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
          label={`I have stored the ${kind}`}
        />
        <Group justify="flex-end">
          <Button disabled={!kept} onClick={onClose}>
            Close
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}
