'use client';
// Filters of a list. Their values live in the URL, so these only show and change them. The controls are the browser's
// own: a list has up to ten, and they are drawn before its first row.
import { Button } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconSelector } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useEarlyInput } from './early-input';
import classes from './filter-bar.module.css';
import { useKeys } from './keys';
import { Kbd } from './kbd';

/** Lays out filters in one line; `children` are FilterText and FilterSelect. `/` leads to the first of them. */
export function FilterBar({
  children,
  onClear,
}: {
  children: ReactNode;
  onClear?: (() => void) | undefined;
}) {
  const bar = useRef<HTMLElement>(null);
  useKeys([
    {
      keys: ['/'],
      label: 'Go to the filters',
      group: 'Lists',
      movement: true,
      run: () => bar.current?.querySelector<HTMLElement>('input, select, button')?.focus(),
    },
  ]);
  return (
    <search ref={bar} className={classes.bar}>
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
    <span className={classes.field} style={{ width }}>
      <IconSearch className={classes.before} size={14} aria-hidden />
      <input
        ref={input}
        role="searchbox"
        inputMode="search"
        className={classes.text}
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          tell(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') tell.flush();
        }}
      />
      {typed === '' ? (
        <span className={classes.after}>
          <Kbd>/</Kbd>
        </span>
      ) : null}
    </span>
  );
}

interface FilterSelectProps<V extends string> {
  label: string;
  value: V | null;
  options: readonly { value: V; label: string }[];
  onChange: (value: V | null) => void;
  width?: number;
}

/** One of `options`, or any (null). What a link has chosen and is not among them is shown, so that it can be taken away. */
export function FilterSelect<V extends string>({
  label,
  value,
  options,
  onChange,
  width = 160,
}: FilterSelectProps<V>) {
  const choose = (chosen: string) =>
    onChange(options.find((option) => option.value === chosen)?.value ?? null);
  const select = useEarlyInput<HTMLSelectElement, string>(value ?? '', choose);
  const isListed = value === null || options.some((option) => option.value === value);
  return (
    <span className={classes.field} style={{ width }}>
      <select
        ref={select}
        className={classes.select}
        aria-label={label}
        value={value ?? ''}
        data-set={value === null ? undefined : true}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{`${label}: any`}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
        {isListed ? null : <option value={value}>{`${label}: chosen`}</option>}
      </select>
      <IconSelector className={classes.after} size={14} aria-hidden />
    </span>
  );
}
