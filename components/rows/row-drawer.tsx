'use client';
// One row in full, beside the grid so that j and k go on: each value as received beside what it is or would be in
// the mirror, the way of its key, and the whole row as JSON.
import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import { Copyable } from '@/components/ui/copyable';
import { useKeys } from '@/components/ui/keys';
import { cellText, looksLike, typedText, VALUE_CHARS_MAX, type Scalar } from './cell-text';
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
  facts: readonly { name: string; value: ReactNode }[];
  error: string | null;
  /** Whether the values are as received, with what they become in the mirror beside them, or as they are in it. */
  isReceived: boolean;
  /** What there is to know of the columns. */
  note?: string;
  values: readonly DrawerValue[];
  /** The whole row; null where there is none. */
  json: unknown;
  onClose: () => void;
  /** The way of the row's key. */
  history?: ReactNode;
}

function Typed({ value, type, isReceived }: Pick<DrawerValue, 'value' | 'type'> & { isReceived: boolean }) {
  if (type === null) return <span className={classes.muted}>not mirrored</span>;
  const fits = looksLike(value, type);
  const typed = fits ? typedText(value, type) : null;
  return (
    <>
      <span className={classes.type}>{type}</span>
      {typed === null ? null : <span className={classes.typed}>{typed}</span>}
      {isReceived && fits && typed === null && value !== null ? (
        <span className={classes.muted}> as received</span>
      ) : null}
      {fits ? null : <span className={classes.misfit}>does not fit</span>}
    </>
  );
}

function Value({ value }: { value: Scalar }) {
  const [isWhole, setIsWhole] = useState(false);
  const { kind, text } = cellText(value);
  const isLong = text.length > VALUE_CHARS_MAX;
  return (
    <span className={classes.value} data-kind={kind}>
      {isLong && !isWhole ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text}
      {isLong && !isWhole ? (
        <button type="button" className={classes.more} onClick={() => setIsWhole(true)}>
          Show all {text.length} characters
        </button>
      ) : null}
    </span>
  );
}

function Values({ values, isReceived }: Pick<Props, 'values' | 'isReceived'>) {
  return (
    <table className={classes.values}>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">{isReceived ? 'Received' : 'In the mirror'}</th>
          <th scope="col">{isReceived ? 'Typed for the mirror' : 'Type'}</th>
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
              <Typed value={one.value} type={one.type} isReceived={isReceived} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One line of a spreadsheet: tabs between the values, as pasting takes it. */
const asLine = (values: readonly DrawerValue[]): string =>
  values.map(({ value }) => (value === null ? '' : String(value).replaceAll(/[\t\r\n]+/g, ' '))).join('\t');

/** The row at the right of the grid. */
export function RowDrawer(props: Props) {
  const { title, facts, error, isReceived, note, values, json, onClose, history } = props;
  const clipboard = useClipboard();
  const group = 'Rows';
  const none = json === null ? 'There is no row to copy.' : undefined;
  useKeys([
    { keys: ['Escape'], label: 'Close the row', group, movement: true, run: onClose },
    {
      keys: ['y'],
      label: 'Copy the row as JSON',
      group,
      run: () => clipboard.copy(JSON.stringify(json)),
      disabledReason: none,
    },
    {
      keys: ['Y'],
      label: 'Copy the row for a spreadsheet',
      group,
      run: () => clipboard.copy(asLine(values)),
      disabledReason: none,
    },
  ]);
  return (
    <aside className={classes.drawer} aria-label={title}>
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <span role="status" className={classes.muted}>
          {clipboard.copied ? 'Row copied' : ''}
        </span>
        <ActionIcon aria-label="Close the row" onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.body} tabIndex={0} role="group" aria-label={`${title}, values`}>
        {error === null ? null : <p className={classes.error}>{error}</p>}
        <dl className={classes.facts}>
          {facts.map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
        {values.length === 0 ? null : <Values values={values} isReceived={isReceived} />}
        {note === undefined ? null : <p className={classes.muted}>{note}</p>}
        {history}
        {json === null ? null : (
          <>
            <h3 className={classes.subtitle}>As JSON</h3>
            <CodeBlock text={JSON.stringify(json, null, 2)} label="row as JSON" />
          </>
        )}
      </div>
    </aside>
  );
}
