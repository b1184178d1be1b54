/** Where people reach the console, without a slash at its end: as configured, else on this machine. */
export const consoleUrlOf = (publicUrl: string | undefined, port: number): string =>
  (publicUrl ?? `http://localhost:${port}`).replace(/\/+$/, '');
