import { MODIFY_CASES, RULE_CASES } from '../../../src/sandbox/worlds/rules.js';
import { LEAVE_CASES } from './leaveCases.js';
import type { Write, WriteAction } from './peer.js';

/** A write, and what the service answers to it in a fresh world `rules`. */
export interface WriteCase {
  readonly title: string;
  readonly write: Write;
  /** The code of the refusal, or `ok`. */
  readonly code: string;
  readonly status: number;
  readonly note: string;
}

const JOIN_CASES = RULE_CASES.map(({ rule, name, code, httpStatus, note, securityGroupId, regionId, instanceId, networkInterfaceId }): WriteCase => ({
  title: `${rule} ${name}`,
  code,
  status: httpStatus,
  note,
  write: {
    action: 'JoinSecurityGroup',
    ...(regionId !== undefined && { regionId }),
    ...(instanceId !== undefined && { instanceId }),
    ...(networkInterfaceId !== undefined && { networkInterfaceId }),
    securityGroupIds: [securityGroupId],
  },
}));

/** To replace an instance's groups takes no region, but an address of one: those of the cases are in Hangzhou. */
const REPLACE_CASES = MODIFY_CASES.map(({ action, name, code, httpStatus, note, securityGroupIds, regionId, instanceId, networkInterfaceId }): WriteCase => {
  const region = action === 'ModifyInstanceAttribute' ? 'cn-hangzhou' : regionId;
  return {
    title: name,
    code,
    status: httpStatus,
    note,
    write: {
      action,
      ...(region !== undefined && { regionId: region }),
      ...(instanceId !== undefined && { instanceId }),
      ...(networkInterfaceId !== undefined && { networkInterfaceId }),
      securityGroupIds,
    },
  };
});

const ofAction = (action: WriteAction): readonly WriteCase[] => REPLACE_CASES.filter(({ write }) => write.action === action);

/** Every case of every write, in the order in which a fresh world has to meet them. */
export const WRITE_CASES: Readonly<Record<WriteAction, readonly WriteCase[]>> = {
  JoinSecurityGroup: JOIN_CASES,
  LeaveSecurityGroup: LEAVE_CASES,
  ModifyInstanceAttribute: ofAction('ModifyInstanceAttribute'),
  ModifyNetworkInterfaceAttribute: ofAction('ModifyNetworkInterfaceAttribute'),
};
