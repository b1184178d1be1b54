'use client';
// One row in full, beside the grid so that j and k go on: each value as received beside its typed form, and
// the whole row as JSON.
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import { Copyable } from '@/components/ui/copyable';
import { useKeys } from '@/components/ui/keys';
import { cellText, looksLike, type Scalar } from './cell-text';
import classes from './row-drawer.module.css';

export interface DrawerValue {
  column: string;
  /** True for a column of the key. */
  isKey: boolean;
  value: Scalar;
  /** The mirror type; null where the column is not mirrored or not known. */
  type: string | null;
}

interface Props {
  title: string;
  facts: { name: string; value: ReactNode }[];
  error: string | null;
  /** What stands over the left column: "Received" or "In the mirror". */
  valueLabel: string;
  values: readonly DrawerValue[];
  json: unknown;
  onClose: () => void;
}

function Typed({ value, type }: Pick<DrawerValue, 'value' | 'type'>) {
  if (type === null) return <span className={classes.muted}>not mirrored</span>;
  const fits = looksLike(value, type);
  return (
    <>
      <span className={classes.type}>{type}</span>
      {fits ? null : <span className={classes.misfit}>does not fit</span>}
    </>
  );
}

function Value({ value }: { value: Scalar }) {
  const { kind, text } = cellText(value);
  return (
    <span className={classes.value} data-kind={kind}>
      {text}
    </span>
  );
}

function Values({ values, valueLabel }: Pick<Props, 'values' | 'valueLabel'>) {
  return (
    <table className={classes.values}>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">{valueLabel}</th>
          <th scope="col">Type</th>
        </tr>
      </thead>
      <tbody>
        {values.map((one) => (
          <tr key={`${one.isKey ? 'key ' : ''}${one.column}`}>
            <th scope="row">
              {one.column}
              {one.isKey ? <span className={classes.muted}> key</span> : null}
            </th>
            <td>
              <div className={classes.cell}>
                <Value value={one.value} />
                {one.value === null || one.value === '' ? null : (
                  <Copyable value={String(one.value)} label={one.column} text="copy" />
                )}
              </div>
            </td>
            <td>
              <Typed value={one.value} type={one.type} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The row at the right of the grid. */
export function RowDrawer({ title, facts, error, valueLabel, values, json, onClose }: Props) {
  useKeys([{ keys: ['Escape'], label: 'Close the row', group: 'Rows', movement: true, run: onClose }]);
  return (
    <aside className={classes.drawer} aria-label={title}>
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <ActionIcon aria-label="Close the row" onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.body}>
        {error === null ? null : <p className={classes.error}>{error}</p>}
        <dl className={classes.facts}>
          {facts.map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
        <Values values={values} valueLabel={valueLabel} />
        <h3 className={classes.subtitle}>As JSON</h3>
        <CodeBlock text={JSON.stringify(json, null, 2)} label="row as JSON" />
      </div>
    </aside>
  );
}
