/** `tidegate` as a process, the way a person's shell or a script starts it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CommandLine {
  /** Runs it with `words`; `stdin` is written and closed. */
  (
    words: readonly string[],
    options?: { env?: Record<string, string>; stdin?: string },
  ): Promise<CommandResult>;
}

/** Runs the bundle at `path` with nothing of this process's environment but what is given. */
export function commandLine(path: string, env: Record<string, string>): CommandLine {
  return async (words, { env: more = {}, stdin = '' } = {}) => {
    const child = spawn(process.execPath, [path, ...words], {
      env: { PATH: process.env['PATH'] ?? '', ...env, ...more } as unknown as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => undefined).end(stdin);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? -1, stdout, stderr };
  };
}
