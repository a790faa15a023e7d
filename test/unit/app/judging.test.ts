import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StepJudge } from '../../../src/app/judging.js';
import { joinExposure } from '../../../src/domain/joinRules.js';
import type { GroupRules, Instance, SecurityGroupRule } from '../../../src/domain/resources.js';
import { instance, REGION, rule, securityGroup, without } from '../support/builders.js';

const IDS = ['sg-0', 'sg-1', 'sg-2', 'sg-3'];
const JOINED = 'sg-joined';

const rules = fc.array(
  fc.record({
    portRange: fc.constantFrom('80/80', '443/443'),
    peer: fc.constantFrom('0.0.0.0/0', '::/0', '10.0.0.0/8'),
    policy: fc.constantFrom('Accept', 'accept', 'Drop', 'odd'),
    protocol: fc.constantFrom('TCP', 'tcp', 'UDP'),
    direction: fc.constantFrom('ingress', 'egress'),
  }),
  { maxLength: 4 },
);
/** None: they could not be read. */
const group = fc.option(fc.record({ rules: rules.map((some): readonly SecurityGroupRule[] => some.map((one) => rule(one))), innerAccessPolicy: fc.constantFrom('Accept', 'Drop') }), { nil: undefined, freq: 6 });
const region = fc.record({ joined: group, groups: fc.tuple(group, group, group, group), lists: fc.array(fc.option(fc.subarray([...IDS, JOINED]), { nil: undefined, freq: 6 }), { minLength: 1, maxLength: 6 }) });

/** In these groups; none: the answer did not say. */
function inGroups(id: string, securityGroupIds: readonly string[] | undefined): Instance {
  return securityGroupIds === undefined ? without(instance({ id }), 'securityGroupIds') : instance({ id, securityGroupIds });
}

describe('StepJudge', () => {
  it('says of each of many targets what a join opens and closes as if it were the only one', () => {
    let [opens, unlike] = [0, 0];
    const property = fc.property(region, ({ joined, groups, lists }) => {
      const read = new Map<string, GroupRules>();
      for (const [at, some] of [...groups, joined].entries()) if (some !== undefined) read.set(IDS[at] ?? JOINED, some);
      const targets = lists.map((securityGroupIds, at) => inGroups(`i-${at}`, securityGroupIds));
      const facts = { regionId: REGION, targets: new Map(targets.map((target) => [target.id, target])), groups: new Map([[JOINED, securityGroup({ id: JOINED })]]), rules: read };
      const judge = new StepJudge(facts, { limits: { groupsPerInterface: 5 } });
      const exposures = targets.map((target) => judge.of({ ref: { kind: 'instance', id: target.id }, change: { kind: 'join', securityGroupId: JOINED } }, target).exposure);
      expect(exposures).toEqual(targets.map(({ securityGroupIds }) => joinExposure({ securityGroupIds, groupId: JOINED, rules: read })));
      opens += exposures.filter((exposure) => exposure.opens.length > 0).length;
      unlike += Number(new Set(exposures).size > 1);
    });
    fc.assert(property, { numRuns: 500 });
    expect([opens > 100, unlike > 100]).toEqual([true, true]);
  });

  it('judges targets alike where none of their groups has an opening of the joined one', () => {
    const read = new Map([[JOINED, { rules: [rule({ portRange: '443/443', peer: '0.0.0.0/0' })], innerAccessPolicy: 'Accept' }], ...IDS.map((id) => [id, { rules: [rule({ portRange: '22/22', peer: '0.0.0.0/0' })], innerAccessPolicy: 'Accept' }] as const)]);
    const targets = IDS.map((id, at) => instance({ id: `i-${at}`, securityGroupIds: [id] }));
    const judge = new StepJudge({ regionId: REGION, targets: new Map(targets.map((target) => [target.id, target])), groups: new Map(), rules: read }, { limits: { groupsPerInterface: 5 } });
    const exposures = targets.map((target) => judge.of({ ref: { kind: 'instance', id: target.id }, change: { kind: 'join', securityGroupId: JOINED } }, target).exposure);
    expect(new Set(exposures).size).toBe(1);
  });
});
