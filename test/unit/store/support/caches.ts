import fc from 'fast-check';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { CachedItems, CachedList, CachedListKey } from '../../../../src/app/ports/listCache.js';
import type { Instance, NetworkInterface, SecurityGroup } from '../../../../src/domain/resources.js';
import { hostileText } from '../../support/hostile.js';
import { instance, networkInterface, REGION, securityGroup } from '../../support/builders.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder for lists that is not there yet, below one that is; removed after the test. */
export function newFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'cache-'));
  folders.push(parent);
  return join(parent, 'cache');
}

/** The paths of all files below a folder; none when that is not there. */
export function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [] : [join(entry.parentPath, entry.name)])).sort();
}

/** The one file below a folder. */
export function onlyFile(folder: string): string {
  const [path, ...more] = filesIn(folder);
  if (path === undefined || more.length > 0) throw new Error(`Not one file but ${path === undefined ? 0 : more.length + 1}.`);
  return path;
}

export function linesOf(path: string): readonly string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

export const INSTANCES = { list: 'instances', regionId: REGION } as const satisfies CachedListKey;
export const READ_AT = 1_700_000_000_000;

/** The instances of a region, by number. */
export function instances(count: number, more: Partial<Instance> = {}): readonly Instance[] {
  return Array.from({ length: count }, (_, index) => instance({ id: `i-bp1${String(index).padStart(18, '0')}`, name: `web-${index}`, ...more }));
}

export function listOf<T>(items: readonly T[], more: Partial<CachedList<T>> = {}): CachedList<T> {
  return { items, readAt: READ_AT, complete: true, ...more };
}

/** With every field that an instance can have. */
export const FULL_INSTANCE: Required<Instance> = {
  ...(instance() as Required<Instance>),
  description: 'serves the shop',
  hostName: 'web-1.internal',
  zoneId: `${REGION}-i`,
  instanceType: 'ecs.g7.large',
  vSwitchId: 'vsw-1',
  interfaces: [{ id: 'eni-1', type: 'Primary', addressCount: 3 }, { id: 'eni-2', addressCount: 1 }],
  publicIps: ['203.0.113.1'],
  locks: [{ reason: 'financial', message: 'overdue' }, { reason: 'security' }],
  tags: [{ key: 'env', value: 'prod' }, { key: '__proto__', value: '' }],
  ipv6s: ['2001:db8::2'],
  osName: 'Alibaba Cloud Linux 3',
  cpu: 2,
  memoryMb: 8192,
  chargeType: 'PrePaid',
  expiresAt: '2027-06-30T16:00Z',
  autoReleaseAt: '2027-07-01T16:00Z',
  startedAt: '2024-01-02T03:05Z',
  deletionProtection: true,
  resourceGroupId: 'rg-1',
  createdAt: '2024-01-02T03:04Z',
};

export const FULL_INTERFACE: Required<NetworkInterface> = {
  ...(networkInterface() as Required<NetworkInterface>),
  description: 'data plane',
  zoneId: `${REGION}-i`,
  vSwitchId: 'vsw-1',
  publicIps: ['203.0.113.2'],
  ipv6s: ['2001:db8::1'],
  ownerId: '1234567890',
  serviceManaged: true,
  tags: [{ key: 'env', value: 'prod' }],
  serviceId: '12345678910',
  macAddress: '00:16:3e:00:00:01',
  resourceGroupId: 'rg-1',
  createdAt: '2024-01-02T03:04Z',
};

export const FULL_GROUP: Required<SecurityGroup> = {
  ...(securityGroup() as Required<SecurityGroup>),
  description: 'lets ssh in',
  serviceId: '12345678910',
  resourceGroupId: 'rg-1',
  availableAmount: 1_999,
  tags: [{ key: 'env', value: 'prod' }],
  createdAt: '2024-01-02T03:04Z',
};

/** Any text, halves of characters, line ends of all kinds and tricks among it. */
const text = fc.oneof(hostileText, fc.string({ unit: 'binary', maxLength: 12 }), fc.array(fc.constantFrom('\ud800', '\udfff', '\n', '\r', '\u2028', '\u2029', '\0', '"', '\\', 'é', '𝄞'), { maxLength: 8 }).map((parts) => parts.join('')));
const texts = fc.array(text, { maxLength: 3 });
const count = fc.nat({ max: 1_000_000 });
const flag = fc.boolean();

/** Records in which every field that may be absent sometimes is. */
function some<T extends object, K extends keyof T>(model: { readonly [F in keyof T]: fc.Arbitrary<T[F]> }, requiredKeys: K[]): fc.Arbitrary<Partial<T> & Pick<T, K>> {
  return fc.record<T, K>(model, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<Partial<T> & Pick<T, K>>;
}

const tags = fc.array(some({ key: text, value: text }, ['key', 'value']), { maxLength: 3 });

const anyInstance: fc.Arbitrary<Instance> = some<Required<Instance>, 'kind' | 'id' | 'regionId' | 'interfaces' | 'privateIps' | 'publicIps' | 'locks' | 'tags'>(
  {
    kind: fc.constant('instance'), id: text, regionId: text, name: text, description: text, hostName: text, status: text, zoneId: text, instanceType: text, networkType: text,
    vpcId: text, vSwitchId: text, securityGroupIds: texts, privateIps: texts, publicIps: texts, tags, osName: text, createdAt: text,
    ipv6s: texts, cpu: count, memoryMb: count, chargeType: text, expiresAt: text, autoReleaseAt: text, startedAt: text, deletionProtection: flag, resourceGroupId: text,
    interfaces: fc.array(some({ id: text, type: text, addressCount: count }, ['id', 'addressCount']), { maxLength: 2 }),
    locks: fc.array(some({ reason: text, message: text }, ['reason']), { maxLength: 2 }),
  },
  ['kind', 'id', 'regionId', 'interfaces', 'privateIps', 'publicIps', 'locks', 'tags'],
);

const anyInterface: fc.Arbitrary<NetworkInterface> = some<Required<NetworkInterface>, 'kind' | 'id' | 'regionId' | 'privateIps' | 'publicIps' | 'ipv6s' | 'addressCount' | 'tags'>(
  {
    kind: fc.constant('networkInterface'), id: text, regionId: text, name: text, description: text, status: text, type: text, zoneId: text, vpcId: text, vSwitchId: text, instanceId: text,
    securityGroupIds: texts, privateIps: texts, publicIps: texts, ipv6s: texts, addressCount: count, ownerId: text, serviceManaged: flag, tags, serviceId: text, macAddress: text, resourceGroupId: text, createdAt: text,
  },
  ['kind', 'id', 'regionId', 'privateIps', 'publicIps', 'ipv6s', 'addressCount', 'tags'],
);

const anyGroup: fc.Arbitrary<SecurityGroup> = some<Required<SecurityGroup>, 'kind' | 'id' | 'regionId' | 'tags'>(
  { kind: fc.constant('securityGroup'), id: text, regionId: text, name: text, description: text, type: text, vpcId: text, serviceManaged: flag, serviceId: text, resourceGroupId: text, ruleCount: count, availableAmount: count, tags, createdAt: text },
  ['kind', 'id', 'regionId', 'tags'],
);

const use = some({ count, atLeast: fc.constant(true as const) }, ['count']);
const anyUse = some({ regionId: text, instances: use, networkInterfaces: use, securityGroups: use, failedWith: text }, ['regionId']);
const anyRegion = some({ id: text, name: text, endpoint: text }, ['id', 'name']);

const ANY: { readonly [L in keyof CachedItems]: fc.Arbitrary<CachedItems[L]> } = {
  regions: anyRegion,
  instances: anyInstance,
  networkInterfaces: anyInterface,
  securityGroups: anyGroup,
  regionUse: anyUse,
};

const anyKey: fc.Arbitrary<CachedListKey> = fc.oneof(
  fc.record({ list: fc.constant('regions' as const), language: text }),
  fc.record({ list: fc.constantFrom('instances' as const, 'networkInterfaces' as const, 'securityGroups' as const), regionId: text }),
  fc.record({ list: fc.constant('regionUse' as const) }),
);

/** Some list of some identity. */
export const anyList = fc.tuple(text, anyKey).chain(([identityKey, key]) =>
  fc
    .record({ items: fc.array<CachedItems[CachedListKey['list']]>(ANY[key.list], { maxLength: 6 }), readAt: fc.nat({ max: READ_AT }), complete: flag }, { noNullPrototype: true })
    .map((list) => ({ identityKey, key, list })),
);
