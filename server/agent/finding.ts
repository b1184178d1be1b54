/** One line of the doctor's report: what was looked at, what was found, and what to do about it. */
export interface Finding {
  readonly check: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly evidence: string;
  /** Null where nothing is to be done. */
  readonly next: string | null;
}

export const ok = (check: string, evidence: string): Finding => ({
  check,
  status: 'ok',
  evidence,
  next: null,
});

export const warn = (check: string, evidence: string, next: string): Finding => ({
  check,
  status: 'warn',
  evidence,
  next,
});

export const fail = (check: string, evidence: string, next: string): Finding => ({
  check,
  status: 'fail',
  evidence,
  next,
});

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
