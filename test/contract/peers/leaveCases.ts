import { idOf } from '../support/demoIds.js';
import type { WriteCase } from './writeCases.js';

/** What LeaveSecurityGroup answers in a fresh world `rules`, by the resources of the cases of JoinSecurityGroup. */

const regionId = 'cn-hangzhou';
const i = (name: string) => ({ instanceId: idOf('i', name) });
const eni = (name: string) => ({ networkInterfaceId: idOf('eni', name) });
const sg = (name: string) => idOf('sg', name);

interface Target {
  readonly instanceId?: string;
  readonly networkInterfaceId?: string;
  readonly withoutRegion?: true;
}

type Row = readonly [title: string, code: string, status: number, target: Target, securityGroupId: string, note?: string];

const AS_JOIN = 'the code is that of JoinSecurityGroup, inferred';

const ROWS: readonly Row[] = [
  ['an instance leaves one of its groups', 'ok', 200, i('v15-full'), sg('v15-filler-01')],
  ['an interface leaves one of its groups', 'ok', 200, eni('v15-full-eni'), sg('v15-filler-02')],
  ['an instance with a financial lock, which refuses nothing, from its last group', 'InstanceLastSecurityGroup', 403, i('v11-locked-financial'), sg('home')],
  ['an instance from its last group', 'InstanceLastSecurityGroup', 403, i('v13-already'), sg('v13-already')],
  ['an interface from its last group', 'InvalidOperation.AtLeastInOneGroup', 403, eni('v13-already-eni'), sg('v13-already')],
  ['an instance that is no member', 'InvalidSecurityGroupAssociation.NotFound', 400, i('v12-other-vpc'), sg('v12-other-vpc')],
  ['an interface that is no member', 'InvalidSecurityGroupAssociation.NotFound', 400, eni('v12-eni-other-vpc'), sg('v12-eni-other-vpc')],
  ['from a managed group', 'InvalidOperation.ResourceManagedByCloudProduct', 403, i('v10-managed-group'), sg('v10-managed-group')],
  ['a managed interface', 'InvalidOperation.EniServiceManaged', 403, eni('v09-managed-eni'), sg('home')],
  ['a primary interface', 'InvalidOperation.InvalidEniType', 403, eni('v08-primary-primary'), sg('home')],
  ['a detaching interface', 'InvalidOperation.InvalidEniState', 400, eni('v07-detaching'), sg('home')],
  ['a starting instance', 'IncorrectInstanceStatus', 403, i('v06-starting'), sg('home')],
  ['a locked instance', 'InstanceLockedForSecurity', 403, i('v11-locked-security'), sg('home')],
  ['two targets', 'InvalidParam.EniIdAndInstanceId.Conflict', 403, { instanceId: 'i-1', networkInterfaceId: 'eni-1' }, sg('home')],
  ['nobody', 'MissingParameter', 400, {}, sg('home'), AS_JOIN],
  ['no group', 'MissingParameter', 400, i('v13-already'), '', AS_JOIN],
  ['an interface without region', 'MissingParameter.RegionId', 400, { networkInterfaceId: 'eni-1', withoutRegion: true }, sg('home')],
  ['a malformed instance', 'InvalidInstanceId.Malformed', 400, { instanceId: 'eni-1' }, sg('home')],
  ['a malformed interface', 'InvalidParam.Malformed', 403, { networkInterfaceId: 'i-1' }, sg('home')],
  ['an unknown instance', 'InvalidInstanceId.NotFound', 404, { instanceId: 'i-bp1nobody' }, sg('home')],
  ['an unknown interface', 'InvalidEniId.NotFound', 404, { networkInterfaceId: 'eni-bp1nobody' }, sg('home')],
  ['from an unknown group', 'InvalidSecurityGroupId.NotFound', 404, i('v13-already'), 'sg-bp1nobody'],
];

export const LEAVE_CASES: readonly WriteCase[] = ROWS.map(([title, code, status, { withoutRegion, ...target }, securityGroupId, note = '']) => ({
  title,
  code,
  status,
  note,
  write: {
    action: 'LeaveSecurityGroup',
    ...(withoutRegion !== true && { regionId }),
    ...target,
    securityGroupIds: [securityGroupId],
  },
}));
