import { accountTrouble, type Trouble } from '../domain/accountTrouble.js';
import { isCancelled, type Result } from '../domain/failure.js';
import type { Ecs } from './ports/ecs.js';

/** The lists that the tree is made of, one kind of resource each. */
const LISTS = ['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups'] as const;

/**
 * Whether the account works, by the answers that it gets: the last trouble stays until the service answers well. A
 * denial is the trouble of its own row, unless the regions themselves are denied, or every kind of resource is.
 */
export class AccountHealth {
  #trouble: Trouble | undefined;
  readonly #denied = new Set<string>();

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Takes in one answer; true when it changed what is known. */
  hear(asked: keyof Ecs, result: Result<unknown>): boolean {
    const before = this.#trouble;
    if (result.ok) this.#good(asked);
    else if (!isCancelled(result.failure)) this.#bad(accountTrouble(result.failure));
    return this.#trouble !== before && (this.#trouble?.kind !== before?.kind || this.#trouble?.failure.code !== before?.failure.code);
  }

  #good(asked: keyof Ecs): void {
    // Anybody may list the regions: that says nothing of a permission to see what is in them.
    if (asked !== 'listRegions') this.#denied.clear();
    this.#trouble = this.#allDenied() ? this.#trouble : undefined;
  }

  #bad(trouble: Trouble | undefined): void {
    if (trouble === undefined) return;
    if (trouble.kind !== 'denied') {
      this.#denied.clear();
      this.#trouble = trouble;
      return;
    }
    const { operation } = trouble.failure;
    this.#denied.add(operation);
    if (operation === 'DescribeRegions' || this.#allDenied()) this.#trouble = trouble;
    // Only good keys are told that they may not.
    else if (this.#trouble?.kind !== 'denied') this.#trouble = undefined;
  }

  #allDenied(): boolean {
    return LISTS.every((operation) => this.#denied.has(operation));
  }
}
