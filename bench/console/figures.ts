// What is printed: each figure with its median, its worst and its goal.
import { quantile } from '../web';

export interface Figure {
  what: string;
  /** Measured values, in `unit`. */
  values: readonly number[];
  unit: string;
  /** The most that the worst value may be; null where there is no goal. */
  goalMax: number | null;
}

/** The value in the middle of `values`. */
export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1)).padStart(8);

/** True where the worst value is above the goal. */
export const missed = ({ values, goalMax }: Figure): boolean =>
  goalMax !== null && !(Math.max(...values) <= goalMax);

/** The line of one figure: name, median, worst, goal, and whether it is met. */
export function lineOf(figure: Figure): string {
  const { what, values, unit, goalMax } = figure;
  const sorted = [...values].sort((a, b) => a - b);
  const worst = sorted.at(-1) ?? Number.NaN;
  const verdict = goalMax === null ? '' : missed(figure) ? 'MISSED' : 'met';
  const goal = goalMax === null ? '' : `${goalMax}`;
  return `${what.padEnd(46)} ${shown(median(values))} ${shown(worst)} ${goal.padStart(6)} ${unit.padEnd(3)} ${verdict}`;
}

/** The line above the figures. */
export const HEADING = `${'figure'.padEnd(46)} ${'median'.padStart(8)} ${'worst'.padStart(8)} ${'goal'.padStart(6)}`;
