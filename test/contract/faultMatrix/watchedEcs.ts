import type { Ecs } from '../../../src/app/ports/ecs.js';
import type { Result } from '../../../src/domain/failure.js';

/** A call of the product on its way to the cloud room. */
export interface Passing {
  readonly operation: keyof Ecs;
  /** As text, to look for ids in. */
  readonly input: string;
  readonly isWrite: boolean;
}

/** Told before a call leaves and after its answer has come; the call waits for both. */
export interface Watcher {
  readonly before: (call: Passing) => Promise<void> | void;
  readonly after: (call: Passing) => Promise<void> | void;
}

const WRITES: ReadonlySet<keyof Ecs> = new Set<keyof Ecs>(['joinSecurityGroup', 'leaveSecurityGroup', 'replaceInstanceGroups', 'replaceInterfaceGroups']);

/** The same service, with somebody who stands beside every call. */
export function watched(ecs: Ecs, { before, after }: Watcher): Ecs {
  const pass = async <T>(operation: keyof Ecs, input: unknown, call: () => Promise<Result<T>>): Promise<Result<T>> => {
    const passing: Passing = { operation, input: JSON.stringify(input), isWrite: WRITES.has(operation) };
    await before(passing);
    const result = await call();
    await after(passing);
    return result;
  };
  return {
    listRegions: (language, context) => pass('listRegions', language, () => ecs.listRegions(language, context)),
    listInstances: (query, context) => pass('listInstances', query, () => ecs.listInstances(query, context)),
    listNetworkInterfaces: (query, context) => pass('listNetworkInterfaces', query, () => ecs.listNetworkInterfaces(query, context)),
    listSecurityGroups: (query, context) => pass('listSecurityGroups', query, () => ecs.listSecurityGroups(query, context)),
    readRules: (query, context) => pass('readRules', query, () => ecs.readRules(query, context)),
    readPrefixList: (query, context) => pass('readPrefixList', query, () => ecs.readPrefixList(query, context)),
    readReferences: (query, context) => pass('readReferences', query, () => ecs.readReferences(query, context)),
    countResources: (of, context) => pass('countResources', of, () => ecs.countResources(of, context)),
    checkAccess: (of, context) => pass('checkAccess', of, () => ecs.checkAccess(of, context)),
    readJson: (resource, context) => pass('readJson', resource, () => ecs.readJson(resource, context)),
    joinSecurityGroup: (request, context) => pass('joinSecurityGroup', request, () => ecs.joinSecurityGroup(request, context)),
    leaveSecurityGroup: (request, context) => pass('leaveSecurityGroup', request, () => ecs.leaveSecurityGroup(request, context)),
    replaceInstanceGroups: (request, context) => pass('replaceInstanceGroups', request, () => ecs.replaceInstanceGroups(request, context)),
    replaceInterfaceGroups: (request, context) => pass('replaceInterfaceGroups', request, () => ecs.replaceInterfaceGroups(request, context)),
  };
}
