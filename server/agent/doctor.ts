/** The device half of the diagnosis: what an integrator would check by hand, in one run and with what to do. */
import type { Clock } from '@/server/lib/clock';
import type { AgentConfig } from '@/server/agent/config';
import { checkBroker } from '@/server/agent/doctor-broker';
import { checkFiles } from '@/server/agent/doctor-source';
import type { Finding } from '@/server/agent/finding';

const WAIT_MS = 10_000;

/** Every check; `waitMs` bounds each answer of the broker. */
export async function examine(config: AgentConfig, clock: Clock, waitMs = WAIT_MS): Promise<Finding[]> {
  return [...checkFiles(config, clock), ...(await checkBroker(config, clock, waitMs))];
}

/** True where something keeps the device from working. */
export const hasFailed = (findings: readonly Finding[]): boolean => findings.some((f) => f.status === 'fail');

/** The report for people: a line per check, and below it what to do. */
export function reportText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, status, evidence, next }) => [
    `${status.toUpperCase().padEnd(4)}  ${check.padEnd(width)}  ${evidence}`,
    ...(next === null ? [] : [`${' '.repeat(width + 8)}→ ${next}`]),
  ]);
  return `${lines.join('\n')}\n`;
}
