import { readOptions } from './options.js';
import { startSandbox, type Sandbox, type SandboxOptions } from './server.js';
import { USAGE } from './usage.js';

const BAD_OPTION = 2;
const MAX_STOP_MS = 1_000;

function complain(message: string): void {
  process.stderr.write(`${message}\n`);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Ends on a signal, and with the window that forked this process; never later than a second after, also while still starting. */
function endWith(starting: Promise<Sandbox>): void {
  const end = (): void => {
    setTimeout(() => process.exit(0), MAX_STOP_MS).unref();
    void starting.then((sandbox) => sandbox.stop()).finally(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  process.once('disconnect', end);
}

async function run(options: SandboxOptions): Promise<void> {
  const starting = startSandbox({
    ...options,
    onProblem: (error) => {
      complain(reasonOf(error));
    },
  });
  endWith(starting);
  const { endpoint, accessKeyId, accessKeySecret, accountId, world, controlToken, keys } = await starting;
  process.stdout.write(`${JSON.stringify({ endpoint, accessKeyId, accessKeySecret, accountId, world, controlToken, keys })}\n`);
}

const options = readOptions(process.argv.slice(2));
if ('problem' in options) {
  complain(`${options.problem}\n${USAGE}`);
  process.exitCode = BAD_OPTION;
} else {
  run(options).catch((error: unknown) => {
    complain(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
