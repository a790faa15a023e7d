import type { Step } from '../domain/change.js';
import { EFFECT_UNKNOWN, mayShareOpening, type Exposure } from '../domain/exposure.js';
import type { Finding } from '../domain/finding.js';
import { joinExposure, judgeJoin, type JoinLimits } from '../domain/joinRules.js';
import { judgeLeave, leaveExposure } from '../domain/leaveRules.js';
import { judgeReplace, replaceExposure } from '../domain/replaceRules.js';
import type { JoinTarget, SecurityGroup } from '../domain/resources.js';
import type { Facts } from './facts.js';

/** Facts as far as they are known; without rules nothing is said about what opens or closes. */
export type KnownFacts = Pick<Facts, 'targets' | 'groups'> & Partial<Pick<Facts, 'rules' | 'hosts'>> & { readonly regionId: string };

export interface JudgeDeps {
  readonly limits: JoinLimits;
  readonly accountId?: string | undefined;
}

/** What the rules say of one step. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly exposure: Exposure;
}

/**
 * The preflight rules on facts that were read together. A batch has many targets and the picker many groups, so what
 * steps have in common is found out once: it is good for as long as the facts are.
 */
export class StepJudge {
  readonly facts: KnownFacts;
  readonly #deps: JudgeDeps;
  /** Targets in the same groups share what a change opens and closes. */
  readonly #exposures = new Map<string, Exposure>();
  /** By the group that is joined, of each group that a target is in: whether it decides what the join opens. */
  readonly #deciding = new Map<string, Map<string, boolean>>();
  /** By a target's own list, which each of its steps brings along. */
  readonly #current = new Map<readonly string[], ReadonlyMap<string, SecurityGroup>>();

  constructor(facts: KnownFacts, deps: JudgeDeps) {
    this.facts = facts;
    this.#deps = deps;
  }

  /** @param target as it will be when the step's turn comes: with the groups that earlier steps will have left it with */
  of(step: Step, target: JoinTarget | undefined): Judgement {
    const { change } = step;
    switch (change.kind) {
      case 'join':
        return this.#join(step, change.securityGroupId, target);
      case 'leave':
        return this.#leave(step, change.securityGroupId, target);
      case 'replace':
        return this.#replace(step, change, target);
    }
  }

  // Facts are written out one by one: each copy of a spread object costs more than the rules themselves.
  #join({ ref }: Step, groupId: string, target: JoinTarget | undefined): Judgement {
    const { regionId, groups, rules } = this.facts;
    const deciding = rules === undefined ? undefined : target?.securityGroupIds?.filter((id) => this.#decides(groupId, id));
    const exposure = this.#exposure(['join', groupId, deciding], () => joinExposure({ securityGroupIds: deciding, groupId, rules }));
    const { limits, accountId } = this.#deps;
    const findings = judgeJoin({ regionId, targetRef: ref, groupId, target, group: groups.get(groupId), host: this.#host(target), currentGroups: this.#groupsOf(target), rules, exposure, accountId, limits });
    return { findings, exposure };
  }

  #leave({ ref }: Step, groupId: string, target: JoinTarget | undefined): Judgement {
    const { regionId, groups, rules } = this.facts;
    const exposure = this.#exposure(['leave', groupId, target?.securityGroupIds], () => leaveExposure({ target, groupId, rules }));
    return { findings: judgeLeave({ regionId, targetRef: ref, groupId, target, group: groups.get(groupId), rules, exposure }), exposure };
  }

  #replace({ ref }: Step, { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] }, target: JoinTarget | undefined): Judgement {
    const { regionId, groups, rules } = this.facts;
    const exposure = this.#exposure(['replace', before, after], () => replaceExposure({ before, after, rules }));
    const { limits, accountId } = this.#deps;
    return { findings: judgeReplace({ regionId, targetRef: ref, before, after, target, host: this.#host(target), groups, rules, exposure, accountId, limits }), exposure };
  }

  /** @param of all that decides about it */
  #exposure(of: readonly unknown[], make: () => Exposure): Exposure {
    if (this.facts.rules === undefined) return EFFECT_UNKNOWN;
    const key = JSON.stringify(of);
    const known = this.#exposures.get(key) ?? make();
    this.#exposures.set(key, known);
    return known;
  }

  /** Most groups have no opening in common with the one that is joined, and then targets in any of them are alike. */
  #decides(joinedId: string, groupId: string): boolean {
    const ofJoined = this.#deciding.get(joinedId) ?? new Map<string, boolean>();
    this.#deciding.set(joinedId, ofJoined);
    const known = ofJoined.get(groupId);
    if (known !== undefined) return known;
    const [joined, staying] = [this.facts.rules?.get(joinedId), this.facts.rules?.get(groupId)];
    const decides = staying === undefined || (joined !== undefined && mayShareOpening(joined, staying));
    ofJoined.set(groupId, decides);
    return decides;
  }

  #host(target: JoinTarget | undefined) {
    return target?.kind === 'networkInterface' ? this.facts.hosts?.get(target.instanceId ?? '') : undefined;
  }

  #groupsOf(target: JoinTarget | undefined): ReadonlyMap<string, SecurityGroup> {
    const ids = target?.securityGroupIds ?? NO_GROUPS;
    const known = this.#current.get(ids);
    if (known !== undefined) return known;
    const found = new Map<string, SecurityGroup>();
    for (const id of ids) {
      const group = this.facts.groups.get(id);
      if (group !== undefined) found.set(group.id, group);
    }
    this.#current.set(ids, found);
    return found;
  }
}

const NO_GROUPS: readonly string[] = [];
