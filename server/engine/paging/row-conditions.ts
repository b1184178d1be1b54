// Conditions and places as they come in a query string: JSON, since names and values of devices hold any character.
import { z } from 'zod';
import { ROW_CONDITIONS_MAX, type RowOperator } from '@/server/contract/row-operators';
import { rowCondition } from '@/server/contract/rows';
import { Refusal } from '../errors/errors';

export interface CheckedCondition {
  column: string;
  op: RowOperator;
  /** Null for `is_null` and `not_null`, a text for all others. */
  value: string | null;
}

const refuse = (path: string, detail: string) =>
  new Refusal(400, 'invalid_parameter', detail, { errors: [{ path, code: 'invalid_parameter', detail }] });

function parsed<T>(path: string, text: string, schema: z.ZodType<T>, example: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(path, `"${path}" is not JSON. An example: ${example}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refuse(path, `"${path}" has not the form ${example}`);
}

/** The conditions of `where`; 400 `invalid_parameter` where they cannot be read. */
export function parseConditions(where: string | undefined): CheckedCondition[] {
  if (where === undefined || where === '') return [];
  const example = '[{"column":"mode","op":"eq","value":"cooling"}], with at most 10 conditions.';
  const conditions = parsed('where', where, z.array(rowCondition).max(ROW_CONDITIONS_MAX), example);
  return conditions.map(({ column, op, value }) => {
    const isUnary = op === 'is_null' || op === 'not_null';
    if (isUnary !== (value === undefined)) {
      throw refuse('where', `The condition on "${column}" ${isUnary ? 'takes no value' : 'needs a value'}.`);
    }
    if (value?.includes('\0') === true || column.includes('\0'))
      throw refuse('where', 'A condition holds the character U+0000, which no stored text has.');
    return { column, op, value: value ?? null };
  });
}

/** A place in key order: values as text, null for NULL. */
export function parseKey(path: string, text: string): (string | null)[] {
  const key = parsed(path, text, z.array(z.string().nullable()).min(1).max(100), '["12",null]');
  if (key.some((part) => part?.includes('\0') === true))
    throw refuse(path, `"${path}" holds the character U+0000, which no stored text has.`);
  return key;
}
