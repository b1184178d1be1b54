'use client';
// Conditions on columns: what holds now, each with a way to drop it, and a line to add one. `/` goes there.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ROW_CONDITIONS_MAX, ROW_OPERATORS, type RowOperator } from '@/server/contract/row-operators';
import type { RowCondition } from '@/server/contract/rows';
import { Kbd } from '@/components/ui/kbd';
import { useKeys } from '@/components/ui/keys';
import classes from './condition-bar.module.css';
import { conditionWords, OPERATOR, takesValue } from './conditions';

interface Props {
  /** Names of columns, in order. */
  columns: readonly string[];
  value: readonly RowCondition[];
  onChange: (value: RowCondition[]) => void;
}

const isOperator = (text: string): text is RowOperator => (ROW_OPERATORS as readonly string[]).includes(text);

function AddCondition({
  columns,
  onAdd,
}: {
  columns: readonly string[];
  onAdd: (added: RowCondition) => void;
}) {
  const first = useRef<HTMLSelectElement>(null);
  const [column, setColumn] = useState('');
  const [op, setOp] = useState<RowOperator>('eq');
  const [value, setValue] = useState('');
  useKeys([
    {
      keys: ['/'],
      label: 'Filter by a column',
      group: 'Rows',
      movement: true,
      run: () => first.current?.focus(),
    },
  ]);
  const add = () => {
    onAdd(takesValue(op) ? { column, op, value } : { column, op });
    setColumn('');
    setValue('');
    setOp('eq');
  };
  return (
    <form
      className={classes.add}
      onSubmit={(event) => {
        event.preventDefault();
        if (column !== '') add();
      }}
    >
      <NativeSelect
        ref={first}
        aria-label="Column to filter by"
        w={150}
        value={column}
        data={[{ value: '', label: 'Filter by…' }, ...columns.map((name) => ({ value: name, label: name }))]}
        onChange={(event) => setColumn(event.currentTarget.value)}
        {...(column === '' ? { rightSection: <Kbd>/</Kbd> } : {})}
      />
      {column === '' ? null : (
        <div className={classes.more}>
          <NativeSelect
            aria-label="Comparison"
            w={128}
            value={op}
            data={ROW_OPERATORS.map((one) => ({ value: one, label: OPERATOR[one] }))}
            onChange={({ currentTarget: { value: chosen } }) => setOp(isOperator(chosen) ? chosen : 'eq')}
          />
          {takesValue(op) ? (
            <TextInput
              aria-label={`Value of ${column}`}
              placeholder="value"
              w={150}
              value={value}
              autoComplete="off"
              onChange={(event) => setValue(event.currentTarget.value)}
            />
          ) : null}
          <Button type="submit" variant="default">
            Add filter
          </Button>
        </div>
      )}
    </form>
  );
}

/** The conditions in words, and the line that adds one. */
export function ConditionBar({ columns, value, onChange }: Props) {
  return (
    <>
      {value.length < ROW_CONDITIONS_MAX ? (
        <AddCondition columns={columns} onAdd={(added) => onChange([...value, added])} />
      ) : null}
      {value.length === 0 ? null : (
        <ul className={classes.list} aria-label="Conditions">
          {value.map((condition, i) => (
            <li key={conditionWords(condition)} className={classes.chip}>
              <span className={classes.words}>{conditionWords(condition)}</span>
              <button
                type="button"
                className={classes.drop}
                aria-label={`Drop the condition ${conditionWords(condition)}`}
                onClick={() => onChange(value.filter((_, at) => at !== i))}
              >
                <IconX size={12} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
