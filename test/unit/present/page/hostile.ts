import { failed, success, type Failure } from '../../../../src/domain/failure.js';
import type { Details, GroupFacts } from '../../../../src/domain/details.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import { networkInterface, securityGroup } from '../../support/builders.js';
import { groupDetails, groupFacts, INSTANCE, rule, targetDetails } from './world.js';

/** What the cloud might answer to get out of a text: into markup, a program, another direction, or another object. */
export const HOSTILE: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  `' onfocus='alert(1)' autofocus='`,
  '" style="position:fixed" data-link="k1',
  '</title></desc></svg></table><script src=//evil.example></script>',
  '<!--',
  '--><svg onload=alert(1)>',
  ']]><![CDATA[',
  '&lt;b&gt;&#0;&amp;quot;',
  'javascript:alert(1)',
  '${alert(1)} {{7*7}} <%= 7 %>',
  '__proto__',
  'constructor',
  'toString',
  '\u202Egnp.exe\u202C',
  'a\0b\u0001\u001B[31m\u007F',
  'zero\u200Bwidth\u2060\uFEFF',
  'line\r\nbreak\u2028and\u2029more\ttab',
  '\uD800 half \uDC00',
  '=HYPERLINK("http://evil.example","x")',
  'x'.repeat(10_000),
  '\u202E'.repeat(10_000),
  '<b>'.repeat(5_000),
  '',
  ' ',
];

/** The same with every text of it replaced, but for words that tell one kind of thing from another. */
export function poisoned<T>(value: T, by: (text: string) => string): T {
  if (value instanceof Map) return new Map([...value].map(([key, one]: [string, unknown]) => [by(key), poisoned(one, by)])) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => poisoned(one, by)) as T;
  if (typeof value === 'string') return by(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, KEPT.has(key) ? (one as unknown) : poisoned(one as unknown, by)])) as T;
}

/** What our own code says of an answer. */
const KEPT = new Set(['about', 'kind', 'ok', 'peerKind', 'direction', 'origin', 'retry']);

const FAILURE: Failure = { code: 'Forbidden.RAM', operation: 'DescribeInstances', reached: 'yes', serviceMessage: 'not allowed', requestId: 'R-1', httpStatus: 403 };

const RULES: readonly SecurityGroupRule[] = [
  rule('0.0.0.0/0', '22/22', { id: 'sgr-1', description: 'anywhere' }),
  rule('sg-ssh', '80/80', { policy: 'Drop', priority: 2 }),
  rule('pl-1', '-1/-1', { protocol: 'all', direction: 'egress' }),
  rule('', '', { peerKind: 'unknown', policy: '', protocol: '' }),
];

const GROUPS: readonly GroupFacts[] = [
  groupFacts(securityGroup({ id: 'sg-web', name: 'web', description: 'words', tags: [{ key: 'env', value: 'prod' }] }), RULES, 'Accept'),
  groupFacts(securityGroup({ id: 'sg-ssh', name: 'ssh' }), RULES),
  { id: 'sg-gone', group: success(undefined), rules: failed(FAILURE) },
];

const ENI = networkInterface({ id: 'eni-1', name: 'first', description: 'words', instanceId: 'i-1', securityGroupIds: ['sg-web', 'sg-gone'], tags: [{ key: 'a', value: 'b' }] });
const HOST = { ...INSTANCE, securityGroupIds: ['sg-web', 'sg-ssh'], description: 'words', hostName: 'host', tags: [{ key: 'acs:autoscaling:scalingGroupId', value: 'asg-1' }], locks: [{ reason: 'security', message: 'locked' }] };
const prefixLists = new Map([['pl-1', success(['10.0.0.0/8'])], ['pl-2', failed(FAILURE)]]);

/** A group of which everything is known. */
export const GROUP_PAGE = groupDetails({ resource: securityGroup({ id: 'sg-web', name: 'web', description: 'words' }), rules: success({ rules: RULES, innerAccessPolicy: 'Accept' }), prefixLists, instances: success({ items: [HOST], more: true }), interfaces: success({ items: [ENI], more: true }), referredBy: success({ items: ['sg-ssh', 'sg-x'], more: true }), related: new Map([['sg-ssh', securityGroup({ id: 'sg-ssh', name: 'ssh' })]]) });

/** One of each kind of page, with something in every place that it has. */
export const PAGES: readonly Details[] = [
  targetDetails({ resource: HOST, interfaces: success([ENI]), prefixLists }, ...GROUPS),
  targetDetails({ resource: ENI, host: success(HOST), prefixLists }, ...GROUPS),
  targetDetails({ resource: ENI, host: failed(FAILURE), interfaces: failed(FAILURE) }, ...GROUPS),
  GROUP_PAGE,
  groupDetails({ rules: failed(FAILURE), instances: failed(FAILURE), interfaces: failed(FAILURE), referredBy: failed(FAILURE) }),
];
