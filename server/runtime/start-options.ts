// What `npm start` takes from its command line. An option that is not known ends the start: one that was passed over in
// silence would have it run on another data folder than the one that was named.

export interface StartOptions {
  wantsDemo: boolean;
}

/** What follows the program's name, or why that cannot be. */
export function startOptions(args: readonly string[]): StartOptions | { problem: string } {
  const unknown = args.find((arg) => arg !== '--no-demo');
  if (unknown !== undefined) {
    return {
      problem:
        `Tidegate does not know "${unknown}". The only option is --no-demo, which leaves the demo fleet out; everything ` +
        'else is an environment variable, as TIDEGATE_DATA_DIR for the data folder and PORT for the console: see .env.example.',
    };
  }
  return { wantsDemo: args.length === 0 };
}
