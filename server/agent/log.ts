/** Where the agent says what it does: one event per line, never row contents, never a password. */
export interface AgentLog {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogFields = Readonly<
  Record<string, string | number | bigint | boolean | null | readonly string[]>
>;

/** A log of JSON lines, e.g. to standard output; `now` gives each line its time. */
export function jsonLinesLog(write: (line: string) => void, now: () => Date): AgentLog {
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}): void => {
      const entry = { time: now().toISOString(), level, event, ...fields };
      const text = JSON.stringify(entry, (_, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
      write(`${text}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
