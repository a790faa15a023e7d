import { describe, expect, it } from 'vitest';
import { failed, success } from '../../../../src/domain/failure.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import type { Comparison } from '../../../../src/present/page/pageOptions.js';
import { securityGroup } from '../../support/builders.js';
import { timedOut } from '../../support/failures.js';
import { toldSection } from './toldPage.js';
import { groupFacts, INSTANCE, page, rule, SSH, SSH_RULES, targetDetails, WEB, WEB_RULES } from './world.js';


const BOTH = ['en', 'zh'] as const;
const WALL = securityGroup({ id: 'sg-wall', name: 'wall' });
const WALL_RULES = [rule('0.0.0.0/0', '1/1024', { policy: 'Drop', description: 'nothing low' })];
const details = targetDetails({}, groupFacts(WEB, WEB_RULES), groupFacts(SSH, SSH_RULES), groupFacts(WALL, WALL_RULES));

/** What is said of a change, without the ways on, and its title. */
function difference(comparison: Comparison, language: 'en' | 'zh' = 'en', of = details): readonly string[] {
  const linked = page(of, { language, comparison });
  return [linked.page.sections[0]?.title ?? '', ...toldSection(linked, 'difference')];
}

const join = (...groupIds: readonly string[]): Comparison => ({ kind: 'join', groupIds });

describe('what a change would make', () => {
  it('is told of a join: what opens, loudly where the world gains a sensitive port, which rules begin to matter, and the total', () => {
    expect(BOTH.map((language) => difference(join('sg-ssh'), language))).toEqual([
      [
        'If it joins security group ssh (sg-ssh)',
        'Nothing has been sent: this is what the rules say would change.',
        '! The whole internet gains access to: 22 (SSH, IPv4)',
        '## Opens',
        'Inbound, from:',
        '- !Anywhere (0.0.0.0/0): !`TCP 22 (SSH)`',
        '## Closes',
        'Nothing stops being reachable.',
        '## Rules that begin to matter',
        '- <Accept> `TCP 22 (SSH)` from `0.0.0.0/0` all IPv4 addresses priority 1 ssh[open sg-ssh] `sg-ssh`',
        'Rules of all its groups together: 2 → 3 of 1,000',
        '(*Join…)[join i-1 + sg-ssh] (Stop Previewing)[compareNothing]',
      ],
      [
        '如果加入安全组 ssh (sg-ssh)',
        '尚未发送任何请求：以下是根据规则推算的变化。',
        '! 整个互联网将可以访问：22（SSH，IPv4）',
        '## 将开放',
        '入方向，来源：',
        '- !任意地址（0.0.0.0/0）： !`TCP 22（SSH）`',
        '## 将关闭',
        '不会有流量不再通过。',
        '## 开始生效的规则',
        '- <允许> `TCP 22（SSH）` 来自 `0.0.0.0/0` 所有 IPv4 地址 优先级 1 ssh[open sg-ssh] `sg-ssh`',
        '所有安全组的规则总数：2 → 3，上限 1,000',
        '(*加入…)[join i-1 + sg-ssh] (结束预览)[compareNothing]',
      ],
    ]);
  });

  it('is told of a join that closes something, too', () => {
    expect(BOTH.map((language) => difference(join('sg-wall'), language))).toEqual([
      [
        'If it joins security group wall (sg-wall)',
        'Nothing has been sent: this is what the rules say would change.',
        '## Opens',
        'Nothing becomes reachable that was not before.',
        '## Closes',
        'Inbound, from:',
        '- Anywhere (0.0.0.0/0): `TCP 443 (HTTPS)`',
        'Connections that are open already may live on for up to 910 seconds.',
        '## Rules that begin to matter',
        '- <Drop> `TCP 1–1024` from `0.0.0.0/0` all IPv4 addresses priority 1 wall[open sg-wall] `sg-wall`',
        '## Rules that cease to matter',
        '- <Accept> `TCP 443 (HTTPS)` from `0.0.0.0/0` all IPv4 addresses priority 1 web[open sg-web] `sg-web`',
        'Rules of all its groups together: 2 → 3 of 1,000',
        '(*Join…)[join i-1 + sg-wall] (Stop Previewing)[compareNothing]',
      ],
      [
        '如果加入安全组 wall (sg-wall)',
        '尚未发送任何请求：以下是根据规则推算的变化。',
        '## 将开放',
        '不会新增任何可以通过的流量。',
        '## 将关闭',
        '入方向，来源：',
        '- 任意地址（0.0.0.0/0）： `TCP 443（HTTPS）`',
        '已建立的连接最长可能继续保持 910 秒。',
        '## 开始生效的规则',
        '- <拒绝> `TCP 1–1024` 来自 `0.0.0.0/0` 所有 IPv4 地址 优先级 1 wall[open sg-wall] `sg-wall`',
        '## 不再生效的规则',
        '- <允许> `TCP 443（HTTPS）` 来自 `0.0.0.0/0` 所有 IPv4 地址 优先级 1 web[open sg-web] `sg-web`',
        '所有安全组的规则总数：2 → 3，上限 1,000',
        '(*加入…)[join i-1 + sg-wall] (结束预览)[compareNothing]',
      ],
    ]);
  });

  it('is told of a leave', () => {
    const two = targetDetails({ resource: { ...INSTANCE, securityGroupIds: ['sg-web', 'sg-ssh'] } });
    expect(BOTH.map((language) => difference({ kind: 'leave', groupIds: ['sg-ssh'] }, language, two))).toEqual([
      [
        'If it leaves security group ssh (sg-ssh)',
        'Nothing has been sent: this is what the rules say would change.',
        '## Opens',
        'Nothing becomes reachable that was not before.',
        '## Closes',
        'Inbound, from:',
        '- Anywhere (0.0.0.0/0): `TCP 22 (SSH)`',
        'Connections that are open already may live on for up to 910 seconds.',
        '## Rules that cease to matter',
        '- <Accept> `TCP 22 (SSH)` from `0.0.0.0/0` all IPv4 addresses priority 1 ssh[open sg-ssh] `sg-ssh`',
        'Rules of all its groups together: 3 → 2 of 1,000',
        '(*Leave…)[leave i-1 + sg-ssh] (Stop Previewing)[compareNothing]',
      ],
      [
        '如果移出安全组 ssh (sg-ssh)',
        '尚未发送任何请求：以下是根据规则推算的变化。',
        '## 将开放',
        '不会新增任何可以通过的流量。',
        '## 将关闭',
        '入方向，来源：',
        '- 任意地址（0.0.0.0/0）： `TCP 22（SSH）`',
        '已建立的连接最长可能继续保持 910 秒。',
        '## 不再生效的规则',
        '- <允许> `TCP 22（SSH）` 来自 `0.0.0.0/0` 所有 IPv4 地址 优先级 1 ssh[open sg-ssh] `sg-ssh`',
        '所有安全组的规则总数：3 → 2，上限 1,000',
        '(*移出…)[leave i-1 + sg-ssh] (结束预览)[compareNothing]',
      ],
    ]);
  });

  it('is refused where no group would be left', () => {
    expect(BOTH.map((language) => difference({ kind: 'leave', groupIds: ['sg-web'] }, language))).toEqual([
      [
        'If it leaves security group web (sg-web)',
        '? It would be in no security group; one must always remain, so the service would refuse.',
        '(*Leave…)[leave i-1 + sg-web] (Stop Previewing)[compareNothing]',
      ],
      [
        '如果移出安全组 web (sg-web)',
        '? 它将不在任何安全组中；必须至少保留一个，因此服务会拒绝。',
        '(*移出…)[leave i-1 + sg-web] (结束预览)[compareNothing]',
      ],
    ]);
  });

  it('is told of a replacement of the whole list', () => {
    expect(BOTH.map((language) => difference({ kind: 'replace', groupIds: ['sg-ssh', 'sg-wall'] }, language))).toEqual([
      [
        'If its groups are replaced by 2 security groups: ssh (sg-ssh), wall (sg-wall)',
        'Nothing has been sent: this is what the rules say would change.',
        '## Opens',
        'Nothing becomes reachable that was not before.',
        '## Closes',
        'Inbound, from:',
        '- Anywhere (0.0.0.0/0): `TCP 443 (HTTPS)`',
        'Connections that are open already may live on for up to 910 seconds.',
        '## Rules that begin to matter',
        '- <Drop> `TCP 1–1024` from `0.0.0.0/0` all IPv4 addresses priority 1 wall[open sg-wall] `sg-wall`',
        '## Rules that cease to matter',
        '- <Accept> `TCP 443 (HTTPS)` from `0.0.0.0/0` all IPv4 addresses priority 1 web[open sg-web] `sg-web`',
        'Rules of all its groups together: 2 → 2 of 1,000',
        '(*Replace…)[replace i-1 + sg-ssh sg-wall] (Stop Previewing)[compareNothing]',
      ],
      [
        '如果安全组替换为 2 个安全组：ssh (sg-ssh)、wall (sg-wall)',
        '尚未发送任何请求：以下是根据规则推算的变化。',
        '## 将开放',
        '不会新增任何可以通过的流量。',
        '## 将关闭',
        '入方向，来源：',
        '- 任意地址（0.0.0.0/0）： `TCP 443（HTTPS）`',
        '已建立的连接最长可能继续保持 910 秒。',
        '## 开始生效的规则',
        '- <拒绝> `TCP 1–1024` 来自 `0.0.0.0/0` 所有 IPv4 地址 优先级 1 wall[open sg-wall] `sg-wall`',
        '## 不再生效的规则',
        '- <允许> `TCP 443（HTTPS）` 来自 `0.0.0.0/0` 所有 IPv4 地址 优先级 1 web[open sg-web] `sg-web`',
        '所有安全组的规则总数：2 → 2，上限 1,000',
        '(*替换…)[replace i-1 + sg-ssh sg-wall] (结束预览)[compareNothing]',
      ],
    ]);
  });

  it('is nothing where the list stays the same', () => {
    const same: readonly Comparison[] = [join('sg-web'), { kind: 'leave', groupIds: ['sg-ssh'] }, { kind: 'replace', groupIds: ['sg-web'] }];
    expect(same.map((comparison) => difference(comparison)[1])).toEqual(same.map(() => 'It is in exactly these security groups already: nothing would change.'));
    expect(difference(join('sg-web'), 'zh')[1]).toBe('它已经恰好在这些安全组中：不会有任何变化。');
  });

  it('says what could not be read of a group that comes, and calls nothing certain then', () => {
    const unread = targetDetails({}, groupFacts(WEB, WEB_RULES), { id: 'sg-ssh', group: success(undefined), rules: failed(timedOut()) });
    expect(BOTH.map((language) => difference(join('sg-ssh'), language, unread))).toEqual([
      [
        'If it joins security group sg-ssh',
        'Nothing has been sent: this is what the rules say would change.',
        '? Not listed for this account: sg-ssh. It may be gone, or hidden from this account by its permissions.',
        '    (Refresh)[refresh]',
        '! The rules of sg-ssh could not be read: No answer arrived within the time limit. A change may still be carried out: its outcome is unknown until the resource has been read again.',
        '    Code: Client.Timeout',
        '    What to do: Check the resource before repeating a change. On a slow network, raise ecsExplorer.requests.timeoutSeconds.',
        '    (Refresh)[refresh] (Show Output)[showOutput]',
        '? Not all of it is known, so what is told here may be short or wrong.',
        '    The rules of a group could not be read, so what they do is missing: sg-ssh',
        '    The type of a group is not known, and with it what it does by default: sg-ssh',
        '## Opens, as far as is known',
        'Nothing is known to become reachable.',
        '## Closes, or is not known to stay open',
        'Outbound, to:',
        '- Anywhere (0.0.0.0/0): `everything`',
        '- Anywhere (::/0): `everything`',
        'Connections that are open already may live on for up to 910 seconds.',
        '## Rules that begin to matter',
        '- <Unclear> What no rule decides, inbound',
        '- <Unclear> What no rule decides, outbound',
        '## Rules that cease to matter',
        '- <Drop> What no rule decides, inbound',
        '- <Accept> What no rule decides, outbound',
        'Rules of all its groups together: at least 2 → at least 2 of 1,000',
        '(*Join…)[join i-1 + sg-ssh] (Stop Previewing)[compareNothing]',
      ],
      [
        '如果加入安全组 sg-ssh',
        '尚未发送任何请求：以下是根据规则推算的变化。',
        '? 此账号没有列出：sg-ssh。它可能已被删除，或因权限对此账号不可见。',
        '    (刷新)[refresh]',
        '! 未能读取 sg-ssh 的规则：在时限内没有收到应答。更改仍可能被执行：在重新读取资源之前，结果未知。',
        '    错误码：Client.Timeout',
        '    处理办法：重复更改之前先检查资源。如果网络较慢，调高设置 ecsExplorer.requests.timeoutSeconds。',
        '    (刷新)[refresh] (显示输出)[showOutput]',
        '? 部分信息未知，因此以下内容可能不完整或不准确。',
        '    未能读取安全组的规则，其作用未计入：sg-ssh',
        '    安全组的类型未知，无法得知其默认设置：sg-ssh',
        '## 将开放（已知部分）',
        '未发现新增的可以通过的流量。',
        '## 将关闭，或无法确认仍开放',
        '出方向，目的：',
        '- 任意地址（0.0.0.0/0）： `所有流量`',
        '- 任意地址（::/0）： `所有流量`',
        '已建立的连接最长可能继续保持 910 秒。',
        '## 开始生效的规则',
        '- <不明确> 入方向没有规则决定的流量',
        '- <不明确> 出方向没有规则决定的流量',
        '## 不再生效的规则',
        '- <拒绝> 入方向没有规则决定的流量',
        '- <允许> 出方向没有规则决定的流量',
        '所有安全组的规则总数：至少 2 → 至少 2，上限 1,000',
        '(*加入…)[join i-1 + sg-ssh] (结束预览)[compareNothing]',
      ],
    ]);
  });

  it('says that groups of both types would come together', () => {
    const mixed = targetDetails({}, groupFacts(WEB, WEB_RULES), groupFacts(securityGroup({ id: 'sg-ssh', name: 'ssh', type: 'enterprise' }), SSH_RULES));
    expect(BOTH.map((language) => difference(join('sg-ssh'), language, mixed).slice(0, 3))).toEqual([
      [
        'If it joins security group ssh (sg-ssh)',
        'Nothing has been sent: this is what the rules say would change.',
        '? It would be in basic and advanced groups; all must be of one type, so the service would refuse.',
      ],
      ['如果加入安全组 ssh (sg-ssh)', '尚未发送任何请求：以下是根据规则推算的变化。', '? 它将同时位于普通安全组和企业级安全组中；必须为同一类型，因此服务会拒绝。'],
    ]);
  });

  it('is louder the nearer the total of rules comes to the limit', () => {
    const rules = (count: number): readonly SecurityGroupRule[] => Array.from({ length: count }, (_, index) => rule('10.0.0.0/8', '80/80', { priority: 1 + (index % 100), direction: 'egress' }));
    const of = (count: number) => targetDetails({}, groupFacts(WEB, WEB_RULES), groupFacts(SSH, rules(count)));
    const total = (count: number, language: 'en' | 'zh') => difference(join('sg-ssh'), language, of(count)).at(-2);
    expect([797, 798, 998, 999].flatMap((count) => BOTH.map((language) => total(count, language)))).toEqual([
      'Rules of all its groups together: 2 → 799 of 1,000',
      '所有安全组的规则总数：2 → 799，上限 1,000',
      '? Rules of all its groups together: 2 → 800 of 1,000. That is near the limit; prefix lists count with their maximum size.',
      '? 所有安全组的规则总数：2 → 800，上限 1,000。已接近上限；前缀列表按最大条目数计算。',
      '? Rules of all its groups together: 2 → 1,000 of 1,000. That is near the limit; prefix lists count with their maximum size.',
      '? 所有安全组的规则总数：2 → 1,000，上限 1,000。已接近上限；前缀列表按最大条目数计算。',
      '! Rules of all its groups together: 2 → 1,001 of 1,000. That is too many; the service would refuse.',
      '! 所有安全组的规则总数：2 → 1,001，上限 1,000。超过上限，服务会拒绝。',
    ]);
  });

  it('counts the rules that it does not name, and puts blocks together to which the same opens', () => {
    const rules = Array.from({ length: 15 }, (_, index) => rule(`10.${2 * index}.0.0/16`, '80/80'));
    const lines = BOTH.map((language) => difference(join('sg-ssh'), language, targetDetails({}, groupFacts(WEB, WEB_RULES), groupFacts(SSH, rules))));
    expect(lines.map((all) => all.filter((line) => /^- (?:10|and|另有)/.test(line)))).toEqual([
      [
        '- 10.0.0.0/16, 10.2.0.0/16, 10.4.0.0/16, 10.6.0.0/16, 10.8.0.0/16, 10.10.0.0/16, 10.12.0.0/16, 10.14.0.0/16, 10.16.0.0/16, 10.18.0.0/16, 10.20.0.0/16, 10.22.0.0/16, 10.24.0.0/16, 10.26.0.0/16, 10.28.0.0/16: `TCP 80 (HTTP)`',
        '- and 3 more',
      ],
      [
        '- 10.0.0.0/16、10.2.0.0/16、10.4.0.0/16、10.6.0.0/16、10.8.0.0/16、10.10.0.0/16、10.12.0.0/16、10.14.0.0/16、10.16.0.0/16、10.18.0.0/16、10.20.0.0/16、10.22.0.0/16、10.24.0.0/16、10.26.0.0/16、10.28.0.0/16： `TCP 80（HTTP）`',
        '- 另有 3 条',
      ],
    ]);
    expect(lines.map((all) => all.filter((line) => line.startsWith('- <')).length)).toEqual([12, 12]);
  });
});
