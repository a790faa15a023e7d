import { Accounts } from '../../../src/app/accounts.js';
import type { Connection } from '../../../src/app/ports/accounts.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import type { ViewScope } from '../../../src/app/session.js';
import type { Details, TargetDetails } from '../../../src/domain/details.js';
import { success, type Result } from '../../../src/domain/failure.js';
import { PageLife } from '../../../src/shell/details/pageLife.js';
import type { PageState } from '../../../src/shell/details/pageState.js';
import { instance, networkInterface, REGION, securityGroup } from './builders.js';
import { connectionTo } from './connections.js';
import { deferred, settled } from './deferred.js';
import { FakeEcs } from './fakeEcs.js';
import { VirtualClock } from './virtualClock.js';

export const STATE: PageState = { account: 'a', kind: 'instance', regionId: REGION, id: 'i-1' };
export const MINUTE = 60_000;

/** What was read of an instance with one interface and one group. */
export function facts(readAt: number, more: Partial<TargetDetails> = {}): TargetDetails {
  const groups = new Map(['sg-1'].map((id) => [id, { id, group: success(securityGroup({ id })), rules: success({ rules: [] }) }]));
  return { about: 'target', resource: instance({ id: 'i-1', name: `read at ${String(readAt)}` }), interfaces: success([networkInterface({ id: 'eni-1' })]), host: success(undefined), groups, prefixLists: new Map(), readAt, ...more };
}

/** A read that the page waits for. */
export interface Asked {
  readonly scope: ViewScope;
  readonly state: PageState;
  readonly signal: CancelSignal;
  readonly answer: (result: Result<Details | undefined>) => void;
}

/** A page over accounts that are connected at once; each read waits to be answered. */
export function scene({ shown = ['a'], state = STATE, connect }: { readonly shown?: readonly string[]; readonly state?: PageState; readonly connect?: () => Promise<Result<Connection>> } = {}) {
  const clock = new VirtualClock('manual');
  const ecs = new FakeEcs({ clock });
  const connector = { connect: connect ?? ((account: string) => Promise.resolve(success(connectionTo(ecs, account)))) };
  const accounts = new Accounts(connector, shown);
  const reads: Asked[] = [];
  const said: string[] = [];
  const sight = { visible: true };
  const life: PageLife = new PageLife({
    accounts, clock,
    read: (scope, of, signal) => {
      const answer = deferred<Result<Details | undefined>>();
      reads.push({ scope, state: of, signal, answer: (result) => { answer.resolve(result); } });
      return answer.promise;
    },
    maxAgeMs: () => 5 * MINUTE,
    isVisible: () => sight.visible,
    onChange: () => { said.push(saying(life)); },
  }, state);
  /** The next read is answered, once it has come. */
  const answered = async (result: Result<Details | undefined>) => {
    await settled();
    reads.at(-1)?.answer(result);
    await settled();
  };
  /** A change that was made under the connection of the page. */
  const changedHere = (id: string) => { for (const { scope } of reads.slice(0, 1)) life.changed({ scope, ids: [id] }); };
  return { clock, ecs, accounts, reads, said, sight, life, answered, changedHere };
}

/** What the page says: the facts by their time, and how it stands with reading. */
export function saying({ situation }: PageLife): string {
  const { details, reading } = situation;
  const how = reading === undefined ? 'calm' : reading.reading === 'failed' ? reading.failure.code : reading.reading;
  return `${details === undefined ? 'nothing' : details.readAt} ${how}`;
}
