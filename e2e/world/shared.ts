/** Where the tests find the installation that the run has started. */
import type { Installation } from './installation';

export const INSTALLATION_VARIABLE = 'TIDEGATE_E2E_INSTALLATION';

/** The run's installation. Throws outside a run. */
export function sharedInstallation(): Installation {
  const text = process.env[INSTALLATION_VARIABLE];
  if (text === undefined) throw new Error('no installation was started for this run; use `npm run test:e2e`');
  return JSON.parse(text) as Installation;
}
