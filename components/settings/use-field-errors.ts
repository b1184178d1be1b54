'use client';
// What the server refuses of a form, told at the field: its sentence stays there after the message at the top has gone.
import { useState } from 'react';
import type { Outcome } from '@/server/console/actions/outcome';

type Errors = Readonly<Record<string, string>>;

const NONE: Errors = {};

/** The refusal of each field of `F` by its name, from the answer that `noting` was given last. */
export function useFieldErrors<F extends string>() {
  const [errors, setErrors] = useState(NONE);
  const noting = async <T>(asked: Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const outcome = await asked;
    setErrors(
      outcome.ok
        ? NONE
        : Object.fromEntries(outcome.refusal.errors.map(({ path, detail }) => [path, detail])),
    );
    return outcome;
  };
  /** What is written anew is not what was refused. */
  const forget = (field: F) => setErrors(({ [field]: _, ...rest }) => rest);
  return { errorOf: (field: F): string | null => errors[field] ?? null, noting, forget };
}
