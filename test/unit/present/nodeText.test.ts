import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainCode } from '../../../src/domain/explain.js';
import { clientFailure } from '../../../src/domain/failure.js';
import type { Language } from '../../../src/domain/text.js';
import type { EmptyOf, ExplorerNode, MoreList } from '../../../src/present/explorerNode.js';
import { interfaceTypeWord, nodeText } from '../../../src/present/nodeText.js';
import type { NodeText } from '../../../src/present/rowText.js';
import { instance, networkInterface, rule, securityGroup, without } from '../support/builders.js';
import { refusal } from '../support/failures.js';
import { hostileText, length, unseen } from '../support/hostile.js';

const at = { id: 'x', parent: undefined };
const group = securityGroup();

function both(node: ExplorerNode): Readonly<Record<Language, NodeText>> {
  return { en: nodeText(node, 'en'), zh: nodeText(node, 'zh') };
}

function ofInstance(overrides: Parameters<typeof instance>[0] = {}): ExplorerNode {
  return { ...at, kind: 'instance', resource: instance(overrides) };
}

function ofInterface(overrides: Parameters<typeof networkInterface>[0] = {}): ExplorerNode {
  return { ...at, kind: 'networkInterface', resource: networkInterface(overrides) };
}

function ofGroup(overrides: Parameters<typeof securityGroup>[0] = {}): ExplorerNode {
  return { ...at, kind: 'securityGroup', resource: securityGroup(overrides) };
}

function ofRule(overrides: Parameters<typeof rule>[0] = {}): ExplorerNode {
  return { ...at, kind: 'rule', rule: rule(overrides) };
}

describe('a region', () => {
  it('has its name, and its id beside it', () => {
    const text = { label: 'China (Hangzhou)', description: 'cn-hangzhou', icon: 'globe', expandable: true, context: 'region', spoken: 'China (Hangzhou) · cn-hangzhou' };
    expect(both({ ...at, kind: 'region', region: { id: 'cn-hangzhou', name: 'China (Hangzhou)' } })).toEqual({ en: text, zh: text });
  });

  it('has its id once where the service gave no name', () => {
    const text = { label: 'cn-new', description: '', icon: 'globe', expandable: true, context: 'region', spoken: 'cn-new' };
    expect(both({ ...at, kind: 'region', region: { id: 'cn-new', name: 'cn-new' } })).toEqual({ en: text, zh: text });
  });
});

describe('a category', () => {
  it.each([
    ['instances', 'server', 'Instances', '实例'],
    ['networkInterfaces', 'plug', 'Network Interfaces', '弹性网卡'],
    ['securityGroups', 'shield', 'Security Groups', '安全组'],
  ] as const)('is named in both languages: %s', (category, icon, en, zh) => {
    const text = (label: string) => ({ label, description: '', icon, expandable: true, context: `category ${category}`, spoken: label });
    expect(both({ ...at, kind: 'category', category, regionId: 'cn-hangzhou' })).toEqual({ en: text(en), zh: text(zh) });
  });
});

describe('a folder of a group', () => {
  it.each([
    ['inbound', 'sign-in', 'Inbound', '入方向'],
    ['outbound', 'sign-out', 'Outbound', '出方向'],
    ['members', 'organization', 'Members', '成员'],
  ] as const)('is named in both languages: %s', (folder, icon, en, zh) => {
    const text = (label: string) => ({ label, description: '', icon, expandable: true, context: 'folder', spoken: label });
    expect(both({ ...at, kind: 'folder', folder, group })).toEqual({ en: text(en), zh: text(zh) });
  });
});

describe('an instance', () => {
  it('has its name, and beside it id, state, VPC and address', () => {
    const text = (state: string, kind: string) => ({
      label: 'web-1',
      description: `i-bp1000000000000000001 · ${state} · vpc-bp1000000000000000001 · 10.0.0.1`,
      icon: 'vm-running',
      color: 'testing.iconPassed',
      expandable: true,
      context: 'instance+ip',
      spoken: `${kind} web-1 · i-bp1000000000000000001 · ${state}`,
    });
    expect(both(ofInstance())).toEqual({ en: text('Running', 'instance'), zh: text('运行中', '实例') });
  });

  it('has its id once where it has no name, and no address where it has none', () => {
    expect(both({ ...at, kind: 'instance', resource: without(instance({ id: 'i-1', vpcId: '', privateIps: [], status: 'Stopped' }), 'name') })).toEqual({
      en: { label: 'i-1', description: 'Stopped', icon: 'vm-outline', expandable: true, context: 'instance', spoken: 'instance i-1 · i-1 · Stopped' },
      zh: { label: 'i-1', description: '已停止', icon: 'vm-outline', expandable: true, context: 'instance', spoken: '实例 i-1 · i-1 · 已停止' },
    });
  });

  it('shows the public address before the private one', () => {
    expect(nodeText(ofInstance({ publicIps: ['47.0.0.1'] }), 'en').description).toBe('i-bp1000000000000000001 · Running · vpc-bp1000000000000000001 · 47.0.0.1');
  });

  it('says that it is locked, in words and by its icon', () => {
    const locked = { ...at, kind: 'instance', resource: instance({ vpcId: '', privateIps: [], locks: [{ reason: 'security' }] }) } as const;
    expect([nodeText(locked, 'en').description, nodeText(locked, 'zh').description, nodeText(locked, 'en').icon, nodeText(locked, 'en').color]).toEqual([
      'i-bp1000000000000000001 · Running · Locked',
      'i-bp1000000000000000001 · 运行中 · 已锁定',
      'lock',
      'list.warningForeground',
    ]);
  });

  it.each([
    ['Pending', 'sync', 'Pending', '创建中'],
    ['Starting', 'sync', 'Starting', '启动中'],
    ['Stopping', 'sync', 'Stopping', '停止中'],
    ['Hibernating', 'vm', 'Hibernating', 'Hibernating'],
    ['constructor', 'vm', 'constructor', 'constructor'],
    ['__proto__', 'vm', '__proto__', '__proto__'],
  ])('shows the state %s by icon and word, one that is new as the service spells it', (status, icon, en, zh) => {
    const { en: english, zh: chinese } = both(ofInstance({ status, vpcId: '', privateIps: [], name: '' }));
    expect([english.icon, english.description, chinese.description]).toEqual([icon, en, zh]);
  });

  it('says that its state is unknown where it is', () => {
    const node = { ...at, kind: 'instance', resource: without(instance({ vpcId: '', privateIps: [], name: '' }), 'status') } as const;
    expect([nodeText(node, 'en').description, nodeText(node, 'zh').description, nodeText(node, 'en').icon]).toEqual(['State unknown', '状态未知', 'vm']);
  });
});

describe('a network interface', () => {
  it('has its name, and beside it id, state, type, VPC and address', () => {
    const text = (kind: string, state: string, type: string) => ({
      label: 'data',
      description: `eni-bp1000000000000000002 · ${state} · ${type} · vpc-bp1000000000000000001 · 10.0.0.2`,
      icon: 'plug',
      color: 'testing.iconPassed',
      expandable: true,
      context: 'networkInterface+ip',
      spoken: `${kind} data · eni-bp1000000000000000002 · ${state} · ${type}`,
    });
    expect(both(ofInterface())).toEqual({ en: text('network interface', 'In use', 'Secondary'), zh: text('弹性网卡', '已绑定', '辅助网卡') });
  });

  it('says that it is managed', () => {
    const text = (kind: string, words: string) => ({ label: 'data', description: `eni-1 · ${words}`, icon: 'debug-disconnect', expandable: true, context: 'networkInterface', spoken: `${kind} data · eni-1 · ${words}` });
    expect(both(ofInterface({ id: 'eni-1', status: 'Available', type: 'Primary', serviceManaged: true, vpcId: '', privateIps: [] }))).toEqual({
      en: text('network interface', 'Available · Primary · Managed'),
      zh: text('弹性网卡', '可用 · 主网卡 · 托管'),
    });
  });

  it.each(['Attaching', 'Detaching', 'Deleting'])('shows that it is on its way: %s', (status) => {
    expect(nodeText(ofInterface({ status }), 'en').icon).toBe('sync');
  });

  it('shows a state and a type that are new as the service spells them', () => {
    const node = ofInterface({ status: 'toString', type: 'constructor', vpcId: '', privateIps: [], name: '' });
    expect([nodeText(node, 'en').icon, nodeText(node, 'en').description, nodeText(node, 'zh').description]).toEqual(['plug', 'toString · constructor', 'toString · constructor']);
  });

  it('has a word for each known type, none for no type', () => {
    expect((['en', 'zh'] as const).map((language) => ['Primary', 'Secondary', 'Trunk', undefined].map((type) => interfaceTypeWord(type, language)))).toEqual([
      ['Primary', 'Secondary', 'Trunk', undefined],
      ['主网卡', '辅助网卡', 'Trunk', undefined],
    ]);
  });
});

describe('a security group', () => {
  it('has its name, and beside it id, type, VPC and rules', () => {
    const text = (kind: string, type: string, rules: string) => ({
      label: 'ssh',
      description: `sg-bp1000000000000000002 · ${type} · vpc-bp1000000000000000001 · ${rules}`,
      icon: 'shield',
      expandable: true,
      context: 'securityGroup',
      spoken: `${kind} ssh · sg-bp1000000000000000002 · ${type} · ${rules}`,
    });
    expect(both(ofGroup())).toEqual({ en: text('security group', 'Basic', '2 rules'), zh: text('安全组', '普通', '2 条规则') });
  });

  it('says that it is advanced, managed and of the classic network', () => {
    const { en, zh } = both(ofGroup({ id: 'sg-1', type: 'enterprise', serviceManaged: true, vpcId: '' }));
    expect([en.description, zh.description, en.icon]).toEqual(['sg-1 · Advanced · Managed · Classic network · 2 rules', 'sg-1 · 企业级 · 托管 · 经典网络 · 2 条规则', 'lock']);
  });

  it('leaves out what is not told', () => {
    const resource = without(securityGroup({ id: 'sg-1' }), 'name', 'type', 'vpcId', 'ruleCount');
    expect(both({ ...at, kind: 'securityGroup', resource })).toEqual({
      en: { label: 'sg-1', description: '', icon: 'shield', expandable: true, context: 'securityGroup', spoken: 'security group sg-1 · sg-1' },
      zh: { label: 'sg-1', description: '', icon: 'shield', expandable: true, context: 'securityGroup', spoken: '安全组 sg-1 · sg-1' },
    });
  });
});

describe('a rule', () => {
  it('reads as policy, protocol, ports and peer', () => {
    const text = (label: string, priority: string) => ({ label, description: `${priority} · from the office`, icon: 'pass', expandable: false, context: 'rule', spoken: `${label} · ${priority} · from the office` });
    expect(both(ofRule({ protocol: 'tcp', description: 'from the office' }))).toEqual({ en: text('Accept TCP 22/22 ← 10.0.0.0/8', 'priority 1'), zh: text('允许 TCP 22/22 ← 10.0.0.0/8', '优先级 1') });
  });

  it('reads as a drop, outbound, of all ports, without a priority', () => {
    const text = (label: string) => ({ label, description: '', icon: 'circle-slash', expandable: false, context: 'rule', spoken: label });
    const node: ExplorerNode = { ...at, kind: 'rule', rule: without(rule({ policy: 'Drop', direction: 'egress', portRange: '-1/-1', protocol: 'all', peer: '0.0.0.0/0' }), 'priority') };
    expect(both(node)).toEqual({ en: text('Drop ALL all ports → 0.0.0.0/0'), zh: text('拒绝 ALL 所有端口 → 0.0.0.0/0') });
  });

  it('shows a policy that is new as the service spells it', () => {
    expect([nodeText(ofRule({ policy: 'Mirror' }), 'en').label, nodeText(ofRule({ policy: 'Mirror' }), 'zh').label]).toEqual(['Mirror TCP 22/22 ← 10.0.0.0/8', 'Mirror TCP 22/22 ← 10.0.0.0/8']);
  });
});

describe('a row that stands for others', () => {
  it('is a failure with its meaning and code', () => {
    const { meaning } = explainCode('Client.NoAccount');
    const text = (label: string) => ({ label, description: 'Client.NoAccount', icon: 'error', color: 'list.errorForeground', expandable: false, context: 'failure', spoken: `${label} · Client.NoAccount` });
    expect(both({ ...at, kind: 'failure', failure: clientFailure('Client.NoAccount') })).toEqual({ en: text(meaning.en), zh: text(meaning.zh) });
  });

  it('is a failure of the account in its own words, with the one way on', () => {
    const failure = { ...refusal('Forbidden.RAM', 403, 'DescribeInstances'), deniedAction: 'ecs:DescribeInstances' };
    const { meaning } = explainCode('Forbidden.RAM');
    const text = (label: string, spoken: string) => ({ label, description: 'Forbidden.RAM', icon: 'lock', color: 'list.errorForeground', expandable: false, context: 'failure +copyRamPolicy', spoken: `${label} · ${spoken} · Forbidden.RAM` });
    expect(both({ ...at, kind: 'failure', failure })).toEqual({ en: text('No permission: ecs:DescribeInstances', meaning.en), zh: text('没有权限：ecs:DescribeInstances', meaning.zh) });
  });

  it('is a failure whose meaning is cut for the eye but not for the ear', () => {
    const { meaning } = explainCode('Client.Timeout');
    const { label, spoken } = nodeText({ ...at, kind: 'failure', failure: clientFailure('Client.Timeout') }, 'en');
    expect({ label, spoken }).toEqual({ label: `${meaning.en.slice(0, 119)}…`, spoken: `${meaning.en} · Client.Timeout` });
  });

  it.each([
    ['regions', 'No regions are listed for this account', '此账号没有列出任何地域'],
    ['instances', 'No instances here', '此处没有实例'],
    ['networkInterfaces', 'No network interfaces here', '此处没有弹性网卡'],
    ['securityGroups', 'No security groups here', '此处没有安全组'],
    ['relations', 'No network interfaces or security groups', '没有弹性网卡或安全组'],
    ['rules', 'No rules', '没有规则'],
    ['members', 'No members', '没有成员'],
  ] satisfies (readonly [EmptyOf, string, string])[])('says what there is none of: %s', (of, en, zh) => {
    const text = (label: string) => ({ label, description: '', icon: 'info', expandable: false, context: 'empty', spoken: label });
    expect(both({ ...at, kind: 'empty', of })).toEqual({ en: text(en), zh: text(zh) });
  });

  it.each([
    ['regions', 'Load more regions…', '加载更多地域…'],
    ['instances', 'Load more instances…', '加载更多实例…'],
    ['networkInterfaces', 'Load more network interfaces…', '加载更多弹性网卡…'],
    ['securityGroups', 'Load more security groups…', '加载更多安全组…'],
    ['rules', 'Load more rules…', '加载更多规则…'],
  ] satisfies (readonly [MoreList, string, string])[])('says that there is more: %s', (list, en, zh) => {
    const text = (label: string, description: string) => ({ label, description, icon: 'ellipsis', expandable: false, context: 'more', spoken: `${label} · ${description}` });
    expect(both({ ...at, kind: 'more', list, loaded: 100 })).toEqual({ en: text(en, '100 loaded'), zh: text(zh, '已加载 100 个') });
  });
});

describe('hostile text', () => {
  it('is shown literally and in bounds by every kind of row, and adds nothing to what the row can do', () => {
    const nodes = (text: string): readonly ExplorerNode[] => [
      ofInstance({ id: text, name: text, status: text, vpcId: text, publicIps: [text], locks: [{ reason: text }] }),
      ofInterface({ id: text, name: text, status: text, type: text, vpcId: text }),
      ofGroup({ id: text, name: text, type: text, vpcId: text }),
      ofRule({ policy: text, protocol: text, portRange: text, peer: text, description: text }),
      { ...at, kind: 'region', region: { id: text, name: text } },
      { ...at, kind: 'failure', failure: { code: text, operation: text, reached: 'yes', serviceMessage: text } },
    ];
    fc.assert(
      fc.property(hostileText, fc.constantFrom<Language>('en', 'zh'), (text, language) => {
        for (const node of nodes(text)) {
          const { label, description, spoken, context } = nodeText(node, language);
          expect([label, description, spoken].flatMap(unseen)).toEqual([]);
          expect([length(label) <= 120, length(description) <= 120, length(spoken) <= 1000]).toEqual([true, true, true]);
          expect(['instance', 'instance+ip', 'networkInterface+ip', 'securityGroup', 'rule', 'region', 'failure']).toContain(context);
        }
      }),
    );
  });

  it('keeps its letters', () => {
    expect(nodeText(ofInstance({ name: '[a](command:x) $(b)\n<i>' }), 'en').label).toBe('[a](command:x) $(b)⏎<i>');
  });
});
