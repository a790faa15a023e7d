// @ts-check
// Runs before anything is installed: only Node's own modules here.
import path from 'node:path';
import { ensureRoot } from './install.mjs';
import { ROOT } from './paths.mjs';
import { endWithUs, run } from './processes.mjs';

/** The figure that must be reached is in tools/mutation.config.mjs; arguments go to Stryker, such as `--mutate src/domain/leaveRules.ts`. */
endWithUs();
await ensureRoot();
const stryker = path.join(ROOT, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const result = await run(process.execPath, [stryker, 'run', path.join('tools', 'mutation.config.mjs'), ...process.argv.slice(2)], { cwd: ROOT, onLine: (line) => { console.log(line); }, within: 7_200_000 });
process.exit(result.code);
