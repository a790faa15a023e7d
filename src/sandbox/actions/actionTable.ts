import type { Action } from '../call.js';
import { describeInstances } from './describeInstances.js';
import { describeNetworkInterfaces } from './describeNetworkInterfaces.js';
import { describeRegions } from './describeRegions.js';
import { describeSecurityGroupAttribute } from './describeSecurityGroupAttribute.js';
import { describeSecurityGroups } from './describeSecurityGroups.js';
import { joinSecurityGroup, leaveSecurityGroup } from './membership.js';

/** The operations of ECS 2014-05-26 that this sandbox speaks. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['DescribeRegions', { writes: false, run: describeRegions }],
  ['DescribeInstances', { writes: false, run: describeInstances }],
  ['DescribeNetworkInterfaces', { writes: false, run: describeNetworkInterfaces }],
  ['DescribeSecurityGroups', { writes: false, run: describeSecurityGroups }],
  ['DescribeSecurityGroupAttribute', { writes: false, run: describeSecurityGroupAttribute }],
  ['JoinSecurityGroup', { writes: true, run: joinSecurityGroup }],
  ['LeaveSecurityGroup', { writes: true, run: leaveSecurityGroup }],
]);
