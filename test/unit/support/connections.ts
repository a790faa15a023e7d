import type { Connection } from '../../../src/app/ports/accounts.js';
import type { Ecs } from '../../../src/app/ports/ecs.js';

/** A connection under an identity that nobody needs to ask for, with room for every write. */
export function connectionTo(ecs: Ecs, key = 'k', more: Partial<Connection> = {}): Connection {
  const identity = { key };
  return {
    identity,
    sandbox: false,
    ecs,
    writes: { turn: () => Promise.resolve('go'), throttled: () => undefined },
    identify: () => Promise.resolve(identity),
    ...more,
  };
}
