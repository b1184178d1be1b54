// The person's end: what a command reads from and writes to. A command that wrote to the process itself could not
// keep data (stdout) and words (stderr) apart, and a pipe would get both.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { usageError } from './exit';

export interface Terminal {
  /** Environment variables of the process. */
  env: Readonly<Record<string, string | undefined>>;
  /** Data; goes into pipes. */
  print(text: string): void;
  /** Words for the person. */
  say(text: string): void;
  /** True where a person can be asked. */
  isInteractive: boolean;
  /** Asks and returns the line; with `isSecret` what is typed is not shown. */
  ask(question: string, isSecret?: boolean): Promise<string>;
  /** All of standard input. */
  readStdin(): Promise<string>;
}

/** The process's own terminal. */
export function processTerminal(env: Terminal['env']): Terminal {
  return {
    env,
    print: (text) => void process.stdout.write(`${text}\n`),
    say: (text) => void process.stderr.write(`${text}\n`),
    isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    ask,
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
  };
}

async function ask(question: string, isSecret = false): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, written) => written() });
  if (isSecret) process.stderr.write(question);
  const lines = createInterface({
    input: process.stdin,
    output: isSecret ? silent : process.stderr,
    terminal: true,
  });
  try {
    return (await lines.question(isSecret ? '' : question)).trim();
  } finally {
    lines.close();
    if (isSecret) process.stderr.write('\n');
  }
}

/** Goes on only where the person says yes, or has said so with --yes. `what` names what would be lost. */
export async function confirmed(terminal: Terminal, what: string, isYes: boolean): Promise<void> {
  if (isYes) return;
  if (!terminal.isInteractive) {
    throw usageError(`${what}\nNobody can be asked here. Run it again with --yes if that is what you want.`);
  }
  const answer = await terminal.ask(`${what}\nType "yes" to go on: `);
  if (answer.toLowerCase() !== 'yes') throw usageError('Nothing was changed.');
}
