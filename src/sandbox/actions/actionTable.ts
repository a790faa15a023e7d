import { ECS_VERSION, STS_VERSION, type Action } from '../call.js';
import { describeInstanceAttribute } from './describeInstanceAttribute.js';
import { describeInstances } from './describeInstances.js';
import { describeNetworkInterfaces } from './describeNetworkInterfaces.js';
import { describePrefixListAttributes } from './describePrefixListAttributes.js';
import { describeRegions } from './describeRegions.js';
import { describeSecurityGroupAttribute } from './describeSecurityGroupAttribute.js';
import { describeSecurityGroupReferences } from './describeSecurityGroupReferences.js';
import { describeSecurityGroups } from './describeSecurityGroups.js';
import { getCallerIdentity } from './getCallerIdentity.js';
import { joinSecurityGroup, leaveSecurityGroup } from './membership.js';
import { modifyInstanceAttribute } from './modifyInstanceAttribute.js';
import { modifyNetworkInterfaceAttribute } from './modifyNetworkInterfaceAttribute.js';

const ecs = (does: Action['does']) => (run: Action['run']): Action => ({ version: ECS_VERSION, does, run });
const [read, list, write] = [ecs('read'), ecs('list'), ecs('write')];

/** The operations that this sandbox speaks: those of ECS 2014-05-26, and one of STS 2015-04-01. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['DescribeRegions', read(describeRegions)],
  ['DescribeInstances', list(describeInstances)],
  ['DescribeInstanceAttribute', read(describeInstanceAttribute)],
  ['DescribeNetworkInterfaces', list(describeNetworkInterfaces)],
  ['DescribeSecurityGroups', list(describeSecurityGroups)],
  ['DescribeSecurityGroupAttribute', list(describeSecurityGroupAttribute)],
  ['DescribeSecurityGroupReferences', read(describeSecurityGroupReferences)],
  ['DescribePrefixListAttributes', read(describePrefixListAttributes)],
  ['JoinSecurityGroup', write(joinSecurityGroup)],
  ['LeaveSecurityGroup', write(leaveSecurityGroup)],
  ['ModifyInstanceAttribute', write(modifyInstanceAttribute)],
  ['ModifyNetworkInterfaceAttribute', write(modifyNetworkInterfaceAttribute)],
  ['GetCallerIdentity', { version: STS_VERSION, does: 'read', run: getCallerIdentity }],
]);
