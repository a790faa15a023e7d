// @ts-check
// Runs before anything is installed: only Node's own modules here, the rest is loaded after.
import { parseArgs } from 'node:util';
import { hostUnsupported } from './host.mjs';
import { ensureRoot } from './install.mjs';
import { endWithUs } from './processes.mjs';

const HELP = `Starts a VS Code with ECS Explorer and its sandbox account: no cloud account is needed.

npm start                   the VS Code from npm, in your browser (Linux x64)
npm start -- --port 9000    at another port; the next free one when it is busy (default 8137)
npm start -- --desktop      the VS Code that is installed, else one that is downloaded`;

/** @type {import('./startBrowser.mjs').Running | undefined} */
let running;

async function main() {
  const { values } = parseArgs({ options: { port: { type: 'string' }, desktop: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const port = Number(values.port ?? 8137);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`--port takes a number from 1 to 65535, not ${values.port ?? ''}`);
  await ensureRoot();
  const why = hostUnsupported();
  if (values.desktop === true || why !== undefined) {
    if (why !== undefined && values.desktop !== true) console.log(`Starting a desktop VS Code: ${why}.`);
    const { startDesktop } = await import('./startDesktop.mjs');
    return startDesktop();
  }
  const { startInBrowser } = await import('./startBrowser.mjs');
  running = await startInBrowser(port);
  return running.exited;
}

endWithUs(() => running?.stop());
try {
  const code = await main();
  process.exit(process.exitCode ?? code);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
