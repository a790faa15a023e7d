import fs from 'node:fs';

/** The longest time that the thread was not free for others, in milliseconds. */
export interface Block {
  /** As a clock on the wall sees it: also while the machine did something else. */
  readonly wallMs: number;
  /** Only what the thread itself has computed meanwhile: what a quiet machine would show. Where the system does not tell it, as above. */
  readonly cpuMs: number;
}

const TICK_MS = 1;

/** Watches this thread while something runs. */
export async function longestBlock(run: () => Promise<unknown>): Promise<Block> {
  const watch = watchThread();
  try {
    await run();
  } finally {
    watch.stop();
  }
  return watch.longest();
}

/** A timer that rings at every turn of the thread, or every millisecond, and looks how long the turn was. */
export function watchThread(): { stop(): void; longest(): Block } {
  const { cpu, close } = threadCpu();
  let [at, used, wallMs, cpuMs] = [performance.now(), cpu(), 0, 0];
  const look = () => {
    const [now, usedNow] = [performance.now(), cpu()];
    wallMs = Math.max(wallMs, now - at - TICK_MS);
    cpuMs = Math.max(cpuMs, usedNow - used);
    [at, used] = [now, usedNow];
  };
  const timer = setInterval(look, TICK_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      close();
    },
    longest: () => ({ wallMs, cpuMs }),
  };
}

/** Milliseconds that the main thread of this process has computed; those of the wall where Linux does not tell. */
function threadCpu(): { readonly cpu: () => number; readonly close: () => void } {
  let file: number;
  try {
    file = fs.openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  } catch {
    return { cpu: () => performance.now(), close: () => undefined };
  }
  const bytes = Buffer.alloc(64);
  return {
    cpu: () => {
      // Asked for its own use, the kernel brings its books up to date, which the file is made of.
      process.cpuUsage();
      const length = fs.readSync(file, bytes, 0, bytes.length, 0);
      return Number.parseInt(bytes.toString('latin1', 0, length)) / 1e6;
    },
    close: () => { fs.closeSync(file); },
  };
}
