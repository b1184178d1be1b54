import type { Phase } from '@/server/testing/one-shape';

/** Runs a phase and prints how long it took, and how many rows a second went through it. */
export const timed: Phase = async (name, rows, run) => {
  const began = performance.now();
  const result = await run();
  const seconds = (performance.now() - began) / 1000;
  const rate = rows === 0 ? '' : `  ${(rows / seconds).toFixed(0)} rows/s`;
  console.log(`${name.padEnd(34)} ${seconds.toFixed(2).padStart(8)} s${rate}`);
  return result;
};
