/** One installation for the whole run: tests share it and never an organisation in it. */
import { join } from 'node:path';
import { INSTALLATION_VARIABLE } from './shared';
import { startInstallation } from './installation';

export default async function globalSetup(): Promise<() => Promise<void>> {
  const { stop, ...installation } = await startInstallation();
  // Inherited by the processes that run the tests.
  process.env[INSTALLATION_VARIABLE] = JSON.stringify(installation);
  return () => stop(join('test-results', 'installation-logs'));
}
