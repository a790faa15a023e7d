import type { Group, WorldData } from '../model.js';
import { ACCOUNT_ID } from './accounts.js';
import { RegionBuilder } from './build.js';
import { DEFAULT_LIMITS } from './limits.js';
import { SYSTEMS, type InstanceSpec, type RuleSpec, type Vpc } from './specs.js';

// The demo company is Lantern Tea, a tea shop with its site in Hangzhou, data in Shanghai, back office in Beijing and a shop for abroad in Singapore.

/** Where the company's people sit; from a range that is set aside for documents. */
const OFFICE = '198.51.100.0/24';
const WORLD = '0.0.0.0/0';

const web: readonly RuleSpec[] = [
  { port: '80/80', from: WORLD, note: 'http' },
  { port: '443/443', from: WORLD, note: 'https' },
  { port: '443/443', fromIpv6: '::/0', note: 'https' },
];
const ssh: readonly RuleSpec[] = [
  { port: '22/22', from: OFFICE, note: 'ssh from the office' },
  { protocol: 'ICMP', from: OFFICE, note: 'ping from the office' },
];
const quarantine: readonly RuleSpec[] = [
  { policy: 'Drop', protocol: 'ALL', from: WORLD, priority: 1, note: 'nothing comes in' },
  { policy: 'Drop', protocol: 'ALL', from: WORLD, priority: 1, direction: 'egress', note: 'nothing goes out' },
];

interface Basics {
  readonly web: Group;
  readonly ssh: Group;
  readonly app: Group;
  readonly db: Group;
  readonly monitoring: Group;
  readonly quarantine: Group;
}

/** The groups that every site has. `prefix` tells the sites' names apart. */
function basics(region: RegionBuilder, vpc: Vpc, prefix: string): Basics {
  const group = (name: string, rules: readonly RuleSpec[], description: string): Group =>
    region.group({ name: `${prefix}-${name}`, vpc, rules, description, tags: { team: 'platform', env: 'prod' } });
  const webGroup = group('web-public', web, 'Web servers, open to the world');
  const app = group('app', [{ port: '8080/8080', fromGroup: webGroup, note: 'from the web servers' }], 'Application servers');
  const db = group('db', [
    { port: '3306/3306', fromGroup: app, note: 'mysql from the application' },
    { port: '6379/6379', fromGroup: app, note: 'redis from the application' },
  ], 'Databases and caches');
  return {
    web: webGroup,
    app,
    db,
    ssh: group('ssh-office', ssh, 'Shell access from the office'),
    monitoring: group('monitoring', [{ port: '9100/9100', from: `${vpc.prefix}.0.0/16`, note: 'node exporter' }], 'Scraped by Prometheus'),
    quarantine: region.group({ name: `${prefix}-quarantine`, vpc, rules: quarantine, innerAccess: 'Drop', description: '隔离：断开可疑实例的所有网络', tags: { team: 'security' } }),
  };
}

/** `count` machines of one kind, named `name-01` and so on. */
function fleet(region: RegionBuilder, count: number, spec: InstanceSpec): void {
  for (let number = 1; number <= count; number += 1) {
    region.instance({ ...spec, name: `${spec.name}-0${number}`, zone: number % 2 === 0 ? 'i' : 'h' });
  }
}

function hangzhou(region: RegionBuilder): void {
  const prod = region.vpc('prod', '172.16');
  const base = basics(region, prod, 'hz');
  const partner = region.group({ name: 'partner-api', vpc: prod, rules: [{ port: '8443/8443', from: '192.0.2.0/24', note: 'partner gateway' }], description: 'Calls from the logistics partner' });
  region.group({ name: '运维跳板机', vpc: prod, rules: ssh, description: 'Bastion hosts', tags: { team: 'ops' } });
  region.group({ name: 'temporary-debug', vpc: prod, rules: [{ port: '1/65535', from: OFFICE, note: 'delete me' }], tags: { owner: 'lin.yue' } });
  const payments = region.group({ name: 'payments-advanced', vpc: prod, type: 'enterprise', rules: [{ port: '9443/9443', from: '172.16.0.0/12', note: 'payments api' }, { protocol: 'ALL', direction: 'egress', from: WORLD }], description: '支付系统', tags: { team: 'payments' } });
  region.group({ name: 'payments-audit', vpc: prod, type: 'enterprise', rules: [{ port: '514/514', protocol: 'UDP', direction: 'egress', from: '172.16.9.0/24' }], tags: { team: 'payments' } });
  region.group({ name: 'nlb-managed-by-cloud', vpc: prod, type: 'enterprise', serviceId: 12345678910, rules: [{ port: '443/443', from: WORLD }], description: 'Created by Network Load Balancer' });
  const nodes = region.group({ name: 'k8s-nodes', vpc: prod, rules: [{ protocol: 'ALL', from: '172.16.0.0/12', note: 'cluster traffic' }], tags: { 'ack.aliyun.com': 'c8f2a91d0e7b4' } });
  fleet(region, 3, { name: 'shop-web', vpc: prod, groups: [base.web, base.ssh], eip: true, ipv6: true, tags: { env: 'prod', app: 'shop' }, resourceGroup: 'shop' });
  fleet(region, 3, { name: 'shop-app', vpc: prod, groups: [base.app, base.monitoring], type: 'ecs.c7.xlarge', tags: { env: 'prod', app: 'shop' }, resourceGroup: 'shop' });
  region.instance({ name: 'shop-db-primary', vpc: prod, groups: [base.db], type: 'ecs.r7.2xlarge', chargeType: 'PrePaid', protection: true, tags: { env: 'prod', app: 'shop' }, secondaries: [{ name: 'shop-db-primary-backup-nic', groups: [base.db, base.monitoring], description: 'backup network' }] });
  region.instance({ name: 'shop-db-replica', vpc: prod, groups: [base.db, base.monitoring], type: 'ecs.r7.2xlarge', chargeType: 'PrePaid', protection: true, zone: 'i', tags: { env: 'prod', app: 'shop' } });
  region.instance({ name: '支付网关-01', vpc: prod, groups: [payments], type: 'ecs.g8i.2xlarge', tags: { env: 'prod', app: 'payments' }, secondaries: [{ name: '支付网关-01-专线', groups: [payments], moreIps: 2 }] });
  region.instance({ name: 'report-worker', vpc: prod, groups: [base.app], status: 'Stopped', tags: { env: 'prod', app: 'reports' } });
  region.instance({ name: 'build-agent-07', vpc: prod, groups: [base.ssh], status: 'Starting', os: SYSTEMS.ubuntu, tags: { team: 'platform' } });
  region.instance({ name: 'worker-k8s-cn-hangzhou.172.16.7.21', vpc: prod, groups: [nodes], type: 'ecs.g7.xlarge', tags: { 'ack.aliyun.com': 'c8f2a91d0e7b4', 'kubernetes.io/role': 'worker' }, secondaries: [{ name: 'terway-eni-1', groups: [nodes], moreIps: 4, description: 'owned by terway', tags: { 'ack.aliyun.com': 'c8f2a91d0e7b4' } }] });
  region.instance({ name: 'ESS-asg-shop-burst', vpc: prod, groups: [base.web, base.app], tags: { 'acs:autoscaling:scalingGroupId': 'asg-bp1f4k2m9x7q3w5e8r1t' } });
  region.instance({ name: 'old-campaign-site', vpc: prod, groups: [base.web], publicIp: true, locks: ['security'], os: SYSTEMS.windows, description: '活动页，2026 春季' });
  region.eni({ name: 'spare-nic-web', vpc: prod, groups: [base.web], description: 'kept for failover' });
  region.eni({ name: 'spare-nic-partner', vpc: prod, groups: [partner], moreIps: 1, zone: 'i' });
  region.eni({ name: 'nlb-nic', vpc: prod, groups: [base.web], serviceId: 12345678910, status: 'InUse', description: 'Network Load Balancer' });
  staging(region);
}

function staging(region: RegionBuilder): void {
  const vpc = region.vpc('staging', '172.20');
  const partners = region.prefixList({ name: 'staging-partners', description: 'Where the partners test from', maxEntries: 20, entries: [['192.0.2.0/25', 'logistics'], ['203.0.113.64/26', 'payment provider']] });
  const rules: readonly RuleSpec[] = [
    { protocol: 'ALL', from: '172.20.0.0/16' },
    { port: '22/22', from: OFFICE },
    { port: '8080/8080', fromGroup: { id: region.id('sg', 'staging-web') }, note: 'from the web servers' },
    { port: '8443/8443', fromPrefixList: partners, note: 'partners' },
    { port: '8443/8443', fromIpv6: '2001:db8:20::/48', note: 'partners' },
    { port: '3306/3306', from: OFFICE, priority: 10, note: 'mysql for the analysts' },
    { policy: 'Drop', port: '3306/3306', from: WORLD, note: 'no database from outside' },
    { policy: 'Drop', port: '25/25', from: WORLD, direction: 'egress', note: 'no mail goes out' },
  ];
  const all = region.group({ name: 'staging-all', vpc, rules, tags: { env: 'staging' } });
  const open = region.group({ name: 'staging-web', vpc, rules: [...web, { port: '9100/9100', fromGroup: all, note: 'node exporter' }], innerAccess: 'Drop', tags: { env: 'staging' } });
  fleet(region, 2, { name: 'staging-web', vpc, groups: [all, open], type: 'ecs.t6-c1m2.large', os: SYSTEMS.ubuntu, tags: { env: 'staging' } });
  region.instance({ name: 'staging-db', vpc, groups: [all], type: 'ecs.t6-c1m2.large', status: 'Stopped', tags: { env: 'staging' } });
  region.eni({ name: 'staging-nic', vpc, groups: [all] });
}

function shanghai(region: RegionBuilder): void {
  const vpc = region.vpc('data', '172.17');
  const base = basics(region, vpc, 'sh');
  const jobs = region.group({ name: '数据平台', vpc, rules: [{ protocol: 'ALL', from: '172.17.0.0/16', note: '集群内互通' }], description: 'Spark and Flink', tags: { team: 'data' } });
  region.group({ name: 'bi-readers', vpc, rules: [{ port: '8123/8123', from: OFFICE, note: 'clickhouse http' }], tags: { team: 'data' } });
  fleet(region, 5, { name: 'spark-worker', vpc, groups: [jobs, base.monitoring], type: 'ecs.r7.2xlarge', tags: { env: 'prod', app: 'spark' }, resourceGroup: 'data' });
  fleet(region, 2, { name: 'clickhouse', vpc, groups: [base.db, jobs], type: 'ecs.r7.2xlarge', chargeType: 'PrePaid', protection: true, tags: { env: 'prod', app: 'clickhouse' }, resourceGroup: 'data' });
  region.instance({ name: '报表服务器', vpc, groups: [base.app, base.ssh], os: SYSTEMS.windows, tags: { env: 'prod', app: 'bi' }, secondaries: [{ name: 'bi-office-nic', groups: [base.ssh] }] });
  region.instance({ name: 'airflow', vpc, groups: [base.app, base.ssh], os: SYSTEMS.ubuntu, publicIp: true, tags: { env: 'prod' } });
  region.instance({ name: 'notebook-liu', vpc, groups: [base.ssh], status: 'Stopped', os: SYSTEMS.ubuntu, tags: { owner: 'liu.wei' } });
  region.instance({ name: 'notebook-zhang', vpc, groups: [base.ssh], os: SYSTEMS.ubuntu, tags: { owner: 'zhang.min' } });
  region.instance({ name: 'kafka-01', vpc, groups: [jobs], type: 'ecs.g7.xlarge', tags: { env: 'prod', app: 'kafka' }, secondaries: [{ name: 'kafka-01-replication', groups: [jobs] }] });
  region.eni({ name: 'spark-spare-nic', vpc, groups: [jobs] });
}

function beijing(region: RegionBuilder): void {
  const vpc = region.vpc('office', '172.18');
  const base = basics(region, vpc, 'bj');
  const finance = region.group({ name: '财务系统', vpc, rules: [{ port: '443/443', from: OFFICE, note: '仅办公网' }], description: '仅限财务部门访问', tags: { team: 'finance' } });
  region.group({ name: 'vpn-clients', vpc, rules: [{ protocol: 'UDP', port: '51820/51820', from: WORLD, note: 'wireguard' }], tags: { team: 'ops' } });
  fleet(region, 3, { name: '财务', vpc, groups: [finance, base.ssh], os: SYSTEMS.windows, chargeType: 'PrePaid', protection: true, tags: { env: 'prod', app: 'erp' }, resourceGroup: 'finance' });
  fleet(region, 4, { name: 'gitlab-runner', vpc, groups: [base.app], os: SYSTEMS.ubuntu, type: 'ecs.c7.xlarge', tags: { team: 'platform', env: 'ci' } });
  region.instance({ name: 'gitlab', vpc, groups: [base.web, base.ssh, base.monitoring], os: SYSTEMS.ubuntu, eip: true, type: 'ecs.g7.xlarge', tags: { team: 'platform' } });
  region.instance({ name: 'vpn-gateway', vpc, groups: [base.ssh], os: SYSTEMS.ubuntu, eip: true, secondaries: [{ name: 'vpn-inner-nic', groups: [base.app] }], tags: { team: 'ops' } });
  region.instance({ name: 'mail-relay', vpc, groups: [base.app], tags: { team: 'ops' } });
  region.instance({ name: '测试机-王', vpc, groups: [base.ssh], status: 'Stopped', tags: { owner: 'wang.fang' } });
  region.instance({ name: 'wiki', vpc, groups: [base.web], publicIp: true, tags: { team: 'ops' } });
  region.eni({ name: '备用网卡', vpc, groups: [finance] });
}

function singapore(region: RegionBuilder): void {
  const vpc = region.vpc('intl', '172.19');
  const base = basics(region, vpc, 'sg');
  region.group({ name: 'cdn-origin', vpc, rules: [{ port: '443/443', from: '192.0.2.0/24', note: 'CDN edge' }], tags: { app: 'shop-intl' } });
  const advanced = region.group({ name: 'edge-advanced', vpc, type: 'enterprise', rules: [{ port: '443/443', from: WORLD }, { protocol: 'ALL', direction: 'egress', from: WORLD }], tags: { app: 'shop-intl' } });
  fleet(region, 4, { name: 'intl-web', vpc, groups: [base.web, base.ssh], publicIp: true, ipv6: true, tags: { env: 'prod', app: 'shop-intl' } });
  fleet(region, 3, { name: 'intl-app', vpc, groups: [base.app, base.monitoring], tags: { env: 'prod', app: 'shop-intl' } });
  fleet(region, 2, { name: 'intl-db', vpc, groups: [base.db], type: 'ecs.r7.2xlarge', protection: true, tags: { env: 'prod', app: 'shop-intl' } });
  region.instance({ name: 'edge-proxy', vpc, groups: [advanced], eip: true, type: 'ecs.g8i.2xlarge', tags: { env: 'prod' }, secondaries: [{ name: 'edge-proxy-uplink', groups: [advanced], moreIps: 1 }] });
  region.instance({ name: 'translation-batch', vpc, groups: [base.app], status: 'Stopped', tags: { env: 'prod' } });
  region.instance({ name: 'canary', vpc, groups: [base.web, base.app, base.ssh, base.monitoring], os: SYSTEMS.ubuntu, tags: { env: 'canary' } });
  region.eni({ name: 'intl-spare-nic', vpc, groups: [base.app] });
}

/** The world that is there by default: small, believable, and the same in every run. */
export function buildDemoWorld(): WorldData {
  const sites: readonly (readonly [string, string, (region: RegionBuilder) => void])[] = [
    ['cn-hangzhou', '203.0.113', hangzhou],
    ['cn-shanghai', '198.18.1', shanghai],
    ['cn-beijing', '192.0.2', beijing],
    ['ap-southeast-1', '198.18.0', singapore],
  ];
  const regions = sites.map(([regionId, publicNet, fill]) => {
    const region = new RegionBuilder(regionId, ACCOUNT_ID, publicNet);
    fill(region);
    return region.data();
  });
  return { name: 'demo', accountId: ACCOUNT_ID, limits: DEFAULT_LIMITS, regions };
}
