import Module from 'node:module';

/** Names of what was begun since {@link watchStarts}, such as `setTimeout` or `child_process.spawn`. */
export type Started = readonly string[];

const CHILDREN = ['spawn', 'fork', 'exec', 'execFile', 'spawnSync', 'execSync', 'execFileSync'];

/** What begins timers, requests and child processes, by the module (or the global object) that it belongs to. */
function starters(require: NodeJS.Require): readonly (readonly [string, object, readonly string[]])[] {
  const socket = (require('node:net') as { readonly Socket: { readonly prototype: object } }).Socket.prototype;
  const timers = ['setTimeout', 'setInterval', 'setImmediate'];
  return [
    ['', globalThis, [...timers, 'fetch']],
    ['timers.', require('node:timers') as object, timers],
    ['timers/promises.', require('node:timers/promises') as object, timers],
    ['child_process.', require('node:child_process') as object, CHILDREN],
    ['http.', require('node:http') as object, ['request', 'get']],
    ['https.', require('node:https') as object, ['request', 'get']],
    ['socket.', socket, ['connect']],
    ['dns.', require('node:dns') as object, ['lookup', 'resolve']],
  ];
}

/** From now on, notes every timer, request and child process that is begun; it is begun all the same. */
export function watchStarts(require: NodeJS.Require): Started {
  const started: string[] = [];
  for (const [prefix, owner, names] of starters(require)) {
    for (const name of names) {
      const original: unknown = Reflect.get(owner, name);
      if (typeof original !== 'function') throw new Error(`${prefix}${name} is no function`);
      const noted = function (this: unknown, ...args: unknown[]): unknown {
        started.push(`${prefix}${name}`);
        return Reflect.apply(original, this, args);
      };
      Reflect.set(owner, name, noted);
    }
  }
  return started;
}

type Load = (this: unknown, request: string, ...rest: readonly unknown[]) => unknown;

/** Lets `require('vscode')` find the stub. */
export function provideVscode(stub: object): void {
  const loader = Module as unknown as { _load: Load };
  const original = loader._load;
  loader._load = function (request, ...rest) {
    return request === 'vscode' ? stub : original.call(this, request, ...rest);
  };
}
