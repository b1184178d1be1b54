// How a command ends. Scripts branch on these numbers, so each has one meaning and none is reused.

/** The exit codes, as `tidegate --help` and docs/command-line.md list them. */
export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  auth: 3,
  notFound: 4,
  conflict: 5,
  unreachable: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a sentence for the person, and a code for the script. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** The API's stable code, where the API refused. */
    readonly code: string | null = null,
  ) {
    super(message);
  }
}

/** The caller asked for something that the command line itself cannot make sense of. */
export const usageError = (message: string): CliError => new CliError(EXIT.usage, message);

/** The exit code for an HTTP status that is no success. */
export function exitCodeOf(status: number): ExitCode {
  switch (status) {
    case 401:
    case 403:
      return EXIT.auth;
    case 404:
      return EXIT.notFound;
    case 409:
      return EXIT.conflict;
    case 502:
    case 503:
    case 504:
      return EXIT.unreachable;
    default:
      return EXIT.refused;
  }
}
