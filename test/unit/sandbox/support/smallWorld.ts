import { findFacts } from '../../../../src/sandbox/actions/membership.js';
import type { Eni, Group, Instance, Limits, WorldData } from '../../../../src/sandbox/model.js';
import type { Facts } from '../../../../src/sandbox/membershipFacts.js';
import { WorldState } from '../../../../src/sandbox/worldState.js';
import { RegionBuilder } from '../../../../src/sandbox/worlds/build.js';
import { DEFAULT_LIMITS } from '../../../../src/sandbox/worlds/limits.js';
import type { EniSpec, GroupSpec, InstanceSpec, Vpc } from '../../../../src/sandbox/worlds/specs.js';

export const ACCOUNT = '1000000000000001';
export const REGION = 'cn-hangzhou';

/** One region with one VPC and one group, to be filled with what a test is about. */
export class SmallWorld {
  readonly builder = new RegionBuilder(REGION, ACCOUNT, '203.0.113');
  readonly vpc: Vpc = this.builder.vpc('small', '172.16');
  readonly home: Group = this.group('home');

  group(name: string, spec: Partial<GroupSpec> = {}): Group {
    return this.builder.group({ name, vpc: this.vpc, ...spec });
  }

  instance(name: string, spec: Partial<InstanceSpec> = {}): Instance {
    return this.builder.instance({ name, vpc: this.vpc, groups: [this.home], ...spec });
  }

  eni(name: string, spec: Partial<EniSpec> = {}): Eni {
    return this.builder.eni({ name, vpc: this.vpc, groups: [this.home], ...spec });
  }

  data(limits: Partial<Limits> = {}): WorldData {
    return { name: 'small', accountId: ACCOUNT, limits: { ...DEFAULT_LIMITS, ...limits }, regions: [this.builder.data()] };
  }

  state(limits: Partial<Limits> = {}): WorldState {
    return new WorldState(this.data(limits));
  }

  /** The facts of a request that names existing things. */
  facts(target: Instance | Eni, group: Group, limits: Partial<Limits> = {}): Facts {
    const isInstance = 'primary' in target;
    const request = {
      regionId: REGION,
      securityGroupId: group.id,
      instanceId: isInstance ? target.id : undefined,
      networkInterfaceId: isInstance ? undefined : target.id,
    };
    const facts = findFacts(request, this.state(limits));
    if ('code' in facts) throw new Error(facts.code);
    return facts;
  }
}

