'use client';
// One's own account: who is signed in, and a new password.
import { PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { changePasswordAction } from '@/server/console/actions/members';
import { useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { Facts, Panel } from '@/components/ui/panel';
import classes from './settings.module.css';

const CHARS_MIN = 12;

function reasonOf(current: string, next: string): string | undefined {
  if (current === '') return 'Give your present password first.';
  return next.length < CHARS_MIN ? `The new password needs at least ${CHARS_MIN} characters.` : undefined;
}

/** Signed in as, and the form for another password. */
export function AccountPanel() {
  const { user, project } = useSession();
  const { busy, run } = useActions(project.id);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const reason = reasonOf(current, next);
  const change = async () => {
    if (reason !== undefined) return;
    const input = { current_password: current, new_password: next };
    const done = await run('password', () => changePasswordAction(project.id, input), 'Password changed');
    if (done === null) return;
    setCurrent('');
    setNext('');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void change();
  };
  return (
    <Panel title="Your account">
      <div className={classes.stack}>
        <Facts
          items={[
            { name: 'Signed in as', value: user.email },
            { name: 'Role', value: user.role },
          ]}
        />
        <form className={classes.form} onSubmit={submit}>
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password"
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <div>
            <ActionButton loading={busy !== null} disabledReason={reason} onClick={() => void change()}>
              Change password
            </ActionButton>
          </div>
        </form>
      </div>
    </Panel>
  );
}
