import type { Change, ChangeKind, Step } from '../../../src/domain/change.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import type { WorldData } from '../../../src/sandbox/model.js';
import { ACCOUNT_ID } from '../../../src/sandbox/worlds/accounts.js';
import { RegionBuilder } from '../../../src/sandbox/worlds/build.js';
import { DEFAULT_LIMITS } from '../../../src/sandbox/worlds/limits.js';
import { idOf } from '../support/demoIds.js';

/** A world that refuses nothing by itself: eight targets, half instances and half interfaces, each in two groups. */

export const REGION_ID = 'cn-hangzhou';

/** Where every target stays, where it is to leave, where it is to go, and what only others put it into. */
export const HOME = idOf('sg', 'home');
export const SPARE = idOf('sg', 'spare');
export const WANTED = idOf('sg', 'wanted');
export const FOREIGN = idOf('sg', 'foreign');

export const BASE: readonly string[] = [HOME, SPARE];
const PER_KIND = 4;
const numbers = Array.from({ length: PER_KIND }, (_unused, index) => index);

/** Instances and interfaces by turns, an instance first. */
export const TARGETS: readonly TargetRef[] = numbers.flatMap((number): readonly TargetRef[] => [
  { kind: 'instance', id: idOf('i', `host-${number}`) },
  { kind: 'networkInterface', id: idOf('eni', `nic-${number}`) },
]);

export function buildPeacefulWorld(): WorldData {
  const region = new RegionBuilder(REGION_ID, ACCOUNT_ID, '203.0.113');
  const vpc = region.vpc('matrix', '172.16');
  const [home, spare] = ['home', 'spare', 'wanted', 'foreign'].map((name) => region.group({ name, vpc, rules: [{ port: '22/22', from: '10.0.0.0/8' }] }));
  const groups = [home, spare].filter((group) => group !== undefined);
  for (const number of numbers) {
    region.instance({ name: `host-${number}`, vpc, groups });
    region.eni({ name: `nic-${number}`, vpc, groups });
  }
  return { name: 'peaceful', accountId: ACCOUNT_ID, limits: DEFAULT_LIMITS, regions: [region.data()] };
}

const CHANGES: Readonly<Record<ChangeKind, Change>> = {
  join: { kind: 'join', securityGroupId: WANTED },
  leave: { kind: 'leave', securityGroupId: SPARE },
  replace: { kind: 'replace', before: BASE, after: [HOME, WANTED] },
};

/** The same change for so many of the targets. */
export function stepsOf(kind: ChangeKind, count: number): readonly Step[] {
  return TARGETS.slice(0, count).map((ref) => ({ ref, change: CHANGES[kind] }));
}
