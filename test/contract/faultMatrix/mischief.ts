import { operationOf } from '../../../src/app/sendStep.js';
import type { Step } from '../../../src/domain/change.js';
import type { Sandbox } from '../../../src/sandbox/server.js';
import { control } from '../support/sandboxControl.js';
import { victimsOf, type Cell, type Fault, type Phase } from './cells.js';
import type { Passing, Watcher } from './watchedEcs.js';
import { FOREIGN, HOME, SPARE, stepsOf, WANTED } from './world.js';

const MANY = 100_000;
const READS = ['DescribeInstances', 'DescribeNetworkInterfaces'] as const;
/** By another hand: something else, or the very change that is wanted, or that change taken back. */
const SOMETHING = { addGroup: FOREIGN } as const;
const THE_SAME = { join: { addGroup: WANTED }, leave: { removeGroup: SPARE }, replace: { groups: [HOME, WANTED] } } as const;
const TAKEN_BACK = { join: { removeGroup: WANTED }, leave: { addGroup: SPARE }, replace: { groups: [HOME, SPARE] } } as const;

/** A change of a target's groups by another hand, as the sandbox's control takes it. */
export interface Edit {
  readonly addGroup?: string;
  readonly removeGroup?: string;
  readonly groups?: readonly string[];
}

/** Does to a sandbox what a cell says, at the moments that it says. */
export class Mischief implements Watcher {
  readonly #cell: Cell;
  readonly #sandbox: Sandbox;
  readonly #victims: readonly Step[];
  /** Victims that were written to, and those that are edited. */
  readonly #written = new Set<string>();
  readonly #edited = new Set<string>();
  #isReading = false;
  #hasHit = false;

  constructor(cell: Cell, sandbox: Sandbox) {
    this.#cell = cell;
    this.#sandbox = sandbox;
    const steps = stepsOf(cell.kind, cell.size);
    this.#victims = victimsOf(cell).flatMap((position) => steps[position] ?? []);
  }

  /** What another hand does to each victim. */
  get edit(): Edit | undefined {
    const { trouble, extent, phase, kind } = this.#cell;
    if (trouble.how !== 'edited') return undefined;
    if (extent === 'once') return SOMETHING;
    return phase === 'applied' || phase === 'readBack' ? TAKEN_BACK[kind] : THE_SAME[kind];
  }

  /** Victims that another hand has really changed. */
  get edited(): ReadonlySet<string> {
    return this.#edited;
  }

  /** The moment has come. */
  async begin(phase: Phase): Promise<void> {
    if (phase !== this.#cell.phase) return;
    this.#isReading = true;
    const { how } = this.#cell.trouble;
    if (how === 'edited') {
      if (phase === 'identify' || phase === 'reread') for (const { ref } of this.#victims) await this.#touch(ref.id);
      return;
    }
    if (phase === 'identify') await this.#spoil([{ action: 'GetCallerIdentity' }]);
    if (phase === 'plan' || phase === 'reread') await this.#spoilReads();
    if (phase === 'write') await this.#spoil(this.#writes());
    if (phase === 'applied' && how === 'cut') await this.#spoil(this.#writes());
    else if (phase === 'applied') await this.#spoilAnswers(how === 'lost');
  }

  readonly before = async (call: Passing): Promise<void> => {
    if (this.#cell.phase !== 'write' || !call.isWrite || this.#cell.trouble.how !== 'edited') return;
    for (const { ref } of this.#victims) if (call.input.includes(ref.id)) await this.#touch(ref.id);
  };

  readonly after = async (call: Passing): Promise<void> => {
    const { phase, trouble } = this.#cell;
    const victims = this.#victims.filter(({ ref }) => call.input.includes(ref.id)).map(({ ref }) => ref.id);
    if (trouble.how === 'edited') {
      const due = phase === 'applied' ? call.isWrite : !call.isWrite && (phase === 'plan' ? this.#isReading : phase === 'readBack' && victims.some((id) => this.#written.has(id)));
      if (due) for (const id of phase === 'readBack' ? victims.filter((victim) => this.#written.has(victim)) : victims) await this.#touch(id);
    } else if (call.isWrite && !this.#hasHit && this.#followsWrite(victims)) {
      this.#hasHit = true;
      await this.#spoilReads();
    }
    if (call.isWrite) for (const id of victims) this.#written.add(id);
  };

  /** Where the reads after a write are what goes wrong; after a refusal that answer is lost first. */
  #followsWrite(victims: readonly string[]): boolean {
    const { phase, trouble } = this.#cell;
    return phase === 'readBack' || (phase === 'applied' && victims.length > 0 && (trouble.how === 'refused' || trouble.how === 'expired'));
  }

  /** No refusal comes after a write was carried out; its answer is lost, and what comes next is refused. */
  async #spoilAnswers(withItself: boolean): Promise<void> {
    const { trouble } = this.#cell;
    const fault = withItself && 'fault' in trouble ? trouble.fault : { kind: 'reset' };
    for (const match of this.#writes()) await this.#arm({ ...fault, ...match, when: 'afterWrite' });
  }

  #writes(): readonly Fault[] {
    return this.#victims.map(({ ref, change }) => ({ action: operationOf(change, ref), resource: ref.id }));
  }

  async #spoilReads(): Promise<void> {
    const { phase, extent } = this.#cell;
    if (extent === 'once') await this.#spoil([{ action: 'DescribeInstances' }]);
    else await this.#spoil(phase === 'readBack' || phase === 'applied' ? READS.map((action) => ({ action })) : [{}]);
  }

  async #spoil(matches: readonly Fault[]): Promise<void> {
    const { trouble, extent } = this.#cell;
    if (trouble.how === 'edited') return;
    if (trouble.how === 'expired' && extent === 'lasting') await control(this.#sandbox, 'key', { key: 'sts', state: 'expired' });
    else for (const match of matches) await this.#arm({ ...trouble.fault, ...match });
  }

  async #arm(fault: Fault): Promise<void> {
    await control(this.#sandbox, 'faults', { ...fault, times: this.#cell.extent === 'once' ? 1 : MANY });
  }

  async #touch(resource: string): Promise<void> {
    if (this.#edited.has(resource)) return;
    this.#edited.add(resource);
    await control(this.#sandbox, 'touch', { resource, ...this.edit });
  }
}
