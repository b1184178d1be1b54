// Which statements are worth a name in their sessions. Postgres keeps a named statement parsed and planned, in 60 to
// 100 kB of every session that has run it, until that session ends. Texts that differ by mirror are as many as mirrors:
// on a fleet of ten thousand devices they would take gigabytes for what each uses once a minute.

/** Runs before a statement gets its name: one that comes round a second time by chance does not. */
const RUNS_MIN = 3;

/** The statements that come again before `statementsMax` others have. */
export class OftenRun {
  /** Text to its runs, the one that ran longest ago first. */
  readonly #runs = new Map<string, number>();
  readonly #statementsMax: number;

  constructor(statementsMax: number) {
    this.#statementsMax = statementsMax;
  }

  /** Counts a run of `text`; true where it is one of those that run often. */
  has(text: string): boolean {
    const runs = (this.#runs.get(text) ?? 0) + 1;
    this.#runs.delete(text);
    this.#runs.set(text, runs);
    if (this.#runs.size > this.#statementsMax) {
      const [oldest] = this.#runs.keys();
      if (oldest !== undefined) this.#runs.delete(oldest);
    }
    return runs >= RUNS_MIN;
  }
}
