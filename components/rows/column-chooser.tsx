'use client';
// Which columns are shown.
import { Button, Menu } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import classes from './rows-page.module.css';

interface Props {
  columns: readonly { id: string; header: string }[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}

/** The button with one check per column. */
export function ColumnChooser({ columns, hidden, onChange }: Props) {
  const count = columns.filter(({ id }) => hidden.includes(id)).length;
  const toggle = (id: string) =>
    onChange(hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id]);
  return (
    <Menu closeOnItemClick={false} position="bottom-end" width={240} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} aria-hidden />}>
          Columns{count === 0 ? '' : ` (${count} hidden)`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.chooser ?? ''}>
        {/* Never taken away: it has the focus when it has nothing left to do. */}
        <Menu.Item aria-disabled={count === 0} data-disabled={count === 0} onClick={() => onChange([])}>
          Show all columns
        </Menu.Item>
        {columns.map(({ id, header }) => (
          <Menu.CheckboxItem key={id} checked={!hidden.includes(id)} onChange={() => toggle(id)}>
            {header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
