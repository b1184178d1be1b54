'use client';
// Filters of a list. Their values live in the URL, so these only show and change them.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useEarlyInput } from './early-input';
import classes from './filter-bar.module.css';
import { useKeys } from './keys';
import { Kbd } from './kbd';

/** Lays out filters in one line; `children` are FilterText and FilterSelect. */
export function FilterBar({
  children,
  onClear,
}: {
  children: ReactNode;
  onClear?: (() => void) | undefined;
}) {
  return (
    <search className={classes.bar}>
      {children}
      {onClear === undefined ? null : (
        <Button variant="subtle" color="gray" onClick={onClear}>
          Clear filters
        </Button>
      )}
    </search>
  );
}

const TYPING_PAUSE_MS = 250;

/** Free text; `/` puts the cursor into it. `onChange` is called when typing pauses. */
export function FilterText(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  width?: number;
}) {
  const { label, value, onChange, width = 240 } = props;
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  // The URL changed from outside (Back, "Clear filters"): what is shown follows it.
  if (seen !== value) {
    setSeen(value);
    setTyped(value);
  }
  const tell = useDebouncedCallback(onChange, TYPING_PAUSE_MS);
  const input = useEarlyInput<HTMLInputElement, string>(value, (early) => {
    setTyped(early);
    tell(early);
  });
  useEffect(() => () => tell.cancel(), [tell]);
  useKeys([
    {
      keys: ['/'],
      label: 'Filter by text',
      group: 'Lists',
      movement: true,
      run: () => input.current?.focus(),
    },
  ]);
  return (
    <TextInput
      ref={input}
      role="searchbox"
      inputMode="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      w={width}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={typed === '' ? <Kbd>/</Kbd> : null}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') tell.flush();
      }}
    />
  );
}

interface FilterSelectProps<V extends string> {
  label: string;
  value: V | null;
  options: readonly { value: V; label: string }[];
  onChange: (value: V | null) => void;
  width?: number;
}

/** One of `options`, or any (null). */
export function FilterSelect<V extends string>({
  label,
  value,
  options,
  onChange,
  width,
}: FilterSelectProps<V>) {
  const choose = (chosen: string) =>
    onChange(options.find((option) => option.value === chosen)?.value ?? null);
  const select = useEarlyInput<HTMLSelectElement, string>(value ?? '', choose);
  return (
    <NativeSelect
      ref={select}
      aria-label={label}
      value={value ?? ''}
      w={width ?? 160}
      data-set={value === null ? undefined : true}
      className={classes.select}
      data={[{ value: '', label: `${label}: any` }, ...options]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
