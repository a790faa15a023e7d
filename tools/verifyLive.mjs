// @ts-check
// Runs before anything is installed: only Node's own modules here, the rest is loaded after.
import { ensureRoot } from './install.mjs';
import { endWithUs } from './processes.mjs';

const ended = new AbortController();
/** @type {Promise<number> | undefined} */
let running;
// Ctrl-C waits for the way back of a join; it ends by itself, since every request has a time-out.
endWithUs(async () => {
  ended.abort();
  await running;
});

try {
  await ensureRoot();
  const { verifyLive } = await import('./verifyLiveRun.mjs');
  running = verifyLive(process.argv.slice(2), ended.signal);
  const code = await running;
  process.exit(process.exitCode ?? code);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
