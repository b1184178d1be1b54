/** The program `tidegate-agent`: reads its settings, runs until it is told to stop, and says what it does. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { systemClock } from '@/server/lib/clock';
import { startAgent } from '@/server/agent/agent';
import { ConfigError, parseAgentConfig, type AgentConfig } from '@/server/agent/config';
import { examine, hasFailed, reportText } from '@/server/agent/doctor';
import { jsonLinesLog } from '@/server/agent/log';

const EXIT_WRONG_SETTINGS = 2;

function readConfig(path: string | undefined): AgentConfig {
  try {
    return parseAgentConfig(path === undefined ? null : readFileSync(path, 'utf8'), process.env);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`tidegate-agent: the settings cannot be used\n${reason}\n`);
    process.exit(error instanceof ConfigError ? EXIT_WRONG_SETTINGS : 1);
  }
}

async function main(path: string | undefined): Promise<void> {
  const log = jsonLinesLog(
    (line) => process.stdout.write(line),
    () => systemClock.now(),
  );
  const agent = await startAgent({ config: readConfig(path), log });
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    void agent.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function doctor(path: string | undefined, isJson: boolean): Promise<void> {
  const config = readConfig(path);
  const findings = await examine(config, systemClock);
  const report = isJson
    ? `${JSON.stringify({ device: config.device, checks: findings }, null, 2)}\n`
    : reportText(findings);
  process.stdout.write(report, () => process.exit(hasFailed(findings) ? 1 : 0));
}

const program = new Command('tidegate-agent')
  .description('Replicates the tables of an SQLite file to Tidegate over MQTT.')
  .option('-c, --config <file>', 'the settings, as YAML; OMEGA_* environment names go before them')
  .action(async ({ config }: { config?: string }) => main(config));
program
  .command('doctor')
  .description(
    'Checks files, clock, certificates, broker and topics, and says what to do. Exits with 1 where a check fails.',
  )
  .option('--json', 'the findings as JSON')
  .action(async ({ json = false }: { json?: boolean }) =>
    doctor(program.opts<{ config?: string }>().config, json),
  );
await program.parseAsync();
