import type { Group, WorldData } from '../model.js';
import { ACCOUNT_ID } from './accounts.js';
import { RegionBuilder } from './build.js';
import { DEFAULT_LIMITS } from './limits.js';
import type { RuleSpec, Vpc } from './specs.js';

/** Members of each kind in the crowded group. */
const CROWD = 520;
/** Groups whose rules name the popular one; the service tells of a hundred. */
const ADMIRERS = 120;

/** So many different rules of all sorts, as a person who made them over years would have left them. */
function manyRules(count: number): readonly RuleSpec[] {
  return Array.from({ length: count }, (_, index): RuleSpec => ({
    direction: index % 10 === 9 ? 'egress' : 'ingress',
    policy: index % 17 === 16 ? 'Drop' : 'Accept',
    protocol: index % 5 === 4 ? 'UDP' : 'TCP',
    port: `${1 + (index % 60_000)}/${1 + (index % 60_000)}`,
    priority: 1 + (index % 100),
    ...(index % 11 === 10 ? { fromIpv6: `2001:db8:${(index % 65_536).toString(16)}::/48` } : { from: `10.${Math.floor(index / 256) % 256}.${index % 256}.0/24` }),
    note: `rule ${index + 1}`,
  }));
}

/** Five groups with eight rules each that overlap: some close what others open, some say the same, some never act. */
function fiveGroups(region: RegionBuilder, vpc: Vpc): readonly Group[] {
  const list = region.prefixList({ name: 'offices', maxEntries: 20, entries: [['198.51.100.0/25', 'Hangzhou'], ['203.0.113.0/26', 'Shanghai']] });
  const peer = region.group({ name: 'peer', vpc, description: 'named by the five' });
  return Array.from({ length: 5 }, (_, index) => {
    const port = `${9000 + index}/${9000 + index}`;
    const rules: readonly RuleSpec[] = [
      { port: '22/22', from: index === 0 ? '0.0.0.0/0' : `198.51.100.${index * 32}/27`, priority: 1 + index, note: 'ssh' },
      { port: '443/443', from: '0.0.0.0/0', note: 'https' },
      { port: '443/443', fromIpv6: '::/0', note: 'https' },
      { port, fromGroup: peer, priority: 10, note: 'from the peers' },
      { port, fromPrefixList: list, priority: 5, note: 'from the offices' },
      { policy: 'Drop', port: '3306/3306', from: index % 2 === 0 ? '0.0.0.0/0' : '10.0.0.0/8', priority: 1 + index, note: 'no database' },
      { port: '3306/3306', from: '10.1.0.0/16', priority: 50, note: 'a database after all' },
      { direction: 'egress', policy: index === 4 ? 'Drop' : 'Accept', protocol: 'ALL', from: '192.0.2.0/24', priority: 20 + index, note: 'out' },
    ];
    return region.group({ name: `five-${index + 1}`, vpc, rules, innerAccess: index === 3 ? 'Drop' : 'Accept', description: `one of five, with ${rules.length} rules` });
  });
}

/** A world of things that are too many for one look: rules, members, groups that refer to one. */
export function buildHeavyWorld(): WorldData {
  const region = new RegionBuilder('cn-hangzhou', ACCOUNT_ID, '203.0.113');
  const vpc = region.vpc('heavy', '172.16');
  const thousand = region.group({ name: 'rules-1000', vpc, rules: manyRules(1_000), description: 'as many rules as an interface may have' });
  const tenThousand = region.group({ name: 'rules-10000', vpc, rules: manyRules(10_000), description: 'ten times as many' });
  const crowd = region.group({ name: 'crowd', vpc, rules: [{ port: '22/22', from: '198.51.100.0/24' }], description: `${CROWD} members of each kind` });
  const popular = region.group({ name: 'popular', vpc, description: `named by the rules of ${ADMIRERS} groups` });
  for (let number = 1; number <= ADMIRERS; number += 1) region.group({ name: `admirer-${String(number).padStart(3, '0')}`, vpc, rules: [{ port: '8080/8080', fromGroup: popular }] });
  region.instance({ name: 'in-five-groups', vpc, groups: fiveGroups(region, vpc), eip: true, ipv6: true, secondaries: [{ name: 'in-five-groups-nic', groups: [crowd, popular] }] });
  region.instance({ name: 'with-1000-rules', vpc, groups: [thousand] });
  region.instance({ name: 'with-10000-rules', vpc, groups: [tenThousand] });
  for (let number = 1; number <= CROWD; number += 1) {
    const name = `member-${String(number).padStart(3, '0')}`;
    region.instance({ name, vpc, groups: [crowd], secondaries: [{ name: `${name}-nic`, groups: [crowd] }] });
  }
  return { name: 'heavy', accountId: ACCOUNT_ID, limits: DEFAULT_LIMITS, regions: [region.data()] };
}
