/** The time, passed in so that a test decides it. */
export interface Clock {
  /** Now, as a Date. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
