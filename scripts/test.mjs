// `npm test`: everything there is, static checks first.
import { CHECKS, runChecks } from './checks.mjs';

await runChecks(Object.keys(CHECKS));
