'use client';
// Jumps to a key: as many of its columns from the left as are known. NULL is a value of its own.
import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { Kbd } from '@/components/ui/kbd';
import { useKeys } from '@/components/ui/keys';
import classes from './go-to-key.module.css';

interface Props {
  /** The columns of the order, in order: of the key, or "Commit seq". */
  columns: readonly string[];
  /** Whether a value may be NULL. */
  isNullable: boolean;
  onGo: (key: (string | null)[]) => void;
  /** Shows the way of the whole key, whether or not there is a row of it. */
  onHistory?: ((key: (string | null)[]) => void) | undefined;
  disabledReason?: string | undefined;
}

interface Typed {
  text: string;
  isNull: boolean;
}
const NONE: Typed = { text: '', isNull: false };

/** What was typed, up to the last column that has anything. */
function keyOf(columns: readonly string[], typed: Readonly<Record<string, Typed>>): (string | null)[] {
  const all = columns.map((name) => typed[name] ?? NONE);
  const last = all.findLastIndex(({ text, isNull }) => isNull || text !== '');
  return all.slice(0, last + 1).map(({ text, isNull }) => (isNull ? null : text));
}

function KeyForm({ columns, isNullable, onGo, onHistory, onDone }: Props & { onDone: () => void }) {
  const [typed, setTyped] = useState<Record<string, Typed>>({});
  const key = keyOf(columns, typed);
  const change = (name: string, part: Partial<Typed>) =>
    setTyped((all) => ({ ...all, [name]: { ...(all[name] ?? NONE), ...part } }));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (key.length === 0) return;
        onGo(key);
        onDone();
      }}
    >
      {columns.map((name, i) => (
        <div key={name} className={classes.line}>
          <TextInput
            label={name}
            className={classes.value ?? ''}
            value={typed[name]?.text ?? ''}
            disabled={typed[name]?.isNull ?? false}
            autoComplete="off"
            {...(i === 0 ? { 'data-autofocus': true } : {})}
            onChange={(event) => change(name, { text: event.currentTarget.value })}
          />
          {isNullable ? (
            <Checkbox
              label="NULL"
              aria-label={`${name} is NULL`}
              checked={typed[name]?.isNull ?? false}
              onChange={(event) => change(name, { isNull: event.currentTarget.checked })}
            />
          ) : null}
        </div>
      ))}
      <div className={classes.ways}>
        {onHistory === undefined ? null : (
          <Button
            variant="default"
            disabled={key.length < columns.length}
            onClick={() => {
              onHistory(key);
              onDone();
            }}
          >
            Its history
          </Button>
        )}
        <Button type="submit" disabled={key.length === 0}>
          Go
        </Button>
      </div>
    </form>
  );
}

/** The button and its form; `g` opens it. */
export function GoToKey(props: Props) {
  const { disabledReason } = props;
  const [opened, setOpened] = useState(false);
  useKeys([{ keys: ['g'], label: 'Go to a key', group: 'Rows', run: () => setOpened(true), disabledReason }]);
  return (
    <Popover
      classNames={{ dropdown: classes.dropdown ?? '' }}
      opened={opened}
      onChange={setOpened}
      trapFocus
      position="bottom-end"
      width={290}
      withRoles
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconKey size={14} aria-hidden />}
          rightSection={<Kbd>g</Kbd>}
          aria-keyshortcuts="g"
          disabled={disabledReason !== undefined}
          title={disabledReason}
          onClick={() => setOpened((is) => !is)}
        >
          Go to
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Go to a key">
        <KeyForm {...props} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
