import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/domain/explain.js';
import { clientFailure, type Failure } from '../../../src/domain/failure.js';
import type { ExplorerNode } from '../../../src/present/explorerNode.js';
import { tooltipLines } from '../../../src/present/tooltip.js';
import { instance, networkInterface, rule, securityGroup } from '../support/builders.js';
import { hostileText, length, unseen } from '../support/hostile.js';

const at = { id: 'x', parent: undefined };

const fullInstance = instance({
  id: 'i-1',
  instanceType: 'ecs.g7.large',
  osName: 'Ubuntu',
  vpcId: 'vpc-1',
  vSwitchId: 'vsw-1',
  zoneId: 'cn-hangzhou-h',
  publicIps: ['47.0.0.1', '47.0.0.2'],
  securityGroupIds: ['sg-1', 'sg-2'],
  locks: [{ reason: 'financial' }, { reason: 'security' }],
  tags: [{ key: 'env', value: 'prod' }, { key: 'empty', value: '' }, { key: 'acs:autoscaling:scalingGroupId', value: 'asg-1' }],
  description: 'the web server',
  createdAt: '2026-01-01T00:00Z',
});

describe('the tooltip of an instance', () => {
  it('has every fact in English', () => {
    expect(tooltipLines({ ...at, kind: 'instance', resource: fullInstance }, 'en')).toEqual([
      ['Name', 'web-1'],
      ['ID', 'i-1'],
      ['State', 'Running'],
      ['Locked', 'financial, security'],
      ['Type', 'ecs.g7.large'],
      ['Operating system', 'Ubuntu'],
      ['VPC', 'vpc-1'],
      ['vSwitch', 'vsw-1'],
      ['Zone', 'cn-hangzhou-h'],
      ['Private IP', '10.0.0.1'],
      ['Public IP', '47.0.0.1, 47.0.0.2'],
      ['Security groups', 'sg-1, sg-2'],
      ['Owned by', 'Auto Scaling (asg-1)'],
      ['Tags', 'env=prod, empty, acs:autoscaling:scalingGroupId=asg-1'],
      ['Description', 'the web server'],
      ['Created', '2026-01-01T00:00Z'],
    ]);
  });

  it('has the same facts in Chinese', () => {
    expect(tooltipLines({ ...at, kind: 'instance', resource: fullInstance }, 'zh').map(([label]) => label)).toEqual(['名称', 'ID', '状态', '锁定原因', '类型', '操作系统', '专有网络', '交换机', '可用区', '私网 IP', '公网 IP', '安全组', '归属', '标签', '描述', '创建时间']);
    expect(tooltipLines({ ...at, kind: 'instance', resource: fullInstance }, 'zh').filter(([label]) => ['状态', '归属'].includes(label))).toEqual([['状态', '运行中'], ['归属', '弹性伸缩 (asg-1)']]);
  });

  it('leaves out what is not told or empty', () => {
    const bare = { kind: 'instance', id: 'i-1', regionId: 'cn-hangzhou', interfaces: [], privateIps: [], publicIps: [], locks: [], tags: [] } as const;
    expect(tooltipLines({ ...at, kind: 'instance', resource: bare }, 'en')).toEqual([['ID', 'i-1'], ['State', 'State unknown']]);
  });

  it('cuts many tags after eight', () => {
    const tags = Array.from({ length: 9 }, (_, index) => ({ key: `k${String(index)}`, value: '' }));
    expect(tooltipLines({ ...at, kind: 'instance', resource: instance({ tags }) }, 'en').find(([label]) => label === 'Tags')).toEqual(['Tags', 'k0, k1, k2, k3, k4, k5, k6, k7, …']);
    expect(tooltipLines({ ...at, kind: 'instance', resource: instance({ tags: tags.slice(1) }) }, 'en').find(([label]) => label === 'Tags')).toEqual(['Tags', 'k1, k2, k3, k4, k5, k6, k7, k8']);
  });
});

describe('the tooltip of a network interface', () => {
  it('has every fact in both languages', () => {
    const resource = networkInterface({ id: 'eni-1', serviceManaged: true, vpcId: 'vpc-1', vSwitchId: 'vsw-1', zoneId: 'z', ipv6s: ['fd00::1'], publicIps: ['47.0.0.1'], securityGroupIds: ['sg-1'], instanceId: 'i-1', tags: [{ key: 'ack.aliyun.com', value: '' }], description: 'd', createdAt: 't' });
    expect(tooltipLines({ ...at, kind: 'networkInterface', resource }, 'en')).toEqual([
      ['Name', 'data'],
      ['ID', 'eni-1'],
      ['State', 'In use'],
      ['Type', 'Secondary'],
      ['Managed', 'by a cloud product'],
      ['Instance', 'i-1'],
      ['VPC', 'vpc-1'],
      ['vSwitch', 'vsw-1'],
      ['Zone', 'z'],
      ['Private IP', '10.0.0.2, fd00::1'],
      ['Public IP', '47.0.0.1'],
      ['Security groups', 'sg-1'],
      ['Owned by', 'Kubernetes'],
      ['Tags', 'ack.aliyun.com'],
      ['Description', 'd'],
      ['Created', 't'],
    ]);
    expect(tooltipLines({ ...at, kind: 'networkInterface', resource }, 'zh').slice(2, 6)).toEqual([['状态', '已绑定'], ['类型', '辅助网卡'], ['托管', '由云产品托管'], ['实例', 'i-1']]);
  });
});

describe('the tooltip of a security group', () => {
  it('has every fact in both languages', () => {
    const resource = securityGroup({ id: 'sg-1', vpcId: '', serviceManaged: true, tags: [{ key: 'a', value: 'b' }], description: 'd', createdAt: 't' });
    expect([tooltipLines({ ...at, kind: 'securityGroup', resource }, 'en'), tooltipLines({ ...at, kind: 'securityGroup', resource }, 'zh')]).toEqual([
      [['Name', 'ssh'], ['ID', 'sg-1'], ['Type', 'Basic'], ['Managed', 'by a cloud product, cannot be changed'], ['VPC', 'Classic network'], ['Rules', '2'], ['Tags', 'a=b'], ['Description', 'd'], ['Created', 't']],
      [['名称', 'ssh'], ['ID', 'sg-1'], ['类型', '普通'], ['托管', '由云产品托管，不可修改'], ['专有网络', '经典网络'], ['规则数', '2'], ['标签', 'a=b'], ['描述', 'd'], ['创建时间', 't']],
    ]);
  });
});

describe('the tooltip of a failure', () => {
  it('has the code, what it means, what to do, and the service’s own words', () => {
    const failure: Failure = { code: 'Forbidden.RAM', operation: 'DescribeInstances', reached: 'yes', httpStatus: 403, serviceMessage: 'User not\nauthorized', requestId: 'R-1' };
    const { meaning, remedy } = explain(failure);
    expect([tooltipLines({ ...at, kind: 'failure', failure }, 'en'), tooltipLines({ ...at, kind: 'failure', failure }, 'zh')]).toEqual([
      [['Code', 'Forbidden.RAM'], ['Meaning', meaning.en], ['What to do', remedy.en], ['Service message', 'User not⏎authorized'], ['RequestId', 'R-1']],
      [['错误码', 'Forbidden.RAM'], ['含义', meaning.zh], ['处理办法', remedy.zh], ['服务返回', 'User not⏎authorized'], ['RequestId', 'R-1']],
    ]);
  });
});

describe('the tooltip of a failure that can be mended in a file', () => {
  it('says last where', () => {
    const failure = clientFailure('Client.ProfileIncomplete', { place: { file: '~/.aliyun/config.json', field: 'profiles[1].sts\ntoken' } });
    expect([tooltipLines({ ...at, kind: 'failure', failure }, 'en').at(-1), tooltipLines({ ...at, kind: 'failure', failure }, 'zh').at(-1)]).toEqual([
      ['Where', '~/.aliyun/config.json, profiles[1].sts⏎token'],
      ['位置', '~/.aliyun/config.json, profiles[1].sts⏎token'],
    ]);
  });
});

describe('other rows', () => {
  it('say everything themselves', () => {
    const nodes: readonly ExplorerNode[] = [
      { ...at, kind: 'region', region: { id: 'cn-hangzhou', name: 'China (Hangzhou)' } },
      { ...at, kind: 'category', category: 'instances', regionId: 'cn-hangzhou' },
      { ...at, kind: 'folder', folder: 'inbound', group: securityGroup() },
      { ...at, kind: 'rule', rule: rule() },
      { ...at, kind: 'empty', of: 'rules' },
      { ...at, kind: 'more', list: 'rules', loaded: 1 },
    ];
    expect(nodes.map((node) => tooltipLines(node, 'en'))).toEqual(nodes.map(() => []));
  });
});

describe('hostile text', () => {
  it('is literal and bounded in every line', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const resource = instance({ name: text, description: text, tags: [{ key: text, value: text }], locks: [{ reason: text }] });
        const values = tooltipLines({ ...at, kind: 'instance', resource }, 'en').map(([, value]) => value);
        expect(values.flatMap(unseen)).toEqual([]);
        expect(values.filter((value) => length(value) > 1000)).toEqual([]);
      }),
    );
  });
});
