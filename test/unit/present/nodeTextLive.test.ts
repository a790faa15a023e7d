import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/domain/text.js';
import type { CategoryNode, EmptyNode, ExplorerNode } from '../../../src/present/explorerNode.js';
import { nodeText } from '../../../src/present/nodeText.js';
import type { Live } from '../../../src/present/rowText.js';
import { instance, networkInterface, securityGroup } from '../support/builders.js';
import { refusal } from '../support/failures.js';
import { hostileText, length, unseen } from '../support/hostile.js';

const at = { id: 'x', parent: undefined };
const category = (more: Partial<CategoryNode> = {}): CategoryNode => ({ ...at, kind: 'category', category: 'instances', regionId: 'a', ...more });
const words = (node: ExplorerNode, live: Live = {}) => (['en', 'zh'] as const).map((language) => nodeText(node, language, live).description);
const list = { loaded: 3, more: false, ageMs: 0, waitingMs: 0 };

describe('a category as its list is', () => {
  it.each<[string, Live, string, string]>([
    ['nothing before it is read', { list: { loaded: 0, more: true, waitingMs: 0 } }, '', ''],
    ['how many there are', { list }, '3', '3'],
    ['none', { list: { ...list, loaded: 0 } }, '0', '0'],
    ['at least how many', { list: { ...list, more: true } }, '3+', '3+'],
    ['no age below a minute', { list: { ...list, ageMs: 59_999 } }, '3', '3'],
    ['its age', { list: { ...list, ageMs: 60_000 } }, '3 · 1 min ago', '3 · 1 分钟前'],
    ['an age of days', { list: { ...list, more: true, ageMs: 3 * 86_400_000 } }, '3+ · 3 d ago', '3+ · 3 天前'],
    ['that it waits', { list: { loaded: 0, more: true, waitingMs: 12_000 } }, 'waiting for the service: 12 s', '正在等待服务：12 秒'],
    ['all of it', { list: { loaded: 3, more: true, ageMs: 3_600_000, waitingMs: 120_000 }, filter: { name: 'web-*' } }, 'Filter: web-* · 3+ · 1 h ago · waiting for the service: 2 min', '筛选：web-* · 3+ · 1 小时前 · 正在等待服务：2 分钟'],
  ])('says %s', (_what, live, en, zh) => {
    expect(words(category(), live)).toEqual([en, zh]);
  });

  it('says what was found until it is read, and nothing of that under a filter', () => {
    const node = category({ use: { count: 40, atLeast: true } });
    const unread = { loaded: 0, more: true, waitingMs: 0 };
    expect([{}, { list: unread }, { list }, { filter: { status: 'Running' } }, { list: unread, filter: { status: 'Running' } }].map((live) => words(node, live)[0])).toEqual(['40+', '40+', '3', 'Filter: Running', 'Filter: Running']);
  });

  it('shows by icon and menu that it is narrowed and that there is more', () => {
    const looks = ([{}, { list: { ...list, more: true } }, { filter: { name: 'a' } }, { list: { ...list, more: true }, filter: { name: 'a' } }] satisfies readonly Live[]).map((live) => nodeText(category(), 'en', live));
    expect(looks.map(({ icon, context }) => [icon, context])).toEqual([['server', 'category instances'], ['server', 'category instances +more'], ['filter', 'category instances +filter'], ['filter', 'category instances +filter +more']]);
  });
});

describe('an account', () => {
  const node: ExplorerNode = { ...at, kind: 'account', account: 'env', name: 'Environment variables', main: false };

  it.each<[string, Live, string, string]>([
    ['nothing before it is looked at', {}, '', ''],
    ['its number once that is known', { account: { sandbox: false, number: '1234567890123456' } }, '1234567890123456', '1234567890123456'],
    ['that it is the sandbox', { account: { sandbox: true, number: '1' } }, 'on this machine only · 1', '仅在本机 · 1'],
    ['where its requests go', { account: { sandbox: false, endpoint: 'https://ecs.example.com', number: '1' } }, '@ https://ecs.example.com · 1', '@ https://ecs.example.com · 1'],
    ['why it can’t be used', { account: { sandbox: false, failure: refusal('InvalidAccessKeyId.NotFound', 404) } }, 'InvalidAccessKeyId.NotFound', 'InvalidAccessKeyId.NotFound'],
  ])('says %s', (_what, live, en, zh) => {
    expect(words(node, live)).toEqual([en, zh]);
  });

  it('has a sign of its own for the sandbox and for a failure, and a menu of its own', () => {
    const looks = ([{}, { account: { sandbox: true } }, { account: { sandbox: true, failure: refusal('X', 500) } }] satisfies readonly Live[]).map((live) => nodeText(node, 'en', live));
    expect(looks.map(({ icon, color, context, expandable }) => [icon, color, context, expandable])).toEqual([['cloud', undefined, 'account', true], ['beaker', undefined, 'account', true], ['error', 'list.errorForeground', 'account', true]]);
  });
});

describe('a row that is gone or pinned', () => {
  it('says so in words, by its icon and to the ear', () => {
    const row = { ...at, kind: 'instance', resource: instance({ id: 'i-1', vpcId: '', privateIps: [] }) } as const;
    const text = (language: Language) => nodeText({ ...row, gone: true }, language);
    expect(text('en')).toEqual({ label: 'web-1', description: 'no longer listed · i-1 · Running', icon: 'question', color: 'disabledForeground', expandable: true, context: 'instance', spoken: 'instance web-1 · i-1 · Running · no longer listed' });
    expect([text('zh').description, text('zh').spoken]).toEqual(['已不在列表中 · i-1 · 运行中', '实例 web-1 · i-1 · 运行中 · 已不在列表中']);
  });

  it('has the pin before the address, where menus look for that', () => {
    const rows: readonly ExplorerNode[] = [
      { ...at, kind: 'instance', resource: instance() },
      { ...at, kind: 'instance', resource: instance({ privateIps: [] }) },
      { ...at, kind: 'networkInterface', resource: networkInterface(), gone: true },
      { ...at, kind: 'securityGroup', resource: securityGroup() },
    ];
    expect([true, false].map((pinned) => rows.map((row) => nodeText(row, 'en', { pinned }).context))).toEqual([
      ['instance+pinned+ip', 'instance+pinned', 'networkInterface+pinned+ip', 'securityGroup+pinned'],
      ['instance+ip', 'instance', 'networkInterface+ip', 'securityGroup'],
    ]);
  });
});

describe('an empty list of a whole region', () => {
  const empty: EmptyNode = { ...at, kind: 'empty', of: 'instances', whole: { kind: 'instance', regionId: 'a' } };

  it('offers to check the permission, and says what came of it', () => {
    expect([{}, { access: 'allowed' as const }, { access: refusal('Forbidden.RAM') }].map((live) => words(empty, live))).toEqual([
      ['check whether this account may read it', '检查此账号能否读取'],
      ['this account may read the list', '此账号可以读取该列表'],
      ['not confirmed: Forbidden.RAM', '未能确认：Forbidden.RAM'],
    ]);
  });

  it('differs from one of a filter and from one of relations', () => {
    const rows: readonly EmptyNode[] = [empty, { ...at, kind: 'empty', of: 'filtered' }, { ...at, kind: 'empty', of: 'members' }];
    expect(rows.map((row) => nodeText(row, 'en')).map(({ label, description, icon, context }) => [label, description, icon, context])).toEqual([
      ['No instances here', 'check whether this account may read it', 'info', 'empty +check'],
      ['Nothing here fits the filter', '', 'filter', 'empty +filter'],
      ['No members', '', 'info', 'empty'],
    ]);
  });
});

describe('rows about regions', () => {
  const region = { id: 'a', name: 'Region A' };

  it('say what was found there, what was not, and what could not be looked at', () => {
    const use = { regionId: 'a', instances: { count: 1 }, networkInterfaces: { count: 0 }, securityGroups: { count: 20, atLeast: true as const }, failedWith: 'Forbidden.RAM' };
    expect([words({ ...at, kind: 'region', region, use }), words({ ...at, kind: 'region', region, use: { regionId: 'a', instances: { count: 1, atLeast: true } } }), words({ ...at, kind: 'region', region, use: { regionId: 'a' } })]).toEqual([
      ['a · 1 instance, 20+ security groups · could not be looked at: Forbidden.RAM', 'a · 1 个实例，20+ 个安全组 · 未能查看：Forbidden.RAM'],
      ['a · 1+ instances', 'a · 1+ 个实例'],
      ['a', 'a'],
    ]);
  });

  it('fold away, offer a look with its price, and hold what is pinned', () => {
    const rows: readonly ExplorerNode[] = [{ ...at, kind: 'moreRegions', regions: [region, region] }, { ...at, kind: 'offer', requests: 105 }, { ...at, kind: 'pins' }];
    expect(rows.map((row) => (['en', 'zh'] as const).map((language) => nodeText(row, language)).map(({ label, description, expandable, context }) => [label, description, expandable, context]))).toEqual([
      [['More regions', '2, found empty', true, 'moreRegions'], ['更多地域', '2 个，未发现资源', true, 'moreRegions']],
      [['Find regions in use…', '105 requests, then the rules of up to 100 security groups', false, 'offer'], ['查找使用中的地域…', '105 次请求，随后查看至多 100 个安全组的规则', false, 'offer']],
      [['Pinned', '', true, 'pins'], ['已固定', '', true, 'pins']],
    ]);
  });
});

describe('a bucket', () => {
  const bucket = (grouping: Extract<ExplorerNode, { kind: 'bucket' }>['grouping'], value: string | undefined): ExplorerNode => ({ ...at, kind: 'bucket', grouping, bucket: { value, items: [instance(), instance()] } });

  it('is named by what its instances have in common, or that it is not known', () => {
    const tag = { by: 'tag', key: 'env' } as const;
    const rows = [bucket({ by: 'vpc' }, 'vpc-1'), bucket({ by: 'vpc' }, ''), bucket({ by: 'vpc' }, undefined), bucket({ by: 'zone' }, 'a-h'), bucket({ by: 'zone' }, undefined), bucket(tag, 'test'), bucket(tag, ''), bucket(tag, undefined)];
    expect(rows.map((row) => [nodeText(row, 'en').label, nodeText(row, 'zh').label])).toEqual([['vpc-1', 'vpc-1'], ['Classic network', '经典网络'], ['VPC unknown', '专有网络未知'], ['a-h', 'a-h'], ['Zone unknown', '可用区未知'], ['env=test', 'env=test'], ['env=', 'env='], ['Without this tag', '没有此标签']]);
    expect(words(bucket(tag, 'test'))).toEqual(['2', '2 个']);
  });
});

describe('hostile text of lists', () => {
  it('is shown literally and in bounds, and adds nothing to what a row can do', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom<Language>('en', 'zh'), (text, language) => {
        const filter = { name: text, status: text, vpcId: text, zoneId: text, tag: { key: text, value: text }, groupType: text };
        const rows: readonly (readonly [node: ExplorerNode, live: Live])[] = [
          [category({ category: 'securityGroups' }), { filter, list }],
          [{ ...at, kind: 'bucket', grouping: { by: 'tag', key: text }, bucket: { value: text, items: [] } }, {}],
          [{ ...at, kind: 'bucket', grouping: { by: 'vpc' }, bucket: { value: text, items: [] } }, {}],
          [{ ...at, kind: 'region', region: { id: text, name: 'x' }, use: { regionId: text, failedWith: text } }, {}],
          [{ ...at, kind: 'empty', of: 'instances', whole: { kind: 'instance', regionId: text } }, { access: refusal(text) }],
          [{ ...at, kind: 'instance', resource: instance({ id: text, name: text, privateIps: [text] }), gone: true }, { pinned: true }],
        ];
        const texts = rows.map(([node, live]) => nodeText(node, language, live));
        expect(texts.flatMap(({ label, description, spoken }) => [label, description, spoken]).flatMap(unseen)).toEqual([]);
        expect(texts.filter(({ label, description, spoken }) => length(label) > 120 || length(description) > 120 || length(spoken) > 1000)).toEqual([]);
        expect(texts.map(({ context }) => context)).toEqual(['category securityGroups +filter', 'bucket', 'bucket', 'region', 'empty +check', 'instance+pinned+ip']);
      }),
    );
  });
});
