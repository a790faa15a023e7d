import type { Group, RegionData, WorldData } from '../model.js';
import { between, pick, seeded, type Random } from '../random.js';
import { REGION_NAMES } from '../regionNames.js';
import { ACCOUNT_ID } from './accounts.js';
import { RegionBuilder } from './build.js';
import { DEFAULT_LIMITS } from './limits.js';
import { SYSTEMS, type EniSpec, type InstanceSpec, type RuleSpec, type Vpc } from './specs.js';

/**
 * A world of any size up to 50,000 resources (instances, interfaces and groups together) over the 35 public
 * regions, made from a seed: the same seed and size give the same world. A region's things are made when it is
 * first asked for, and depend on no other region.
 */
export interface FleetOptions {
  readonly seed: number;
  readonly resources: number;
}

/** Regions that have nothing, as most have in a real account. */
const EMPTY_REGIONS = 8;
/** One group for so many resources. */
const RESOURCES_PER_GROUP = 25;
const RESOURCES_PER_VPC = 3_000;
const MAX_RULES = 1_000;
/** Public addresses come from 198.18.0.0/15, set aside for tests; each region has 254 of them. */
const MAX_PUBLIC = 250;

const APPS = ['shop', 'order', 'pay', 'search', 'stock', 'report', 'mail', 'media', 'login', 'game', 'ledger', 'map', 'chat', 'feed', 'billing', 'risk'];
const ROLES = ['web', 'api', 'worker', 'db', 'cache', 'queue', 'proxy', 'batch', 'gateway', 'node'];
const ENVS = ['prod', 'prod', 'prod', 'staging', 'test', 'dev'];
const TEAMS = ['platform', 'data', 'growth', 'finance', 'ops', 'security'];
const TYPES = ['ecs.g7.large', 'ecs.g7.xlarge', 'ecs.c7.xlarge', 'ecs.r7.2xlarge', 'ecs.g8i.2xlarge', 'ecs.t6-c1m2.large'];
const ZONES = ['g', 'h', 'i', 'j', 'k'];
const PORTS = [22, 80, 443, 3306, 5432, 6379, 8080, 8443, 9090, 9100, 9200, 27017];

/** How many resources each region has: a few have most of it, several have nothing; Hangzhou always has the most. */
export function regionSizes({ seed, resources }: FleetOptions): ReadonlyMap<string, number> {
  const random = seeded('fleet', seed);
  const others = Object.keys(REGION_NAMES)
    .filter((regionId) => regionId !== 'cn-hangzhou')
    .map((regionId) => ({ regionId, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ regionId }) => regionId);
  const inUse = ['cn-hangzhou', ...others.slice(EMPTY_REGIONS)];
  const weights = inUse.map((_, index) => 1 / (index + 1));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const sizes = new Map(inUse.map((regionId, index) => [regionId, Math.floor((resources * (weights[index] ?? 0)) / sum)]));
  const given = [...sizes.values()].reduce((total, size) => total + size, 0);
  sizes.set('cn-hangzhou', (sizes.get('cn-hangzhou') ?? 0) + resources - given);
  return new Map(Object.keys(REGION_NAMES).map((regionId) => [regionId, sizes.get(regionId) ?? 0]));
}

/** A VPC with its groups, by type, and those with so many rules that nothing goes beside them. */
interface Site {
  readonly vpc: Vpc;
  readonly basic: readonly Group[];
  readonly advanced: readonly Group[];
  readonly heavy: readonly Group[];
}

/** Makes one region; everything it does follows from the seed and the region's name. */
class RegionGenerator {
  readonly #region: RegionBuilder;
  readonly #random: Random;
  readonly #size: number;
  readonly #names = new Map<string, number>();
  #public = 0;

  constructor(regionId: string, index: number, size: number, seed: number) {
    this.#region = new RegionBuilder(regionId, ACCOUNT_ID, `198.18.${index}`, { salt: `fleet/${seed}/`, minutesApart: 15 });
    this.#random = seeded('fleet', seed, regionId);
    this.#size = size;
  }

  make(): RegionData {
    if (this.#size === 0) return this.#region.data();
    const groups = Math.max(1, Math.round(this.#size / RESOURCES_PER_GROUP));
    const vpcs = Math.min(groups, 1 + Math.floor(this.#size / RESOURCES_PER_VPC));
    const sites = Array.from({ length: vpcs }, (_, index) => this.#site(index, Math.floor((groups + index) / vpcs)));
    for (let left = this.#size - groups; left > 0; ) left -= this.#machine(pick(this.#random, sites), left);
    return this.#region.data();
  }

  #site(index: number, count: number): Site {
    const vpc = this.#region.vpc(`vpc-${index}`, `172.${16 + index}`);
    const groups = Array.from({ length: count }, (_, number) => this.#group(vpc, number === 0));
    const light = groups.filter(({ permissions }) => permissions.length <= 100);
    return {
      vpc,
      basic: light.filter(({ type }) => type === 'normal'),
      advanced: light.filter(({ type }) => type === 'enterprise'),
      heavy: groups.filter(({ permissions }) => permissions.length > 100),
    };
  }

  /** The first group of a VPC is a plain one, so that there is always one to be in. */
  #group(vpc: Vpc, plain: boolean): Group {
    const random = this.#random;
    const luck = random();
    const heavy = !plain && luck > 0.98;
    const rules = heavy ? between(random, 101, MAX_RULES) : between(random, 1, 12);
    const [app, role, env] = this.#words();
    return this.#region.group({
      name: this.#name(`${app}-${role}-${env}`),
      vpc,
      description: `${role} of ${app}`,
      type: !plain && luck < 0.15 ? 'enterprise' : 'normal',
      rules: Array.from({ length: heavy && luck > 0.997 ? MAX_RULES : rules }, (_, index) => this.#rule(index)),
      tags: { env, app, team: pick(random, TEAMS) },
    });
  }

  #rule(index: number): RuleSpec {
    const random = this.#random;
    const port = pick(random, PORTS) + (index >= PORTS.length ? index : 0);
    return {
      direction: random() < 0.9 ? 'ingress' : 'egress',
      policy: random() < 0.95 ? 'Accept' : 'Drop',
      protocol: random() < 0.9 ? 'TCP' : 'UDP',
      port: `${port}/${port}`,
      priority: between(random, 1, 100),
      from: random() < 0.1 ? '0.0.0.0/0' : `10.${between(random, 0, 255)}.${between(random, 0, 255)}.0/24`,
    };
  }

  /** An instance with its interface and sometimes a second one, or a free interface; gives how many resources that is. */
  #machine(site: Site, left: number): number {
    const random = this.#random;
    const [app, role, env] = this.#words();
    const name = this.#name(`${app}-${role}`);
    const tags = { env, app, team: pick(random, TEAMS) };
    const zone = pick(random, ZONES);
    if (left === 1 || random() < 0.04) {
      this.#region.eni({ name: `${name}-nic`, vpc: site.vpc, groups: this.#groups(site), zone, tags });
      return 1;
    }
    const groups = this.#groups(site);
    const second: EniSpec = { name: `${name}-nic`, vpc: site.vpc, groups: this.#groups(site), tags };
    const secondaries = left >= 3 && random() < 0.12 ? [second] : [];
    this.#region.instance({ name, vpc: site.vpc, groups, zone, tags, secondaries, ...this.#kind() });
    return 2 + secondaries.length;
  }

  #kind(): Partial<InstanceSpec> {
    const random = this.#random;
    const luck = random();
    const isPublic = luck < 0.1 && this.#public < MAX_PUBLIC;
    if (isPublic) this.#public += 1;
    return {
      type: pick(random, TYPES),
      os: pick(random, Object.values(SYSTEMS)),
      status: luck < 0.9 ? 'Running' : luck < 0.99 ? 'Stopped' : pick(random, ['Starting', 'Stopping', 'Pending'] as const),
      chargeType: random() < 0.3 ? 'PrePaid' : 'PostPaid',
      locks: luck > 0.998 ? ['security'] : [],
      ...(isPublic && (luck < 0.05 ? { eip: true } : { publicIp: true })),
    };
  }

  /** One to three groups of one type, or one with very many rules alone. */
  #groups({ basic, advanced, heavy }: Site): readonly Group[] {
    const random = this.#random;
    if (heavy.length > 0 && random() < 0.03) return [pick(random, heavy)];
    const from = advanced.length > 0 && random() < 0.1 ? advanced : basic;
    return [...new Set(Array.from({ length: between(random, 1, 3) }, () => pick(random, from)))];
  }

  #words(): readonly [app: string, role: string, env: string] {
    return [pick(this.#random, APPS), pick(this.#random, ROLES), pick(this.#random, ENVS)];
  }

  /** `shop-web-001`, `shop-web-002` and so on. */
  #name(stem: string): string {
    const number = (this.#names.get(stem) ?? 0) + 1;
    this.#names.set(stem, number);
    return `${stem}-${String(number).padStart(3, '0')}`;
  }
}

/** A region that is made when somebody first looks into it, and only once. */
function later(regionId: string, make: () => RegionData): RegionData {
  let made: RegionData | undefined;
  const data = (): RegionData => (made ??= make());
  return {
    regionId,
    get instances() { return data().instances; },
    get enis() { return data().enis; },
    get groups() { return data().groups; },
  };
}

/** The regions are all there at once, and empty-handed until somebody looks. */
export function buildFleetWorld(options: FleetOptions): WorldData {
  const sizes = [...regionSizes(options)];
  const regions = sizes.map(([regionId, size], index) => later(regionId, () => new RegionGenerator(regionId, index, size, options.seed).make()));
  return { name: 'fleet', accountId: ACCOUNT_ID, limits: DEFAULT_LIMITS, regions };
}
