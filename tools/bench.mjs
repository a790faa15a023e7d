// @ts-check
// Runs before anything is installed: only Node's own modules here, the rest is loaded after.
import { parseArgs } from 'node:util';
import { ensureRoot } from './install.mjs';
import { endWithUs } from './processes.mjs';

const USAGE = `Usage: npm run bench -- [options] [measurement…]
  --strict   a missed time budget fails the bench, too
  --built    measures what dist/ holds, without building and packaging anew
Without names all measurements are made; their names stand in brackets as they run.`;

/** All of it takes some eight minutes on two quiet cores; a bench that hangs ends by itself. */
const LONGEST_MS = 1_200_000;

/** @type {() => Promise<void>} */
let close = () => Promise.resolve();
endWithUs(() => close());

const { values, positionals } = parseArgs({ allowPositionals: true, options: { strict: { type: 'boolean', default: false }, built: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
setTimeout(() => {
  console.log(`not done after ${LONGEST_MS / 1000} s`);
  process.kill(process.pid, 'SIGTERM');
}, LONGEST_MS).unref();

let code = 1;
try {
  await ensureRoot();
  const { runBench } = await import('./benchRun.mjs');
  code = await runBench({ ...values, names: positionals, onOpen: (closeAll) => (close = closeAll) });
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
} finally {
  await close();
}
process.exit(code);
