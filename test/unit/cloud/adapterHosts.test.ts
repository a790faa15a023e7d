import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NEVER } from '../../../src/app/cancelSource.js';
import type { CloudOptions } from '../../../src/app/ports/cloud.js';
import type { Ecs } from '../../../src/app/ports/ecs.js';
import { connect } from '../../../src/cloud/ecsCloud.js';
import { VirtualClock } from '../support/virtualClock.js';

/** Where requests would go, without sending any: the answers name hosts for the regions. */

const NAMED: Readonly<Record<string, unknown>> = {
  'cn-official': 'ecs-other-name.aliyuncs.com',
  'cn-bucket': 'ecs-x.oss-cn-hangzhou.aliyuncs.com',
  'cn-evil': 'evil.example.com',
  'cn-suffix': 'aliyuncs.com.evil.example.com',
  'cn-path': 'evil.example.com/.aliyuncs.com',
  'cn-port': 'ecs.aliyuncs.com:8443',
  'cn-odd': 7,
};

let asked: string[];
beforeEach(() => {
  asked = [];
  const regions = Object.entries(NAMED).map(([RegionId, RegionEndpoint]) => ({ RegionId, LocalName: RegionId, RegionEndpoint }));
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(new URL(url).origin);
    return Promise.resolve(new Response(JSON.stringify({ RequestId: 'R', Regions: { Region: regions }, Instances: { Instance: [] } })));
  });
});
afterEach(() => { vi.unstubAllGlobals(); });

async function cloud(more: Partial<CloudOptions> = {}): Promise<Ecs> {
  const options: CloudOptions = { credentials: { kind: 'keys', accessKeyId: 'id', accessKeySecret: 'secret' }, sandbox: false, endpoint: '', network: 'public', timeoutSeconds: 5, concurrentReads: 8, writesPerMinute: 250, share: () => Promise.resolve(1), clock: new VirtualClock(), product: 'p', onSecret: () => undefined };
  const result = await connect({ ...options, ...more });
  if (!result.ok) throw new Error(result.failure.code);
  return result.value.ecs;
}

const context = { signal: NEVER };

async function hosts(ecs: Ecs, regionIds: readonly string[]): Promise<readonly string[]> {
  asked = [];
  for (const regionId of regionIds) await ecs.listInstances({ regionId }, context);
  return asked;
}

describe('a request without an endpoint of the user\'s', () => {
  it('for the regions goes to the first region\'s own', async () => {
    await (await cloud()).listRegions('en', context);
    expect(asked).toEqual(['https://ecs-cn-hangzhou.aliyuncs.com']);
  });

  it('goes to the host that the service named where that is official, else to the one that the SDK knows', async () => {
    const ecs = await cloud();
    await ecs.listRegions('en', context);
    expect(await hosts(ecs, [...Object.keys(NAMED), 'cn-unlisted'])).toEqual([
      'https://ecs-other-name.aliyuncs.com',
      ...['cn-bucket', 'cn-evil', 'cn-suffix', 'cn-path', 'cn-port', 'cn-odd', 'cn-unlisted'].map((id) => `https://ecs.${id}.aliyuncs.com`),
    ]);
  });

  it('that has no parameter for the region goes to the region\'s host all the same', async () => {
    const ecs = await cloud();
    for (const regionId of ['cn-beijing', 'us-west-1']) await ecs.replaceInstanceGroups({ regionId, instanceId: 'i-1', securityGroupIds: ['sg-1'] }, context);
    expect(asked).toEqual(['https://ecs.cn-beijing.aliyuncs.com', 'https://ecs.us-west-1.aliyuncs.com']);
  });

  it('over the VPC network goes to the region\'s VPC host, whatever the service named', async () => {
    const ecs = await cloud({ network: 'vpc' });
    await ecs.listRegions('en', context);
    expect(await hosts(ecs, ['cn-official', 'cn-unlisted'])).toEqual(['https://ecs-vpc.cn-official.aliyuncs.com', 'https://ecs-vpc.cn-unlisted.aliyuncs.com']);
  });
});

describe('a request with an endpoint of the user\'s', () => {
  it('goes there for every region and network, whatever the service named', async () => {
    for (const network of ['public', 'vpc'] as const) {
      const ecs = await cloud({ network, endpoint: 'https://gateway.example.com:8443/' });
      await ecs.listRegions('en', context);
      expect(await hosts(ecs, Object.keys(NAMED))).toEqual(Object.keys(NAMED).map(() => 'https://gateway.example.com:8443'));
    }
  });
});
