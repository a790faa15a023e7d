import { expect, it } from 'vitest';
import { NEVER } from '../../../src/app/cancelSource.js';
import type { Ecs } from '../../../src/app/ports/ecs.js';
import { watched } from '../../../src/app/watched.js';
import { success, type Result } from '../../../src/domain/failure.js';

const context = { signal: NEVER };
const of = { kind: 'instance', regionId: 'r' } as const;
const ASKED: readonly (readonly [keyof Ecs, readonly unknown[]])[] = [
  ['listRegions', ['en', context]],
  ['listInstances', [{ regionId: 'r' }, context]],
  ['listNetworkInterfaces', [{ regionId: 'r' }, context]],
  ['listSecurityGroups', [{ regionId: 'r' }, context]],
  ['readRules', [{ regionId: 'r', securityGroupId: 'sg-1' }, context]],
  ['readPrefixList', [{ regionId: 'r', prefixListId: 'pl-1' }, context]],
  ['readReferences', [{ regionId: 'r', securityGroupIds: ['sg-1'] }, context]],
  ['countResources', [of, context]],
  ['checkAccess', [of, context]],
  ['readJson', [{ ...of, id: 'i-1' }, context]],
  ['joinSecurityGroup', [{ regionId: 'r', securityGroupId: 'sg-1', instanceId: 'i-1' }, context]],
  ['leaveSecurityGroup', [{ regionId: 'r', securityGroupId: 'sg-1', instanceId: 'i-1' }, context]],
  ['replaceInstanceGroups', [{ regionId: 'r', instanceId: 'i-1', securityGroupIds: ['sg-1'] }, context]],
  ['replaceInterfaceGroups', [{ regionId: 'r', networkInterfaceId: 'eni-1', securityGroupIds: ['sg-1'] }, context]],
];

it.each(ASKED)('%s is asked as it was, and its answer is heard and handed on', async (name, args) => {
  const asked: unknown[] = [];
  const answer = success({ from: name });
  const service = Object.fromEntries(ASKED.map(([one]) => [one, (...given: readonly unknown[]) => {
    asked.push([one, given]);
    return Promise.resolve(answer);
  }])) as unknown as Ecs;
  const heard: unknown[] = [];
  const ecs = watched(service, (what, result) => { heard.push([what, result]); });
  const methods = ecs as unknown as Readonly<Record<string, (...given: readonly unknown[]) => Promise<Result<unknown>>>>;
  expect([Object.keys(ecs).sort(), await methods[name]?.(...args)]).toEqual([ASKED.map(([one]) => one).sort(), answer]);
  expect([asked, heard]).toEqual([[[name, args]], [[name, answer]]]);
});
