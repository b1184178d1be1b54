// A JSON schema as lines for people: a name, a type in words, and what bounds it.
import type { FieldLine } from '@/server/contract/api-reference';

export interface JsonSchema {
  type?: string | string[];
  $ref?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  format?: string;
  pattern?: string;
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

const WORDS: Record<string, string> = { string: 'text', uuid: 'UUID', 'date-time': 'time' };
const wordOf = (name: string): string => WORDS[name] ?? name;

interface Described {
  type: string;
  shape: string | null;
  /** Whose fields follow, one deeper. */
  within: JsonSchema | null;
}

const NULL: JsonSchema = { type: 'null' };
const isNull = (schema: JsonSchema): boolean => schema.type === NULL.type;

function describe(schema: JsonSchema): Described {
  if (schema.$ref !== undefined)
    return { type: '', shape: schema.$ref.split('/').at(-1) ?? null, within: null };
  const { type: named } = schema;
  const choices = Array.isArray(named)
    ? named.map((type) => ({ ...schema, type }))
    : (schema.anyOf ?? schema.oneOf);
  if (choices !== undefined) return describeChoices(choices);
  if (schema.items !== undefined) {
    const { type, ...rest } = describe(schema.items);
    return { type: type === '' ? 'array of' : `array of ${type}`, ...rest };
  }
  if (schema.properties !== undefined) return { type: 'object', shape: null, within: schema };
  if (typeof schema.additionalProperties === 'object') {
    const { type, shape } = describe(schema.additionalProperties);
    return { type: `object of ${type}`, shape, within: null };
  }
  if (schema.const !== undefined) return { type: JSON.stringify(schema.const), shape: null, within: null };
  return { type: wordOf(schema.format ?? String(named ?? 'any')), shape: null, within: null };
}

function describeChoices(choices: readonly JsonSchema[]): Described {
  const [first, ...others] = choices.filter((choice) => !isNull(choice)).map(describe);
  const orNull = choices.some(isNull) ? ' or null' : '';
  if (first === undefined) return { type: 'null', shape: null, within: null };
  if (others.length === 0) return { ...first, type: `${first.type}${orNull}`.trim() };
  const types = [first, ...others].map(({ type, shape }) => [type, shape].filter(Boolean).join(' '));
  return { type: `${[...new Set(types)].join(' or ')}${orNull}`, shape: null, within: null };
}

const bound = (what: string, value: unknown): string[] =>
  value === undefined ? [] : [`${what} ${typeof value === 'string' ? value : JSON.stringify(value)}`];

function noteOf(schema: JsonSchema): string {
  const inner = (schema.anyOf ?? []).find((choice) => !isNull(choice)) ?? schema;
  return [
    ...(inner.enum === undefined ? [] : [`one of ${inner.enum.join(', ')}`]),
    ...bound('from', inner.minimum),
    ...bound('up to', inner.maximum),
    ...((inner.minLength ?? 0) > 1 ? bound('at least, in characters:', inner.minLength) : []),
    ...bound('at most, in characters:', inner.maxLength),
    ...bound('at most, in items:', inner.maxItems),
    ...bound('matches', inner.pattern),
    ...bound('default', schema.default),
    ...(schema.description === undefined ? [] : [schema.description]),
  ].join('; ');
}

const DEPTH_MAX = 4;

/** The fields of an object, each followed by those of an object within it. */
export function fieldLines({ properties = {}, required = [] }: JsonSchema, depth = 0): FieldLine[] {
  return Object.entries(properties).flatMap(([name, schema]): FieldLine[] => {
    const { within, ...described } = describe(schema);
    const line = { name, depth, ...described, required: required.includes(name), note: noteOf(schema) };
    return [line, ...(within === null || depth >= DEPTH_MAX ? [] : fieldLines(within, depth + 1))];
  });
}

/** What a whole answer or parameter is, where it is no object with fields. */
export function wholeLine(name: string, schema: JsonSchema, required: boolean): FieldLine[] {
  const { within, ...described } = describe(schema);
  const line = { name, depth: 0, ...described, required, note: noteOf(schema) };
  return [line, ...(within === null ? [] : fieldLines(within, 1))];
}

/** A value that a field could have, with `…` for what only the caller knows. */
export function sampleOf(schema: JsonSchema): unknown {
  const choice = schema.anyOf?.find((one) => !isNull(one));
  if (choice !== undefined) return sampleOf(choice);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.items !== undefined) return [sampleOf(schema.items)];
  if (schema.properties !== undefined) {
    const { properties, required = [] } = schema;
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name))
        .map(([name, member]) => [name, sampleOf(member)]),
    );
  }
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  return schema.type === 'boolean' ? false : '…';
}
