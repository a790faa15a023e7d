import { describe, expect, it } from 'vitest';
import { failed, success } from '../../../../src/domain/failure.js';
import { instance, networkInterface, securityGroup, without } from '../../support/builders.js';
import { refusal, timedOut } from '../../support/failures.js';
import { told, toldSection } from './toldPage.js';
import { groupDetails, page, rule, SSH_RULES, WEB } from './world.js';

const BOTH = ['en', 'zh'] as const;
const sections = (details: Parameters<typeof page>[0], ...ids: readonly string[]) => BOTH.map((language) => ids.map((id) => toldSection(page(details, { language }), id)));

describe('the page of a group', () => {
  it('tells what its rules open, facts, members, references and rules, in this order', () => {
    expect(BOTH.map((language) => told(page(groupDetails(), { language })))).toEqual([
      [
        'web',
        'Security group · cn-hangzhou · dev',
        '(*Add Members…)[join sg-web] (Remove Members…)[leave sg-web] (Refresh)[refresh] (Reveal in Tree)[reveal sg-web] (View as JSON)[json sg-web] (Copy ID)[copyId sg-web] (Open in Console)[console sg-web]',
        '# What its rules open',
        'By its rules alone: another group of a member may open more, and its drops may hold some of this back.',
        '## Inbound: who gets in',
        '- Anywhere (0.0.0.0/0): `TCP 443 (HTTPS)`',
        '## Outbound: what can be reached',
        '- Anywhere (0.0.0.0/0): `everything`',
        '- Anywhere (::/0): `everything`',
        '# Facts',
        'Type = Basic group: nothing gets in that no rule accepts, everything gets out that no rule drops, and members may reach each other unless told otherwise.',
        'ID = `sg-web`',
        'Rules = 2',
        'VPC = `vpc-bp1000000000000000001`',
        '# Members',
        'table instances: Instances (1)',
        'Name~ | State~▾ | Type~▾ | IP addresses~',
        'web-1[open i-1] `i-1` | Running |  | `47.0.0.1` `10.0.0.1`',
        'table interfaces: Network interfaces (0)',
        'Name~ | State~▾ | Type~▾ | IP addresses~',
        'None is listed for this account.',
        '# References',
        '## Its rules name these groups',
        'None of its rules names a group.',
        '## Rules of these groups name it',
        'No group is known to name it in its rules.',
        '# Rules',
        'Members do not reach each other unless a rule lets them (inner access: Drop).',
        'table rules: Rules in the order of the service’s answer (search)',
        'Direction~▾ | Policy~▾ | Protocol~▾ | Ports# | Source or destination~ | Priority# | Description~ | Created# | Rule ID~',
        'Inbound | <Accept> | TCP | `443 (HTTPS)` | `0.0.0.0/0` all IPv4 addresses | 1 | site |  | ',
        'Inbound | <Accept> | TCP | `443 (HTTPS)` | `10.0.0.0/8` | 2 |  |  | ',
        '(Export as CSV)[export rules csv] (Export as JSON)[export rules json]',
      ],
      [
        'web',
        '安全组 · cn-hangzhou · dev',
        '(*添加成员…)[join sg-web] (移除成员…)[leave sg-web] (刷新)[refresh] (在资源树中显示)[reveal sg-web] (以 JSON 格式查看)[json sg-web] (复制 ID)[copyId sg-web] (在控制台中打开)[console sg-web]',
        '# 规则开放的范围',
        '仅按此安全组的规则：成员所在的其他安全组可能开放更多，其拒绝规则也可能拦截其中一部分。',
        '## 入方向：谁可以访问',
        '- 任意地址（0.0.0.0/0）： `TCP 443（HTTPS）`',
        '## 出方向：可以访问谁',
        '- 任意地址（0.0.0.0/0）： `所有流量`',
        '- 任意地址（::/0）： `所有流量`',
        '# 基本信息',
        '类型 = 普通安全组：入方向没有规则允许的流量无法进入，出方向没有规则拒绝的流量可以发出，组内成员默认可以互访。',
        'ID = `sg-web`',
        '规则数 = 2',
        '专有网络 = `vpc-bp1000000000000000001`',
        '# 成员',
        'table instances: 实例 (1)',
        '名称~ | 状态~▾ | 类型~▾ | IP 地址~',
        'web-1[open i-1] `i-1` | 运行中 |  | `47.0.0.1` `10.0.0.1`',
        'table interfaces: 弹性网卡 (0)',
        '名称~ | 状态~▾ | 类型~▾ | IP 地址~',
        '此账号没有列出任何成员。',
        '# 引用关系',
        '## 其规则引用的安全组',
        '其规则没有引用任何安全组。',
        '## 引用此安全组的安全组',
        '未发现引用此安全组的安全组。',
        '# 规则',
        '组内成员不能互访，除非有规则允许（组内连通策略：组内隔离）。',
        'table rules: 规则（按服务返回的顺序） (search)',
        '方向~▾ | 授权策略~▾ | 协议类型~▾ | 端口范围# | 授权对象~ | 优先级# | 描述~ | 创建时间# | 规则 ID~',
        '入方向 | <允许> | TCP | `443（HTTPS）` | `0.0.0.0/0` 所有 IPv4 地址 | 1 | site |  | ',
        '入方向 | <允许> | TCP | `443（HTTPS）` | `10.0.0.0/8` | 2 |  |  | ',
        '(导出为 CSV)[export rules csv] (导出为 JSON)[export rules json]',
      ],
    ]);
  });

  it('is loud where its own rules open a sensitive port to the world, and says that members reach each other', () => {
    const details = groupDetails({ rules: success({ rules: SSH_RULES, innerAccessPolicy: 'Accept' }) });
    expect(BOTH.map((language) => told(page(details, { language }))[2])).toEqual(['! Open to the whole internet: 22 (SSH, IPv4)', '! 整个互联网都可以访问：22（SSH，IPv4）']);
    expect(sections(details, 'open')).toEqual([
      [
        [
          'By its rules alone: another group of a member may open more, and its drops may hold some of this back.',
          '## Inbound: who gets in',
          '- !Anywhere (0.0.0.0/0): !`TCP 22 (SSH)`',
          '- Members of web (sg-web): `everything` (members reach each other)',
          '## Outbound: what can be reached',
          '- Anywhere (0.0.0.0/0): `everything`',
          '- Anywhere (::/0): `everything`',
        ],
      ],
      [
        [
          '仅按此安全组的规则：成员所在的其他安全组可能开放更多，其拒绝规则也可能拦截其中一部分。',
          '## 入方向：谁可以访问',
          '- !任意地址（0.0.0.0/0）： !`TCP 22（SSH）`',
          '- 安全组 web (sg-web) 的成员： `所有流量` （组内互访）',
          '## 出方向：可以访问谁',
          '- 任意地址（0.0.0.0/0）： `所有流量`',
          '- 任意地址（::/0）： `所有流量`',
        ],
      ],
    ]);
    expect(BOTH.map((language) => toldSection(page(details, { language }), 'rules')[0])).toEqual(['Members may reach each other (inner access: Accept), before any of the rules below.', '组内成员可以互访（组内连通策略：组内互通），先于以下所有规则。']);
  });

  it('says an inner policy that is newer than this code as it is spelled, and nothing of one that was not told', () => {
    const first = (rules: ReturnType<typeof groupDetails>['rules']) => toldSection(page(groupDetails({ rules })), 'rules')[0];
    expect([first(success({ rules: [], innerAccessPolicy: 'Maybe' })), first(success({ rules: [] }))]).toEqual(['Maybe', 'table rules: Rules in the order of the service’s answer (search)']);
  });

  it('lists members by kind, and says where there are more', () => {
    const details = groupDetails({
      instances: success({ items: [instance({ id: 'i-2', name: 'b', instanceType: 'ecs.g7.large', ipv6s: ['2001:db8::1'] }), without(instance({ id: 'i-3' }), 'status', 'name')], more: true }),
      interfaces: success({ items: [networkInterface({ id: 'eni-2' })], more: false }),
    });
    expect(sections(details, 'members')).toEqual([
      [
        [
          'There are more: these are the first 2.',
          'table instances: Instances (2+)',
          'Name~ | State~▾ | Type~▾ | IP addresses~',
          'b[open i-2] `i-2` | Running | ecs.g7.large | `10.0.0.1` `2001:db8::1`',
          '`i-3`[open i-3] | State unknown |  | `10.0.0.1`',
          'table interfaces: Network interfaces (1)',
          'Name~ | State~▾ | Type~▾ | IP addresses~',
          'data[open eni-2] `eni-2` | In use | Secondary | `10.0.0.2`',
        ],
      ],
      [
        [
          '成员不止这些：此处为前 2 个。',
          'table instances: 实例 (2+)',
          '名称~ | 状态~▾ | 类型~▾ | IP 地址~',
          'b[open i-2] `i-2` | 运行中 | ecs.g7.large | `10.0.0.1` `2001:db8::1`',
          '`i-3`[open i-3] | 状态未知 |  | `10.0.0.1`',
          'table interfaces: 弹性网卡 (1)',
          '名称~ | 状态~▾ | 类型~▾ | IP 地址~',
          'data[open eni-2] `eni-2` | 已绑定 | 辅助网卡 | `10.0.0.2`',
        ],
      ],
    ]);
    const many = Array.from({ length: 10 }, (_, index) => instance({ id: `i-${index}` }));
    expect(toldSection(page(groupDetails({ instances: success({ items: many, more: false }) })), 'members')[0]).toBe('table instances: Instances (10) (search)');
  });

  it('names the groups that it refers to and that refer to it, by name where that is known', () => {
    const details = groupDetails({
      rules: success({ rules: [rule('sg-b', '80/80'), rule('sg-a', '80/80', { direction: 'egress' }), rule('sg-b', '81/81')], innerAccessPolicy: 'Drop' }),
      referredBy: success({ items: ['sg-c', 'sg-d'], more: true }),
      related: new Map([['sg-b', securityGroup({ id: 'sg-b', name: 'zebra' })], ['sg-c', securityGroup({ id: 'sg-c', name: 'cat' })]]),
    });
    expect(sections(details, 'references')).toEqual([
      [
        [
          '## Its rules name these groups',
          '- `sg-a`[open sg-a]',
          '- zebra[open sg-b] `sg-b`',
          '## Rules of these groups name it',
          '- cat[open sg-c] `sg-c`',
          '- `sg-d`[open sg-d]',
          'There may be more: the service tells of a hundred at most.',
        ],
      ],
      [
        [
          '## 其规则引用的安全组',
          '- `sg-a`[open sg-a]',
          '- zebra[open sg-b] `sg-b`',
          '## 引用此安全组的安全组',
          '- cat[open sg-c] `sg-c`',
          '- `sg-d`[open sg-d]',
          '可能不止这些：服务最多返回一百个。',
        ],
      ],
    ]);
  });

  it('says that an advanced group neither names others nor is named', () => {
    expect(sections(groupDetails({ resource: { ...WEB, type: 'enterprise' } }), 'references', 'open')).toEqual([
      [
        ['An advanced group names no other groups, and none can name it.'],
        [
          'By its rules alone: another group of a member may open more, and its drops may hold some of this back.',
          '## Inbound: who gets in',
          '- Anywhere (0.0.0.0/0): `TCP 443 (HTTPS)`',
          '## Outbound: what can be reached',
          'Nothing gets out: no rule lets anything out.',
        ],
      ],
      [
        ['企业级安全组不引用其他安全组，也不能被引用。'],
        [
          '仅按此安全组的规则：成员所在的其他安全组可能开放更多，其拒绝规则也可能拦截其中一部分。',
          '## 入方向：谁可以访问',
          '- 任意地址（0.0.0.0/0）： `TCP 443（HTTPS）`',
          '## 出方向：可以访问谁',
          '没有流量可以发出：没有规则允许访问任何目的。',
        ],
      ],
    ]);
  });

  it('shows each part that failed in its place', () => {
    const denied = failed(refusal('Forbidden.RAM', 403, 'DescribeSecurityGroupAttribute'));
    const details = groupDetails({ rules: denied, instances: failed(timedOut()), interfaces: failed(timedOut()), referredBy: failed(timedOut()) });
    expect(sections(details, 'open', 'members', 'references', 'rules').map((all) => all.map((lines) => lines.filter((line) => !line.startsWith(' '))))).toEqual([
      [
        [
          '! The rules could not be read: No permission: ecs:DescribeSecurityGroupAttribute. The RAM user or role in use is not allowed this action on this resource, or the action cannot be granted through RAM.',
        ],
        [
          '## Instances',
          '! The member instances could not be read: No answer arrived within the time limit. A change may still be carried out: its outcome is unknown until the resource has been read again.',
          '## Network interfaces',
          '! The member interfaces could not be read: No answer arrived within the time limit. A change may still be carried out: its outcome is unknown until the resource has been read again.',
        ],
        [
          '## Its rules name these groups',
          '! The rules could not be read: No permission: ecs:DescribeSecurityGroupAttribute. The RAM user or role in use is not allowed this action on this resource, or the action cannot be granted through RAM.',
          '## Rules of these groups name it',
          '! Which groups name it could not be read: No answer arrived within the time limit. A change may still be carried out: its outcome is unknown until the resource has been read again.',
        ],
        [
          '! The rules could not be read: No permission: ecs:DescribeSecurityGroupAttribute. The RAM user or role in use is not allowed this action on this resource, or the action cannot be granted through RAM.',
        ],
      ],
      [
        ['! 未能读取规则：没有权限：ecs:DescribeSecurityGroupAttribute。当前 RAM 用户或角色没有对该资源执行此操作的权限，或者此操作不支持通过 RAM 授权。'],
        [
          '## 实例',
          '! 未能读取成员实例：在时限内没有收到应答。更改仍可能被执行：在重新读取资源之前，结果未知。',
          '## 弹性网卡',
          '! 未能读取成员弹性网卡：在时限内没有收到应答。更改仍可能被执行：在重新读取资源之前，结果未知。',
        ],
        [
          '## 其规则引用的安全组',
          '! 未能读取规则：没有权限：ecs:DescribeSecurityGroupAttribute。当前 RAM 用户或角色没有对该资源执行此操作的权限，或者此操作不支持通过 RAM 授权。',
          '## 引用此安全组的安全组',
          '! 未能读取引用此安全组的安全组：在时限内没有收到应答。更改仍可能被执行：在重新读取资源之前，结果未知。',
        ],
        ['! 未能读取规则：没有权限：ecs:DescribeSecurityGroupAttribute。当前 RAM 用户或角色没有对该资源执行此操作的权限，或者此操作不支持通过 RAM 授权。'],
      ],
    ]);
    expect([page(details).records?.size, told(page(details))[2]?.startsWith('(*Add Members…)')]).toEqual([0, true]);
  });

  it('offers no change where a cloud product manages it', () => {
    const details = groupDetails({ resource: { ...WEB, serviceManaged: true } });
    expect(BOTH.map((language) => told(page(details, { language })).slice(2, 4))).toEqual([
      [
        '? A cloud product manages this group: neither its rules nor its members can be changed here.',
        '(Refresh)[refresh] (Reveal in Tree)[reveal sg-web] (View as JSON)[json sg-web] (Copy ID)[copyId sg-web] (Open in Console)[console sg-web]',
      ],
      [
        '? 该安全组由云产品托管：无法在此修改其规则和成员。',
        '(刷新)[refresh] (在资源树中显示)[reveal sg-web] (以 JSON 格式查看)[json sg-web] (复制 ID)[copyId sg-web] (在控制台中打开)[console sg-web]',
      ],
    ]);
  });
});
