import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdKind } from '../../../src/sandbox/worlds/build.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.js';
import { idOf } from '../support/demoIds.js';
import { pageOf, toTheEnd, type Peer, type Reading, type RuleItem } from './peer.js';
import { PEERS } from './peers.js';

/** Every filter that the port has; the others that the SDK can send are in `sdkFilters.test.ts`. */

const regionId = 'cn-hangzhou';
const WEB_PUBLIC = idOf('sg', 'hz-web-public');
const QUARANTINE = idOf('sg', 'hz-quarantine');
const unknown = (prefix: string) => `${prefix}-bp1nobody`;

interface FilterCase {
  readonly title: string;
  readonly kind: IdKind;
  readonly read: (peer: Peer, page: { readonly nextToken: string | undefined }) => Promise<Reading<{ readonly id: string }>>;
  readonly names: readonly string[];
}

const ofInstances = (title: string, query: object, names: readonly string[]): FilterCase => ({ title: `instances by ${title}`, kind: 'i', names, read: (peer, page) => peer.listInstances({ regionId, ...query, ...page }) });
const ofInterfaces = (title: string, query: object, names: readonly string[]): FilterCase => ({ title: `interfaces by ${title}`, kind: 'eni', names, read: (peer, page) => peer.listNetworkInterfaces({ regionId, ...query, ...page }) });
const ofGroups = (title: string, query: object, names: readonly string[]): FilterCase => ({ title: `groups by ${title}`, kind: 'sg', names, read: (peer, page) => peer.listSecurityGroups({ regionId, ...query, ...page }) });
const padded = (prefix: string, ids: readonly string[]): readonly string[] => [...ids, ...Array.from({ length: 100 - ids.length }, (_, index) => `${unknown(prefix)}${index}`)];

const CASES: readonly FilterCase[] = [
  ofInstances('id, and only those that exist', { ids: [idOf('i', 'shop-web-01'), unknown('i'), idOf('i', 'report-worker')] }, ['shop-web-01', 'report-worker']),
  ofInstances('a hundred ids', { ids: padded('i', [idOf('i', 'shop-web-01')]) }, ['shop-web-01']),
  ofInstances('group', { securityGroupId: WEB_PUBLIC }, ['shop-web-01', 'shop-web-02', 'shop-web-03', 'ESS-asg-shop-burst', 'old-campaign-site']),
  ofInstances('id and group at once', { ids: [idOf('i', 'shop-web-01'), idOf('i', 'report-worker')], securityGroupId: WEB_PUBLIC }, ['shop-web-01']),
  ofInstances('an unknown group', { securityGroupId: unknown('sg') }, []),
  ofInterfaces('id, and only those that exist', { ids: [idOf('eni', 'spare-nic-web'), unknown('eni'), idOf('eni', 'spare-nic-partner')] }, ['spare-nic-web', 'spare-nic-partner']),
  ofInterfaces('a hundred ids', { ids: padded('eni', [idOf('eni', 'spare-nic-web')]) }, ['spare-nic-web']),
  ofInterfaces('instance', { instanceId: idOf('i', 'shop-db-primary') }, ['shop-db-primary-primary', 'shop-db-primary-backup-nic']),
  ofInterfaces('group, which finds secondary ones only', { securityGroupId: WEB_PUBLIC }, ['spare-nic-web', 'nlb-nic']),
  ofInterfaces('instance and group at once', { instanceId: idOf('i', 'shop-db-primary'), securityGroupId: idOf('sg', 'hz-db') }, ['shop-db-primary-backup-nic']),
  ofGroups('id, and only those that exist', { ids: [idOf('sg', 'hz-app'), unknown('sg'), idOf('sg', 'hz-db')] }, ['hz-app', 'hz-db']),
  ofGroups('a hundred ids', { ids: padded('sg', [idOf('sg', 'hz-app')]) }, ['hz-app']),
  ofGroups('VPC', { vpcId: idOf('vpc', 'staging') }, ['staging-all', 'staging-web']),
  ofGroups('id and VPC at once', { ids: [idOf('sg', 'hz-app'), idOf('sg', 'staging-all')], vpcId: idOf('vpc', 'staging') }, ['staging-all']),
];

describe.each(PEERS)('a filter of %s finds', (_name, connect) => {
  let sandbox: Sandbox;
  let peer: Peer;
  beforeAll(async () => {
    sandbox = await startSandbox({ visibilityMs: 0 });
    peer = await connect(sandbox);
  });
  afterAll(() => sandbox.stop());

  it.each(CASES.map((one) => [one.title, one] as const))('%s', async (_title, { kind, names, read }) => {
    const { items } = await toTheEnd((nextToken) => read(peer, { nextToken }));
    expect(items.map(({ id }) => id).sort()).toEqual(names.map((name) => idOf(kind, name)).sort());
  });

  it('places left in a group, where they are asked for', async () => {
    const read = async (countPlaces: boolean) => pageOf(await peer.listSecurityGroups({ regionId, ids: [idOf('sg', 'k8s-nodes')], countPlaces })).items.map(({ placesLeft }) => placesLeft);
    expect([await read(false), await read(true)]).toEqual([[undefined], [5_994]]);
  });

  it.each([
    ['en', ['China (Hangzhou)', 'China (Shanghai)', 'China (Beijing)', 'Singapore']],
    ['zh', ['华东1（杭州）', '华东2（上海）', '华北2（北京）', '新加坡']],
  ] as const)('regions with their names in the language that is asked for: %s', async (language, names) => {
    // The sandbox names itself as their endpoint, so that nobody is led out to the real cloud.
    const endpoint = new URL(sandbox.endpoint).host;
    const ids = ['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'ap-southeast-1'];
    expect(await peer.listRegions(language)).toEqual({ ok: true, items: ids.map((id, index) => ({ id, name: names[index], endpoint })) });
  });

  describe('rules', () => {
    const drop = { id: expect.stringMatching(/^sgr-/) as unknown as string, policy: 'Drop', protocol: 'ALL', portRange: '-1/-1', other: '0.0.0.0/0', priority: 1 };
    const inbound: RuleItem = { ...drop, direction: 'ingress', description: 'nothing comes in' };
    const outbound: RuleItem = { ...drop, direction: 'egress', description: 'nothing goes out' };

    it.each([
      ['both directions where none is asked for', undefined, [inbound, outbound]],
      ['inbound ones', 'ingress', [inbound]],
      ['outbound ones', 'egress', [outbound]],
    ] as const)('of %s, with the policy among members', async (_what, direction, items) => {
      expect(await peer.readRules({ regionId, securityGroupId: QUARANTINE, ...(direction && { direction }) })).toEqual({ ok: true, items, innerAccessPolicy: 'Drop' });
    });

    it('with groups and IPv6 blocks on the other side', async () => {
      const others = await Promise.all(['hz-db', 'hz-web-public'].map(async (name) => pageOf(await peer.readRules({ regionId, securityGroupId: idOf('sg', name) })).items.map(({ other }) => other)));
      expect(others).toEqual([[idOf('sg', 'hz-app'), idOf('sg', 'hz-app')], ['0.0.0.0/0', '0.0.0.0/0', '::/0']]);
    });
  });
});
