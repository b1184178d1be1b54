// `npm run verify`: what takes seconds and needs no database.
import { runChecks } from './checks.mjs';

await runChecks(['types', 'lint', 'imports', 'unit']);
