'use client';
// The policy in force with the origin of each value. A change says what it will do before it is saved.
import { Button, NativeSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { patchPolicyAction } from '@/server/console/actions/policy';
import type { PatchPolicyInput, Policy } from '@/server/contract/fleet';
import { useFleets } from '@/components/devices/use-fleets';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { useActions } from '@/components/shell/use-actions';
import { ActionButton } from '@/components/ui/action-button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useEarlyInput } from '@/components/ui/early-input';
import { formatCounted } from '@/components/ui/format';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Tag } from '@/components/ui/status-chip';
import { changedBy, problemIn, type Changes } from './changes';
import { FieldControl } from './field-control';
import { FIELDS, problemOf, type Field, type FieldName, type FieldValue } from './fields';
import { useKeptChanges } from './kept-changes';
import { ModeEffectSummary } from './mode-effect';
import { PolicyEffect } from './policy-effect';
import classes from './policy-page.module.css';
import { policyPath, policySearch } from './policy-search';

const TYPING_PAUSE_MS = 250;

const ORIGIN = { default: 'Default', project: 'Set for the project', fleet: 'Set for this fleet' } as const;

interface CountedProps {
  field: Field;
  changes: Changes;
  /** The changes as they were when typing paused. */
  steady: Changes;
  fleetId: string;
}

interface LineProps {
  field: Field;
  policy: Policy;
  changes: Changes;
  counted: Omit<CountedProps, 'field'>;
  scope: 'project' | 'fleet';
  reason: string | undefined;
  onChange: (value: FieldValue | null | undefined) => void;
}

/** What the server counts for a changed field. */
function CountedEffect({ field, changes, steady, fleetId }: CountedProps) {
  const to = changes[field.name];
  if (to === undefined || problemOf(field.name, to) !== null) return null;
  return field.kind === 'mode' ? (
    <ModeEffectSummary fleetId={fleetId} to={to === null ? null : String(to)} />
  ) : (
    <PolicyEffect fleetId={fleetId} changes={steady} name={field.name} settled={steady === changes} />
  );
}

function Line(props: LineProps) {
  const { field, policy, changes, counted, scope, reason, onChange } = props;
  const origin = policy.origins[field.name] ?? 'default';
  const changed = changes[field.name];
  const sentence =
    changed === undefined || problemOf(field.name, changed) !== null
      ? null
      : changed === null
        ? 'Goes back to the inherited value.'
        : field.effect(policy[field.name], changed);
  return (
    <div className={classes.line} data-changed={changed !== undefined || undefined}>
      <div>
        <div className={classes.label}>{field.label}</div>
        <p className={classes.muted}>{field.meaning}</p>
        {sentence === null ? null : <p className={classes.effect}>{sentence}</p>}
        {changed === undefined ? null : <CountedEffect field={field} {...counted} />}
      </div>
      <div className={classes.control}>
        <FieldControl
          field={field}
          value={changed ?? policy[field.name]}
          reason={reason}
          onChange={(value) => onChange(value === policy[field.name] ? undefined : value)}
        />
      </div>
      <div className={classes.origin}>
        <Tag>{ORIGIN[origin]}</Tag>
        {origin === scope && reason === undefined ? (
          <Button variant="subtle" color="gray" onClick={() => onChange(changed === null ? undefined : null)}>
            {changed === null ? 'Keep' : 'Inherit'}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Effects({ policy, ...counted }: Omit<CountedProps, 'field'> & { policy: Policy }) {
  const { changes } = counted;
  return (
    <ul className={classes.effects}>
      {FIELDS.flatMap((field) => {
        const to = changes[field.name];
        if (to === undefined) return [];
        return [
          <li key={field.name}>
            <strong>{field.label}</strong>: {String(policy[field.name])} →{' '}
            {to === null ? 'inherited' : String(to)}.{' '}
            {to === null ? '' : field.effect(policy[field.name], to)}
            <CountedEffect field={field} {...counted} />
          </li>,
        ];
      })}
    </ul>
  );
}

function Editor({ policy, fleetId }: { policy: Policy; fleetId: string }) {
  const { project } = useSession();
  const { busy, run } = useActions(project.id);
  const reason = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const [changes, setChanges] = useKeptChanges(project.id, fleetId, policy);
  const [asking, setAsking] = useState(false);
  const names = Object.keys(changes) as FieldName[];
  const problem = problemIn(changes);
  // A number is counted for once it has been typed, not digit by digit.
  const [steady] = useDebouncedValue(changes, TYPING_PAUSE_MS);
  const counted = { changes, steady, fleetId };
  const change = (name: FieldName) => (value: FieldValue | null | undefined) =>
    setChanges((before) => changedBy(before, name, value));
  const save = async () => {
    const target = { projectId: project.id, fleetId: fleetId === '' ? null : fleetId };
    const saved = await run(
      'policy',
      () => patchPolicyAction(target, changes as PatchPolicyInput),
      'Policy changed',
    );
    setAsking(false);
    if (saved !== null) setChanges({});
  };
  const nothing = names.length === 0 ? 'Nothing has been changed.' : undefined;
  return (
    <Panel
      title={fleetId === '' ? 'Policy of the project' : 'Policy of the fleet'}
      flush
      aside={
        <>
          {names.length === 0 ? null : (
            <Button variant="default" onClick={() => setChanges({})}>
              Undo
            </Button>
          )}
          <ActionButton disabledReason={reason ?? nothing ?? problem} onClick={() => setAsking(true)}>
            {names.length === 0 ? 'Save' : `Save ${formatCounted(names.length, 'change')}…`}
          </ActionButton>
        </>
      }
    >
      {FIELDS.map((field) => (
        <Line
          key={field.name}
          field={field}
          policy={policy}
          changes={changes}
          counted={counted}
          scope={fleetId === '' ? 'project' : 'fleet'}
          reason={reason}
          onChange={change(field.name)}
        />
      ))}
      <ConfirmDialog
        opened={asking}
        title="Change the policy?"
        confirmLabel={`Save ${formatCounted(names.length, 'change')}`}
        busy={busy !== null}
        onConfirm={() => void save()}
        onClose={() => setAsking(false)}
      >
        <Effects policy={policy} {...counted} />
      </ConfirmDialog>
    </Panel>
  );
}

/** The policy of the project or of a fleet. */
export function PolicyPage() {
  const { project } = useSession();
  const [{ fleet }, setSearch] = useQueryStates(policySearch, { history: 'replace' });
  const fleets = useFleets();
  const { data, error, isPlaceholderData } = useLiveObject<Policy>(project.id, policyPath(fleet));
  const whose = useEarlyInput<HTMLSelectElement, string>(fleet, (id) => void setSearch({ fleet: id }));
  return (
    <>
      <PageHeader
        title="Policy"
        facts="The rules in force, and where each value comes from: a fleet's own, else the project's, else the default"
        actions={
          <NativeSelect
            ref={whose}
            aria-label="Whose policy"
            value={fleet}
            w={240}
            data={[
              { value: '', label: `Project ${project.name}` },
              ...fleets.map(({ id, name }) => ({ value: id, label: `Fleet ${name}` })),
            ]}
            onChange={(event) => void setSearch({ fleet: event.currentTarget.value })}
          />
        }
      />
      {data === undefined || isPlaceholderData ? (
        <p role="status">{error?.message ?? 'The policy is being read.'}</p>
      ) : (
        <Editor key={fleet} policy={data} fleetId={fleet} />
      )}
    </>
  );
}
