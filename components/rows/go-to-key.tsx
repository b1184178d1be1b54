'use client';
// Jumps to a key: as many of its columns from the left as are known. NULL is a value of its own.
import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { Kbd } from '@/components/ui/kbd';
import { useKeys } from '@/components/ui/keys';
import classes from './go-to-key.module.css';

/** Why there is nothing to go to; undefined where it has been gone to. */
type Refused = string | undefined;

interface Field {
  name: string;
  isNullable: boolean;
}

interface Props {
  /** The columns of the order, in order: of the key, or "Commit seq". */
  fields: readonly Field[];
  /** What is refused is said in the form, and the grid stays as it is. */
  onGo: (key: (string | null)[]) => Refused | Promise<Refused>;
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
function keyOf(fields: readonly Field[], typed: Readonly<Record<number, Typed>>): (string | null)[] {
  const all = fields.map((_, i) => typed[i] ?? NONE);
  const last = all.findLastIndex(({ text, isNull }) => isNull || text !== '');
  return all.slice(0, last + 1).map(({ text, isNull }) => (isNull ? null : text));
}

function KeyForm({ fields, onGo, onHistory, onDone }: Props & { onDone: () => void }) {
  const [typed, setTyped] = useState<Record<number, Typed>>({});
  const [refused, setRefused] = useState<Refused>();
  const [isLooking, setLooking] = useState(false);
  const key = keyOf(fields, typed);
  const change = (at: number, part: Partial<Typed>) => {
    setRefused(undefined);
    setTyped((all) => ({ ...all, [at]: { ...(all[at] ?? NONE), ...part } }));
  };
  const go = async () => {
    setRefused(undefined);
    setLooking(true);
    const why = await onGo(key);
    setLooking(false);
    setRefused(why);
    if (why === undefined) onDone();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (key.length > 0 && !isLooking) void go();
      }}
    >
      {fields.map(({ name, isNullable }, i) => (
        <div key={name} className={classes.line}>
          <TextInput
            label={name}
            className={classes.value ?? ''}
            value={typed[i]?.text ?? ''}
            disabled={typed[i]?.isNull ?? false}
            autoComplete="off"
            {...(i === 0 ? { 'data-autofocus': true } : {})}
            onChange={(event) => change(i, { text: event.currentTarget.value })}
          />
          {isNullable ? (
            <Checkbox
              label="NULL"
              aria-label={`${name} is NULL`}
              checked={typed[i]?.isNull ?? false}
              onChange={(event) => change(i, { isNull: event.currentTarget.checked })}
            />
          ) : null}
        </div>
      ))}
      {refused === undefined ? null : (
        <p role="alert" className={classes.refused}>
          {refused}
        </p>
      )}
      <div className={classes.ways}>
        {onHistory === undefined ? null : (
          <Button
            variant="default"
            disabled={key.length < fields.length}
            onClick={() => {
              onHistory(key);
              onDone();
            }}
          >
            Its history
          </Button>
        )}
        <Button type="submit" disabled={key.length === 0} loading={isLooking}>
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
