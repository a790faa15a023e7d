import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { idOf } from './support/demoIds.js';
import { differences } from './support/shapes.js';
import { send } from './support/signedRequest.js';

const sample = (name: string): unknown => JSON.parse(readFileSync(path.resolve('../shared/reference/samples', `${name}.json`), 'utf8'));
const RegionId = 'cn-hangzhou';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
});
afterAll(() => sandbox.stop());

describe('an answer has every field of the sample, with its type', () => {
  it.each([
    ['DescribeRegions', {}],
    ['DescribeInstances', { RegionId }],
    ['DescribeNetworkInterfaces', { RegionId, Type: 'Secondary', Status: 'InUse', ServiceManaged: 'false' }],
    ['DescribeSecurityGroups', { RegionId, MaxResults: '100' }],
    ['DescribeSecurityGroupAttribute', { RegionId, SecurityGroupId: idOf('sg', 'hz-web-public') }],
    ['JoinSecurityGroup', { RegionId, InstanceId: idOf('i', 'shop-web-01'), SecurityGroupId: idOf('sg', 'partner-api') }],
  ])('%s', async (action, query) => {
    expect(differences((await send(sandbox, action, { query })).body, sample(action))).toEqual([]);
  });

  it('DescribeSecurityGroups, for a managed group', async () => {
    const { body } = await send(sandbox, 'DescribeSecurityGroups', { query: { RegionId, ServiceManaged: 'true' } });
    const managed = (sample('DescribeSecurityGroups') as { SecurityGroups: { SecurityGroup: unknown[] } }).SecurityGroups.SecurityGroup[1];
    expect(differences(body, { SecurityGroups: { SecurityGroup: [managed] } })).toEqual([]);
  });

  it('an error', async () => {
    const query = { RegionId, InstanceId: idOf('i', 'shop-web-01'), SecurityGroupId: idOf('sg', 'hz-web-public') };
    const { status, body } = await send(sandbox, 'JoinSecurityGroup', { query });
    expect([status, differences(body, sample('error-business-403'))]).toEqual([403, []]);
    expect(body).toMatchObject({ Code: 'InvalidInstanceId.AlreadyExists', Message: 'The specified instance already exists in the specified security group.' });
  });
});

it('an instance has the size of a real one', async () => {
  const { body } = await send(sandbox, 'DescribeInstances', { query: { RegionId, MaxResults: '100' } });
  const list = (body['Instances'] as { Instance: unknown[] }).Instance;
  const average = JSON.stringify(list).length / list.length;
  expect(average).toBeGreaterThan(2_500);
  expect(average).toBeLessThan(4_000);
});

it('a managed interface has no instance id', async () => {
  const { body } = await send(sandbox, 'DescribeNetworkInterfaces', { query: { RegionId, ServiceManaged: 'true' } });
  const [eni] = (body['NetworkInterfaceSets'] as { NetworkInterfaceSet: Record<string, unknown>[] }).NetworkInterfaceSet;
  expect(eni).toMatchObject({ ServiceManaged: true, ServiceID: 12345678910, Status: 'InUse' });
  expect(eni).not.toHaveProperty('InstanceId');
});
