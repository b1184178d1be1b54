'use client';
import { Menu } from '@mantine/core';
import { cloneElement, useEffect, useRef, type ReactElement, type ReactNode, type Ref } from 'react';
import classes from './action-menu.module.css';

interface MenuItem {
  kind: 'item';
  id: string;
  label: ReactNode;
  left?: ReactNode;
  right?: ReactNode;
  onClick: () => void;
  /** Why it may not be used now; it is then shown and does nothing. */
  disabledReason?: string | undefined;
  /** For what cannot be undone. */
  danger?: boolean;
}

type MenuEntry =
  | MenuItem
  /** A file of this site. */
  | { kind: 'download'; id: string; label: ReactNode; href: string }
  /** Something to read. */
  | { kind: 'text'; id: string; text: ReactNode }
  /** A line between groups. */
  | { kind: 'line'; id: string };

export interface ActionMenuProps {
  /** The button; what it does when pressed is the menu's. */
  target: ReactElement<{ onClick?: () => void; 'aria-haspopup'?: 'menu' }>;
  entries: readonly MenuEntry[];
  position: 'bottom-start' | 'bottom-end';
  /** Pixels; as wide as its widest entry where absent. */
  width?: number;
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'item':
      return (
        <Menu.Item
          leftSection={entry.left}
          rightSection={entry.right}
          disabled={entry.disabledReason !== undefined}
          {...(entry.danger === true ? { color: 'var(--tg-bad)' } : {})}
          onClick={entry.onClick}
        >
          {entry.label}
          {entry.disabledReason === undefined ? null : (
            <span className={classes.reason}>{entry.disabledReason}</span>
          )}
        </Menu.Item>
      );
    case 'download':
      return (
        <Menu.Item component="a" href={entry.href} download>
          {entry.label}
        </Menu.Item>
      );
    case 'text':
      return <Menu.Label>{entry.text}</Menu.Label>;
    case 'line':
      return <Menu.Divider />;
  }
}

/** What `ActionMenu` fetches. It takes the place of a button that was pressed, so it goes on from that press. */
export function ActionMenuFrame({ target, entries, position, width }: ActionMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const isPassedOn = useRef(false);
  useEffect(() => {
    if (isPassedOn.current) return;
    isPassedOn.current = true;
    // The button that had the focus is gone, and the menu gives it back to what had it when it opened.
    button.current?.focus();
    button.current?.click();
  }, []);
  return (
    <Menu
      position={position}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      {...(width === undefined ? {} : { width })}
    >
      <Menu.Target>
        {cloneElement(target as ReactElement<{ ref?: Ref<HTMLButtonElement> }>, { ref: button })}
      </Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
