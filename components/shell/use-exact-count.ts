'use client';
// A count that is made once somebody asks for it: of a large table it takes seconds, so nothing counts by itself.
import { useState } from 'react';
import { toastRefused } from './toast';

export interface ExactCount {
  /** Null before the first count. */
  rows: number | null;
  isCounting: boolean;
  count: () => void;
  /** What the button says. */
  label: string;
}

/** Counts by `read` when asked to. A refusal is told, and leaves what was counted before. */
export function useExactCount(read: () => Promise<number | null>): ExactCount {
  const [rows, setRows] = useState<number | null>(null);
  const [isCounting, setCounting] = useState(false);
  const count = async () => {
    setCounting(true);
    await read()
      .then(setRows)
      .catch((error: unknown) =>
        toastRefused({ code: 'no_answer', detail: error instanceof Error ? error.message : 'Not counted.' }),
      );
    setCounting(false);
  };
  const label = isCounting ? 'counting …' : rows === null ? 'count exactly' : 'count again';
  return { rows, isCounting, count: () => void count(), label };
}
