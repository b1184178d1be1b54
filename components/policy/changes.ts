// Values of a policy that have been changed and not saved. Pure.
import type { Policy } from '@/server/contract/fleet';
import type { Params } from '@/components/shell/api';
import { problemOf, type FieldName, type FieldValue } from './fields';

/** Null takes a field back to what is inherited. */
export type Changes = Partial<Record<FieldName, FieldValue | null>>;

/** `changes` with another one; undefined takes a change back. */
export function changedBy(changes: Changes, name: FieldName, value: FieldValue | null | undefined): Changes {
  const rest = Object.fromEntries(Object.entries(changes).filter(([key]) => key !== name)) as Changes;
  return value === undefined ? rest : { ...rest, [name]: value };
}

const entriesOf = (changes: Changes) => Object.entries(changes) as [FieldName, FieldValue | null][];

/** What of `changes` is one still: another value than the policy has by now, of a field that it has. */
export function stillChanging(changes: Changes, policy: Policy): Changes {
  return Object.fromEntries(
    entriesOf(changes).filter(([name, value]) => name in policy && value !== policy[name]),
  );
}

/** What the server is asked about: the changes that could be saved. */
export function effectParams(changes: Changes): Params {
  const possible = entriesOf(changes).filter(([name, value]) => problemOf(name, value) === null);
  return {
    ...Object.fromEntries(possible.filter(([, value]) => value !== null)),
    inherit: possible.flatMap(([name, value]) => (value === null ? [name] : [])).join(','),
  };
}

/** The first sentence that says why the changes cannot be saved; undefined where they can. */
export const problemIn = (changes: Changes): string | undefined =>
  entriesOf(changes)
    .map(([name, value]) => problemOf(name, value))
    .find((problem) => problem !== null) ?? undefined;
