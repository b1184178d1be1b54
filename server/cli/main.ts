/** The program `tidegate`. */
import { runTidegate } from './program';
import { processTerminal } from './terminal';

// Whoever reads has gone (`tidegate … | head`): nothing is wrong, and nothing is left to do.
process.stdout.on('error', () => process.exit(0));
process.on('SIGINT', () => process.exit(130));

process.exitCode = await runTidegate(processTerminal(process.env), process.argv.slice(2));
