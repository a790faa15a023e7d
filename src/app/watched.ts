import type { Result } from '../domain/failure.js';
import type { Ecs } from './ports/ecs.js';

/** Told of every answer, and of what was asked. */
export type Hear = (asked: keyof Ecs, result: Result<unknown>) => void;

/** The same service, every answer of which somebody hears: the one place that all of them pass. */
export function watched(ecs: Ecs, hear: Hear): Ecs {
  const heard = async <T>(asked: keyof Ecs, answer: Promise<Result<T>>): Promise<Result<T>> => {
    const result = await answer;
    hear(asked, result);
    return result;
  };
  return {
    listRegions: (...args) => heard('listRegions', ecs.listRegions(...args)),
    listInstances: (...args) => heard('listInstances', ecs.listInstances(...args)),
    listNetworkInterfaces: (...args) => heard('listNetworkInterfaces', ecs.listNetworkInterfaces(...args)),
    listSecurityGroups: (...args) => heard('listSecurityGroups', ecs.listSecurityGroups(...args)),
    readRules: (...args) => heard('readRules', ecs.readRules(...args)),
    readPrefixList: (...args) => heard('readPrefixList', ecs.readPrefixList(...args)),
    readReferences: (...args) => heard('readReferences', ecs.readReferences(...args)),
    countResources: (...args) => heard('countResources', ecs.countResources(...args)),
    checkAccess: (...args) => heard('checkAccess', ecs.checkAccess(...args)),
    readJson: (...args) => heard('readJson', ecs.readJson(...args)),
    joinSecurityGroup: (...args) => heard('joinSecurityGroup', ecs.joinSecurityGroup(...args)),
    leaveSecurityGroup: (...args) => heard('leaveSecurityGroup', ecs.leaveSecurityGroup(...args)),
    replaceInstanceGroups: (...args) => heard('replaceInstanceGroups', ecs.replaceInstanceGroups(...args)),
    replaceInterfaceGroups: (...args) => heard('replaceInterfaceGroups', ecs.replaceInterfaceGroups(...args)),
  };
}
