import { describe, expect, it } from 'vitest';
import { failed, success } from '../../../../src/domain/failure.js';
import { networkInterface, without } from '../../support/builders.js';
import { refusal, timedOut } from '../../support/failures.js';
import { told, toldSection } from './toldPage.js';
import { INSTANCE, page, PRIMARY, SSH_RULES, targetDetails, WEB } from './world.js';

const second = networkInterface({ id: 'eni-2', name: 'data', securityGroupIds: ['sg-ssh', 'sg-web'], instanceId: 'i-1' });
const mute = without(networkInterface({ id: 'eni-3', name: 'mute' }), 'securityGroupIds');

describe('the page of an instance', () => {
  it('tells what is open, who reaches it, facts, relations and rules, in this order', () => {
    expect(told(page(targetDetails()))).toEqual([
      'web-1',
      'Instance · cn-hangzhou · dev',
      '(*Join Security Group…)[join i-1] (Preview a Join…)[compareJoin] (Leave Security Group…)[leave i-1] (Replace Security Groups…)[replace i-1] (Preview a Replacement…)[compareReplace] (Refresh)[refresh] (Reveal in Tree)[reveal i-1] (View as JSON)[json i-1] (Copy ID)[copyId i-1] (Open in Console)[console i-1]',
      '# What is open',
      '## Inbound: who gets in',
      '- Anywhere (0.0.0.0/0): `TCP 443 (HTTPS)`',
      '## Outbound: what can be reached',
      '- Anywhere (0.0.0.0/0): `everything`',
      '- Anywhere (::/0): `everything`',
      '# Who can reach it',
      'picture picture-0: Who can reach it',
      'Outside: outside:0=Anywhere (0.0.0.0/0)',
      'Security groups: group:0=web (Basic group · 2 rules)',
      'Network interfaces: interface:0=first (47.0.0.1)',
      'outside:0 -> group:0 TCP 443 (HTTPS)',
      'group:0 -> interface:0',
      'Anywhere (0.0.0.0/0) can reach TCP 443 (HTTPS) through web (sg-web).',
      'Groups of first: web.',
      '# Facts',
      'State = <Running>',
      'ID = `i-1`',
      'Private IP = `10.0.0.1`',
      'Public IP = `47.0.0.1`',
      'VPC = `vpc-bp1000000000000000001`',
      '# Related',
      '## Security groups',
      '- web[open sg-web] `sg-web` <Basic group> 2 rules reveal[reveal sg-web] preview leaving[compareLeave + sg-web] leave…[leave i-1 + sg-web]',
      '## Network interfaces',
      '- first[open eni-1] `eni-1` <Primary> In use `10.0.0.2` 1 group reveal[reveal eni-1]',
      '# Effective rules',
      'The rules of all groups are evaluated together; they come from: web[open sg-web]',
      'table ingress-0: Inbound, in the order of evaluation (search)',
      'Line# | Effect~▾ | Policy~▾ | Protocol~▾ | Ports# | Source~ | Security group~▾ | Priority# | Remark~',
      '1 | Acts | <Accept> | TCP | `443 (HTTPS)` | `0.0.0.0/0` all IPv4 addresses | web[open sg-web] `sg-web` | 1 | site',
      '2 | Never takes effect | <Accept> | TCP | `443 (HTTPS)` | `10.0.0.0/8` | web[open sg-web] `sg-web` | 2 | It has no traffic left: line 1 decides first.',
      '3 | Acts | <Drop> | All | All ports | all the rest | default | after all | What no rule accepts does not get in.',
      '(Export as CSV)[export ingress-0 csv] (Export as JSON)[export ingress-0 json]',
      'table egress-0: Outbound, in the order of evaluation (search)',
      'Line# | Effect~▾ | Policy~▾ | Protocol~▾ | Ports# | Destination~ | Security group~▾ | Priority# | Remark~',
      '1 | Acts | <Accept> | All | All ports | all the rest | default | after all | Basic groups let out what no rule drops.',
      '(Export as CSV)[export egress-0 csv] (Export as JSON)[export egress-0 json]',
    ]);
  });

  it('tells the same in Chinese', () => {
    expect(told(page(targetDetails(), { language: 'zh' }))).toEqual([
      'web-1',
      '实例 · cn-hangzhou · dev',
      '(*加入安全组…)[join i-1] (预览加入…)[compareJoin] (移出安全组…)[leave i-1] (替换安全组…)[replace i-1] (预览替换…)[compareReplace] (刷新)[refresh] (在资源树中显示)[reveal i-1] (以 JSON 格式查看)[json i-1] (复制 ID)[copyId i-1] (在控制台中打开)[console i-1]',
      '# 开放情况',
      '## 入方向：谁可以访问',
      '- 任意地址（0.0.0.0/0）： `TCP 443（HTTPS）`',
      '## 出方向：可以访问谁',
      '- 任意地址（0.0.0.0/0）： `所有流量`',
      '- 任意地址（::/0）： `所有流量`',
      '# 谁可以访问',
      'picture picture-0: 谁可以访问',
      '外部: outside:0=任意地址 (0.0.0.0/0)',
      '安全组: group:0=web (普通安全组 · 2 条规则)',
      '弹性网卡: interface:0=first (47.0.0.1)',
      'outside:0 -> group:0 TCP 443（HTTPS）',
      'group:0 -> interface:0',
      '任意地址（0.0.0.0/0）可以通过 web (sg-web) 访问：TCP 443（HTTPS）。',
      'first 所在的安全组：web。',
      '# 基本信息',
      '状态 = <运行中>',
      'ID = `i-1`',
      '私网 IP = `10.0.0.1`',
      '公网 IP = `47.0.0.1`',
      '专有网络 = `vpc-bp1000000000000000001`',
      '# 关联资源',
      '## 安全组',
      '- web[open sg-web] `sg-web` <普通安全组> 2 条规则 在资源树中显示[reveal sg-web] 预览移出[compareLeave + sg-web] 移出…[leave i-1 + sg-web]',
      '## 弹性网卡',
      '- first[open eni-1] `eni-1` <主网卡> 已绑定 `10.0.0.2` 1 个安全组 在资源树中显示[reveal eni-1]',
      '# 生效的规则',
      '所有安全组的规则合并生效；来源： web[open sg-web]',
      'table ingress-0: 入方向（按评估顺序） (search)',
      '序号# | 是否生效~▾ | 授权策略~▾ | 协议类型~▾ | 端口范围# | 源~ | 安全组~▾ | 优先级# | 说明~',
      '1 | 生效 | <允许> | TCP | `443（HTTPS）` | `0.0.0.0/0` 所有 IPv4 地址 | web[open sg-web] `sg-web` | 1 | site',
      '2 | 从不生效 | <允许> | TCP | `443（HTTPS）` | `10.0.0.0/8` | web[open sg-web] `sg-web` | 2 | 它匹配的流量都已由第 1 行决定。',
      '3 | 生效 | <拒绝> | 全部 | 所有端口 | 其余所有地址 | 默认 | 最后 | 没有规则允许的流量无法进入。',
      '(导出为 CSV)[export ingress-0 csv] (导出为 JSON)[export ingress-0 json]',
      'table egress-0: 出方向（按评估顺序） (search)',
      '序号# | 是否生效~▾ | 授权策略~▾ | 协议类型~▾ | 端口范围# | 目的~ | 安全组~▾ | 优先级# | 说明~',
      '1 | 生效 | <允许> | 全部 | 所有端口 | 其余所有地址 | 默认 | 最后 | 普通安全组：没有规则拒绝的流量可以发出。',
      '(导出为 CSV)[export egress-0 csv] (导出为 JSON)[export egress-0 json]',
    ]);
  });

  it('tells of each list of groups by itself where its interfaces have different ones, the primary’s first', () => {
    const linked = page(targetDetails({ interfaces: success([second, PRIMARY, mute]) }));
    expect(['open', 'picture', 'related'].map((id) => toldSection(linked, id))).toEqual([
      [
        '## Interfaces: first',
        '## Inbound: who gets in',
        '- Anywhere (0.0.0.0/0): `TCP 443 (HTTPS)`',
        '## Outbound: what can be reached',
        '- Anywhere (0.0.0.0/0): `everything`',
        '- Anywhere (::/0): `everything`',
        '## Interfaces: data',
        '## Inbound: who gets in',
        '- !Anywhere (0.0.0.0/0): !`TCP 22 (SSH)` `TCP 443 (HTTPS)`',
        '## Outbound: what can be reached',
        '- Anywhere (0.0.0.0/0): `everything`',
        '- Anywhere (::/0): `everything`',
        'It has no public address: the internet reaches it only by way of something in front of it, such as a load balancer or a NAT gateway.',
      ],
      [
        'picture picture-0: first',
        'Outside: outside:0=Anywhere (0.0.0.0/0)',
        'Security groups: group:0=web (Basic group · 2 rules)',
        'Network interfaces: interface:0=first (47.0.0.1)',
        'outside:0 -> group:0 TCP 443 (HTTPS)',
        'group:0 -> interface:0',
        'Anywhere (0.0.0.0/0) can reach TCP 443 (HTTPS) through web (sg-web).',
        'Groups of first: web.',
        'picture picture-1: data',
        'Outside: outside:0=!Anywhere (0.0.0.0/0)',
        'Security groups: group:0=ssh (Basic group · 1 rule); group:1=web (Basic group · 2 rules)',
        'Network interfaces: interface:0=data (10.0.0.2)',
        'outside:0 -> group:0 !TCP 22 (SSH)',
        'outside:0 -> group:1 TCP 443 (HTTPS)',
        'group:0 -> interface:0',
        'group:1 -> interface:0',
        'Anywhere (0.0.0.0/0) can reach TCP 22 (SSH) through ssh (sg-ssh).',
        'Anywhere (0.0.0.0/0) can reach TCP 443 (HTTPS) through web (sg-web).',
        'Groups of data: ssh, web.',
      ],
      [
        '## Security groups',
        '- web[open sg-web] `sg-web` <Basic group> 2 rules reveal[reveal sg-web] preview leaving[compareLeave + sg-web] leave…[leave i-1 + sg-web]',
        '- ssh[open sg-ssh] `sg-ssh` <Basic group> 1 rule reveal[reveal sg-ssh]',
        '## Network interfaces',
        '- data[open eni-2] `eni-2` <Secondary> In use `10.0.0.2` 2 groups reveal[reveal eni-2]',
        '- first[open eni-1] `eni-1` <Primary> In use `10.0.0.2` 1 group reveal[reveal eni-1]',
        '- mute[open eni-3] `eni-3` <Secondary> In use `10.0.0.2` ?groups not told reveal[reveal eni-3]',
      ],
    ]);
    expect(toldSection(linked, 'effective').filter((line) => /^(?:table|## Interfaces)/.test(line))).toEqual([
      '## Interfaces: first',
      'table ingress-0: Inbound, in the order of evaluation (search)',
      'table egress-0: Outbound, in the order of evaluation (search)',
      '## Interfaces: data',
      'table ingress-1: Inbound, in the order of evaluation (search)',
      'table egress-1: Outbound, in the order of evaluation (search)',
    ]);
    expect(told(linked).slice(2, 4)).toEqual([
      '! Open to the whole internet: 22 (SSH, IPv4)',
      '? The service did not say in which groups these interfaces are, so their rules are not known: mute',
    ]);
    expect([...(linked.records ?? [])].map(([id, records]) => [id, records.length])).toEqual([['ingress-0', 3], ['egress-0', 1], ['ingress-1', 4], ['egress-1', 1]]);
  });

  it('puts interfaces with the same groups together, whatever their order', () => {
    const twin = networkInterface({ id: 'eni-4', name: 'twin', securityGroupIds: ['sg-web', 'sg-ssh'] });
    const linked = page(targetDetails({ resource: { ...INSTANCE, securityGroupIds: ['sg-ssh', 'sg-web'] }, interfaces: success([{ ...PRIMARY, securityGroupIds: ['sg-ssh', 'sg-web'] }, twin]) }));
    expect(toldSection(linked, 'effective').filter((line) => /^(?:table|## Interfaces)/.test(line))).toEqual([
      'table ingress-0: Inbound, in the order of evaluation (search)',
      'table egress-0: Outbound, in the order of evaluation (search)',
    ]);
  });

  it('tells of the primary interface without its name where only the others are listed', () => {
    const linked = page(targetDetails({ interfaces: success([second]) }));
    expect(toldSection(linked, 'effective').filter((line) => line.startsWith('## Interfaces'))).toEqual(['## Interfaces: primary', '## Interfaces: data']);
  });

  it('shows each part that failed in its place, and says above what is unknown for it', () => {
    const details = targetDetails(
      { interfaces: failed(refusal('Forbidden.RAM', 403, 'DescribeNetworkInterfaces')), resource: { ...INSTANCE, securityGroupIds: ['sg-web', 'sg-ssh', 'sg-gone', 'sg-new'] } },
      { id: 'sg-web', group: success(WEB), rules: failed(timedOut()) },
      { id: 'sg-ssh', group: failed(refusal('Throttling.User', 400, 'DescribeSecurityGroups')), rules: success({ rules: SSH_RULES, innerAccessPolicy: 'Accept' }) },
      { id: 'sg-gone', group: success(undefined), rules: failed(refusal('InvalidSecurityGroupId.NotFound', 404, 'DescribeSecurityGroupAttribute')) },
    );
    expect(toldSection(page(details), 'open')).toEqual([
      '? Not all of it is known, so what is told here may be short or wrong.',
      '    The rules of a group could not be read, so what they do is missing: web (sg-web)',
      '    The type of a group is not known, and with it what it does by default: sg-ssh',
      '    The rules of a group could not be read, so what they do is missing: sg-gone',
      '    The type of a group is not known, and with it what it does by default: sg-gone',
      '    The rules of a group could not be read, so what they do is missing: sg-new',
      '    The type of a group is not known, and with it what it does by default: sg-new',
      '## Inbound: who gets in',
      '- !Anywhere (0.0.0.0/0): !`TCP 22 (SSH)`',
      '## Outbound: what can be reached',
      'Nothing is known to get out.',
    ]);
    expect(toldSection(page(details), 'related')).toEqual([
      '## Security groups',
      '- web[open sg-web] `sg-web` <Basic group> 2 rules reveal[reveal sg-web] preview leaving[compareLeave + sg-web] leave…[leave i-1 + sg-web]',
      '- `sg-ssh`[open sg-ssh] 1 rule reveal[reveal sg-ssh] preview leaving[compareLeave + sg-ssh] leave…[leave i-1 + sg-ssh]',
      '- `sg-gone`[open sg-gone] reveal[reveal sg-gone] preview leaving[compareLeave + sg-gone] leave…[leave i-1 + sg-gone]',
      '- `sg-new`[open sg-new] reveal[reveal sg-new] preview leaving[compareLeave + sg-new] leave…[leave i-1 + sg-new]',
      '! The rules of web (sg-web) could not be read: No answer arrived within the time limit. A change may still be carried out: its outcome is unknown until the resource has been read again.',
      '    Code: Client.Timeout',
      '    What to do: Check the resource before repeating a change. On a slow network, raise ecsExplorer.requests.timeoutSeconds.',
      '    (Refresh)[refresh] (Show Output)[showOutput]',
      '! The group sg-ssh could not be read: The account has used up its requests per minute for this API in this region; console, CLI and all other tools count together. The request was not carried out.',
      '    Code: Throttling.User',
      '    HTTP status: 400',
      '    What to do: Continue in the next minute. If it recurs, lower ecsExplorer.requests.writesPerMinute or pause other tools that use the account.',
      '    Service message: The service says Throttling.User.',
      '    RequestId: ID-Throttling.User',
      '    (Refresh)[refresh] (Show Output)[showOutput]',
      '? Not listed for this account: sg-gone. It may be gone, or hidden from this account by its permissions.',
      '    (Refresh)[refresh]',
      '! The rules of sg-gone could not be read: The service finds no security group with this ID for this account in the region of the request. A group belongs to one region only.',
      '    Code: InvalidSecurityGroupId.NotFound',
      '    HTTP status: 404',
      '    What to do: Refresh the security groups and choose one from the same region as the target.',
      '    Service message: The service says InvalidSecurityGroupId.NotFound.',
      '    RequestId: ID-InvalidSecurityGroupId.NotFound',
      '    (Refresh)[refresh] (Show Output)[showOutput]',
      '? This group has not been read yet: sg-new',
      '    (Refresh)[refresh]',
      '## Network interfaces',
      '! The network interfaces could not be read: No permission: ecs:DescribeNetworkInterfaces. The RAM user or role in use is not allowed this action on this resource, or the action cannot be granted through RAM.',
      '    Code: Forbidden.RAM',
      '    HTTP status: 403',
      '    What to do: Have ecs:DescribeNetworkInterfaces granted to the RAM user or role, which lets it read and nothing more; then refresh.',
      '    Service message: The service says Forbidden.RAM.',
      '    RequestId: ID-Forbidden.RAM',
      '    (Refresh)[refresh] (Show Output)[showOutput]',
    ]);
    expect(toldSection(page(details, { language: 'zh' }), 'related').filter((line) => /^[!?]/.test(line))).toEqual([
      '! 未能读取 web (sg-web) 的规则：在时限内没有收到应答。更改仍可能被执行：在重新读取资源之前，结果未知。',
      '! 未能读取安全组 sg-ssh：该账号在此地域对该 API 每分钟的请求数已用尽，控制台、CLI 和其他工具合并计算。本次请求未执行。',
      '? 此账号没有列出：sg-gone。它可能已被删除，或因权限对此账号不可见。',
      '! 未能读取 sg-gone 的规则：在请求的地域中，服务未找到此账号下具有该 ID 的安全组。安全组只属于一个地域。',
      '? 尚未读取该安全组：sg-new',
      '! 未能读取弹性网卡：没有权限：ecs:DescribeNetworkInterfaces。当前 RAM 用户或角色没有对该资源执行此操作的权限，或者此操作不支持通过 RAM 授权。',
    ]);
    expect(toldSection(page(details), 'picture')).toEqual([
      'picture picture-0: Who can reach it',
      'Outside: outside:0=!Anywhere (0.0.0.0/0)',
      'Security groups: group:0=?web (rules not known); group:1=sg-ssh (1 rule); group:2=?sg-gone (rules not known); group:3=?sg-new (rules not known)',
      'Network interfaces: interface:0=web-1 (47.0.0.1)',
      'outside:0 -> group:1 !TCP 22 (SSH)',
      'group:0 -> interface:0',
      'group:1 -> interface:0',
      'group:2 -> interface:0',
      'group:3 -> interface:0',
      'Anywhere (0.0.0.0/0) can reach TCP 22 (SSH) through sg-ssh.',
      'Groups of web-1: web, sg-ssh, sg-gone, sg-new.',
      'The rules of web are not known.',
      'The rules of sg-gone are not known.',
      'The rules of sg-new are not known.',
    ]);
  });

  it('says that it is not known where the service did not tell its groups', () => {
    const resource = without(INSTANCE, 'securityGroupIds');
    const pages = (['en', 'zh'] as const).map((language) => page(targetDetails({ resource, interfaces: success([]) }), { language, comparison: { kind: 'join', groupIds: ['sg-ssh'] } }));
    expect(pages.map((linked) => ['difference', 'open', 'picture', 'related', 'effective'].map((id) => toldSection(linked, id)))).toEqual([
      [
        [
          '? The service did not say in which security groups it is, so there is nothing to compare with.',
          '(*Join…)[join i-1 + sg-ssh] (Stop Previewing)[compareNothing]',
        ],
        ['? The service did not say in which security groups it is, so what is open is not known.'],
        [],
        [
          '## Security groups',
          'The service did not say in which security groups it is.',
          '## Network interfaces',
          'No network interfaces are listed for this instance.',
        ],
        ['? The service did not say in which security groups it is, so what is open is not known.'],
      ],
      [
        ['? 服务没有返回它所在的安全组，因此无法比较。', '(*加入…)[join i-1 + sg-ssh] (结束预览)[compareNothing]'],
        ['? 服务没有返回它所在的安全组，因此开放情况未知。'],
        [],
        ['## 安全组', '服务没有返回它所在的安全组。', '## 弹性网卡', '没有列出该实例的弹性网卡。'],
        ['? 服务没有返回它所在的安全组，因此开放情况未知。'],
      ],
    ]);
  });

  it('takes its groups from its primary interface where only that tells them', () => {
    const linked = page(targetDetails({ resource: without(INSTANCE, 'securityGroupIds'), interfaces: success([second, PRIMARY]) }));
    expect(toldSection(linked, 'open').slice(0, 3)).toEqual(['## Interfaces: first', '## Inbound: who gets in', '- Anywhere (0.0.0.0/0): `TCP 443 (HTTPS)`']);
  });

  it('says that it is in no group, and that nothing is open then', () => {
    const linked = page(targetDetails({ resource: { ...INSTANCE, securityGroupIds: [] }, interfaces: success([]) }));
    expect(['open', 'related'].map((id) => toldSection(linked, id))).toEqual([
      [
        '## Inbound: who gets in',
        'Nothing gets in: no rule lets anybody in.',
        '## Outbound: what can be reached',
        'Nothing gets out: no rule lets anything out.',
      ],
      [
        '## Security groups',
        'It is in no security group.',
        '## Network interfaces',
        'No network interfaces are listed for this instance.',
      ],
    ]);
  });

  it('says above everything that it is locked, and why', () => {
    const resource = { ...INSTANCE, locks: [{ reason: 'security', message: 'mining' }, { reason: 'financial' }] };
    expect((['en', 'zh'] as const).map((language) => told(page(targetDetails({ resource }), { language }))[2])).toEqual(['? The instance is locked: security, mining; financial', '? 实例已被锁定：security, mining; financial']);
  });

  it('offers nothing that writes in read-only mode, and previews all the same', () => {
    const linked = page(targetDetails(), { readOnly: true, comparison: { kind: 'leave', groupIds: ['sg-web'] } });
    const acts = [...linked.links.values()].map(({ act }) => act);
    expect(acts.filter((act) => ['join', 'leave', 'replace'].includes(act))).toEqual([]);
    expect(new Set(acts)).toEqual(new Set(['open', 'reveal', 'json', 'copyId', 'console', 'refresh', 'compareJoin', 'compareLeave', 'compareReplace', 'compareNothing', 'export']));
  });
});

describe('whether the internet gets to what is open to it', () => {
  const line = 'It has no public address: the internet reaches it only by way of something in front of it, such as a load balancer or a NAT gateway.';
  const says = (details: Parameters<typeof page>[0]) => toldSection(page(details), 'open').includes(line);

  it('is said where something is open to the world and there is no public address', () => {
    const hidden = { ...INSTANCE, publicIps: [] };
    const eni = networkInterface({ id: 'eni-9', securityGroupIds: ['sg-web'] });
    expect([
      says(targetDetails({ resource: hidden })),
      says(targetDetails({ resource: eni, host: success(INSTANCE) })),
      says(targetDetails({ resource: hidden, interfaces: success([{ ...PRIMARY, ipv6s: ['2001:db8::1'] }]) })),
      says(targetDetails({ resource: hidden, interfaces: success([{ ...PRIMARY, publicIps: ['47.0.0.2'] }]) })),
      says(targetDetails()),
      says(targetDetails({ interfaces: failed(timedOut()) })),
      says(targetDetails({ resource: PRIMARY, host: success(INSTANCE) })),
      says(targetDetails({ resource: { ...hidden, securityGroupIds: [] }, interfaces: success([]) })),
    ]).toEqual([true, true, false, false, false, false, false, false]);
  });
});

describe('the page of an interface', () => {
  it('leads to the instance where it is a primary one, and offers no change of its own', () => {
    expect((['en', 'zh'] as const).map((language) => told(page(targetDetails({ resource: PRIMARY, host: success(INSTANCE) }), { language })).slice(0, 5))).toEqual([
      [
        'first',
        'Network interface · cn-hangzhou · dev',
        'i This is a primary interface: it shares the security groups of its instance, so change them there.',
        '    (Open Its Instance)[open i-1]',
        '(Refresh)[refresh] (Reveal in Tree)[reveal eni-1] (View as JSON)[json eni-1] (Copy ID)[copyId eni-1] (Open in Console)[console eni-1]',
      ],
      [
        'first',
        '弹性网卡 · cn-hangzhou · dev',
        'i 这是主网卡，它与所属实例使用相同的安全组，请在实例上更改。',
        '    (打开其所属实例)[open i-1]',
        '(刷新)[refresh] (在资源树中显示)[reveal eni-1] (以 JSON 格式查看)[json eni-1] (复制 ID)[copyId eni-1] (在控制台中打开)[console eni-1]',
      ],
    ]);
    expect(toldSection(page(targetDetails({ resource: PRIMARY, host: success(INSTANCE) })), 'related')).toEqual([
      '## Security groups',
      '- web[open sg-web] `sg-web` <Basic group> 2 rules reveal[reveal sg-web]',
      '## Instance',
      '- web-1[open i-1] `i-1` Running reveal[reveal i-1]',
    ]);
    expect(told(page(targetDetails({ resource: without(PRIMARY, 'instanceId') })))[3]).not.toContain('Open Its Instance');
  });

  it('says what manages it, and that its instance is not listed', () => {
    const resource = networkInterface({ id: 'eni-9', serviceManaged: true, serviceId: '123', securityGroupIds: ['sg-web'] });
    expect((['en', 'zh'] as const).map((language) => [told(page(targetDetails({ resource }), { language }))[2], ...toldSection(page(targetDetails({ resource }), { language }), 'related').slice(2)])).toEqual([
      [
        '? A cloud product manages this interface: its security groups can be changed only through that product.',
        '## Instance',
        '? Not listed for this account: instance i-bp1000000000000000001. It may be gone, or hidden from this account by its permissions.',
      ],
      ['? 该弹性网卡由云产品托管：只能通过该云产品更改其安全组。', '## 实例', '? 此账号没有列出：实例 i-bp1000000000000000001。它可能已被删除，或因权限对此账号不可见。'],
    ]);
  });

  it('says that it is attached to nothing, or that its instance could not be read', () => {
    const free = without(networkInterface({ id: 'eni-9', securityGroupIds: ['sg-web'] }), 'instanceId');
    expect((['en', 'zh'] as const).flatMap((language) => [success(undefined), failed(timedOut())].map((host) => toldSection(page(targetDetails({ resource: free, host }), { language }), 'related').slice(2, 4)))).toEqual([
      ['## Instance', 'It is not attached to an instance.'],
      [
        '## Instance',
        '! Its instance could not be read: No answer arrived within the time limit. A change may still be carried out: its outcome is unknown until the resource has been read again.',
      ],
      ['## 实例', '它没有绑定到实例。'],
      ['## 实例', '! 未能读取其所属实例：在时限内没有收到应答。更改仍可能被执行：在重新读取资源之前，结果未知。'],
    ]);
  });

  it('tells of itself where its list of interfaces could not be read', () => {
    const resource = networkInterface({ id: 'eni-9', name: 'alone', securityGroupIds: ['sg-web'] });
    expect(toldSection(page(targetDetails({ resource, interfaces: failed(timedOut()) })), 'picture')[3]).toBe('Network interfaces: interface:0=alone (10.0.0.2)');
  });

  it('can be joined, left and replaced where it is a secondary one', () => {
    const resource = networkInterface({ id: 'eni-9', securityGroupIds: ['sg-web'] });
    expect(told(page(targetDetails({ resource })))[2]).toBe(
      '(*Join Security Group…)[join eni-9] (Preview a Join…)[compareJoin] (Leave Security Group…)[leave eni-9] (Replace Security Groups…)[replace eni-9] (Preview a Replacement…)[compareReplace] (Refresh)[refresh] (Reveal in Tree)[reveal eni-9] (View as JSON)[json eni-9] (Copy ID)[copyId eni-9] (Open in Console)[console eni-9]',
    );
  });
});
