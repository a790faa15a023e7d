import type { Group } from '../model.js';
import { stableId, type RegionBuilder } from './build.js';
import type { EniSpec, GroupSpec, InstanceSpec, Vpc } from './specs.js';

/** The region where the cases are. */
export const HERE = 'cn-hangzhou';

/** A request, what comes of it, and which preflight rule it belongs to. */
export interface RuleCase {
  readonly rule: string;
  readonly name: string;
  /** The code of the refusal, or `ok`. */
  readonly code: string;
  readonly httpStatus: number;
  readonly regionId?: string;
  readonly instanceId?: string;
  readonly networkInterfaceId?: string;
  readonly securityGroupId: string;
  readonly note: string;
  /** Nothing that the read operations show tells this refusal beforehand. */
  readonly hidden?: true;
}

export type Expectation = readonly [code: string, httpStatus: number];

/** The request is accepted. */
export const OK: Expectation = ['ok', 200];

/** Makes the resources of cases, with everything in order but what a case is about. */
export class CaseBuilder {
  readonly region: RegionBuilder;
  readonly vpc: Vpc;
  readonly otherVpc: Vpc;
  readonly home: Group;
  readonly advancedHome: Group;
  readonly cases: RuleCase[] = [];

  constructor(region: RegionBuilder) {
    this.region = region;
    this.vpc = region.vpc('rules', '172.16');
    this.otherVpc = region.vpc('rules-other', '172.17');
    this.home = region.group({ name: 'home', vpc: this.vpc, description: 'where the targets of basic cases are' });
    this.advancedHome = region.group({ name: 'home-advanced', vpc: this.vpc, type: 'enterprise', description: 'where the targets of advanced cases are' });
  }

  group(name: string, spec: Partial<GroupSpec> = {}): string {
    return this.region.group({ name, vpc: this.vpc, ...spec }).id;
  }

  instance(name: string, spec: Partial<InstanceSpec> = {}): string {
    return this.region.instance({ name, vpc: this.vpc, groups: [this.home], ...spec }).id;
  }

  eni(name: string, spec: Partial<EniSpec> = {}): string {
    return this.region.eni({ name, vpc: this.vpc, groups: [this.home], ...spec }).id;
  }

  /** An instance and a group. */
  instanceCase(rule: string, name: string, expected: Expectation, about: About<InstanceSpec>): void {
    this.#add(rule, name, expected, { instanceId: this.instance(name, about.target), securityGroupId: this.group(name, about.group), ...about });
  }

  /** An interface that is attached to nothing, and a group. */
  eniCase(rule: string, name: string, expected: Expectation, about: About<EniSpec>): void {
    this.#add(rule, name, expected, { networkInterfaceId: this.eni(name, about.target), securityGroupId: this.group(name, about.group), ...about });
  }

  /** Ids as they are sent; the region may be left out with an empty one. */
  rawCase(rule: string, name: string, expected: Expectation, sent: Omit<RuleCase, 'rule' | 'name' | 'code' | 'httpStatus'>): void {
    this.#add(rule, name, expected, sent);
  }

  #add(rule: string, name: string, [code, httpStatus]: Expectation, sent: Omit<RuleCase, 'rule' | 'name' | 'code' | 'httpStatus'>): void {
    const { instanceId, networkInterfaceId, securityGroupId, note, hidden, regionId = HERE } = sent;
    this.cases.push({
      rule,
      name,
      code,
      httpStatus,
      ...(regionId !== '' && { regionId }),
      ...(instanceId !== undefined && { instanceId }),
      ...(networkInterfaceId !== undefined && { networkInterfaceId }),
      securityGroupId,
      note,
      ...(hidden && { hidden }),
    });
  }
}

export interface About<T> {
  readonly target?: Partial<T>;
  readonly group?: Partial<GroupSpec>;
  readonly note: string;
  readonly hidden?: true;
}

/** An id of the right form that nothing has. */
export const unknownId = (kind: 'i' | 'eni' | 'sg'): string => stableId(kind, HERE, 'nobody has this');
