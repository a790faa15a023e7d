import { describe, expect, it } from 'vitest';
import { success } from '../../../../src/domain/failure.js';
import { instance, networkInterface, securityGroup, without } from '../../support/builders.js';
import { toldSection } from './toldPage.js';
import { groupDetails, page, targetDetails } from './world.js';

const BOTH = ['en', 'zh'] as const;
const TAGS = [{ key: 'env', value: 'prod' }, { key: 'empty', value: '' }];
const facts = (details: Parameters<typeof page>[0]) => BOTH.map((language) => toldSection(page(details, { language }), 'facts'));

const full = instance({
  id: 'i-1', description: 'the web server', status: 'Stopped', locks: [{ reason: 'security' }, { reason: 'financial' }], instanceType: 'ecs.g7.large', cpu: 2, memoryMb: 8192, osName: 'Ubuntu', hostName: 'host-1',
  zoneId: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1', privateIps: ['10.0.0.1', '10.0.0.2'], ipv6s: ['2001:db8::1'], publicIps: [], chargeType: 'PrePaid', expiresAt: '2026-12-26T12:00:00Z', autoReleaseAt: '2027-12-26T12:00:00Z',
  startedAt: '2026-11-26T09:00Z', createdAt: '2026-01-01T00:00Z', deletionProtection: true, resourceGroupId: 'rg-1', tags: [...TAGS, { key: 'acs:autoscaling:scalingGroupId', value: 'asg-1' }],
});

describe('the facts', () => {
  it('of an instance are all that the service told', () => {
    expect(facts(targetDetails({ resource: full }))).toEqual([
      [
        'State = <Stopped>',
        'Locked = ?<security> ?<financial>',
        'Owned by = Auto Scaling group `asg-1` It may undo a change that is made by hand; change its scaling configuration to make one last.',
        'ID = `i-1`',
        'Description = the web server',
        'Instance type = ecs.g7.large, 2 vCPU, 8 GiB',
        'Operating system = Ubuntu',
        'Host name = `host-1`',
        'Private IP = `10.0.0.1` `10.0.0.2`',
        'IPv6 = `2001:db8::1`',
        'Public IP = none',
        'VPC = `vpc-1`',
        'vSwitch = `vsw-1`',
        'Zone = `cn-hangzhou-h`',
        'Resource group = `rg-1`',
        'Billing method = Subscription',
        'Expires = 2026-12-26 12:00 UTC · in 30 d',
        'Released automatically = 2027-12-26 12:00 UTC · in 395 d',
        'Deletion protection = on',
        'Started = 2026-11-26 09:00 UTC · 3 h ago',
        'Created = 2026-01-01 00:00 UTC · 329 d ago',
        'Tags = <env=prod> <empty> <acs:autoscaling:scalingGroupId=asg-1>',
      ],
      [
        '状态 = <已停止>',
        '锁定原因 = ?<security> ?<financial>',
        '归属 = 弹性伸缩组 `asg-1` 它可能会撤销手动更改；要使更改长期有效，请修改其伸缩配置。',
        'ID = `i-1`',
        '描述 = the web server',
        '实例规格 = ecs.g7.large，2 vCPU，8 GiB',
        '操作系统 = Ubuntu',
        '主机名 = `host-1`',
        '私网 IP = `10.0.0.1` `10.0.0.2`',
        'IPv6 = `2001:db8::1`',
        '公网 IP = 无',
        '专有网络 = `vpc-1`',
        '交换机 = `vsw-1`',
        '可用区 = `cn-hangzhou-h`',
        '资源组 = `rg-1`',
        '计费方式 = 包年包月',
        '到期时间 = 2026-12-26 12:00 UTC · 30 天后',
        '自动释放时间 = 2027-12-26 12:00 UTC · 395 天后',
        '实例释放保护 = 已开启',
        '启动时间 = 2026-11-26 09:00 UTC · 3 小时前',
        '创建时间 = 2026-01-01 00:00 UTC · 329 天前',
        '标签 = <env=prod> <empty> <acs:autoscaling:scalingGroupId=asg-1>',
      ],
    ]);
  });

  it('leave out what was not told, and keep what is newer than this code as it is spelled', () => {
    const bare = without(instance({ id: 'i-1', privateIps: [] }), 'status', 'vpcId', 'name');
    const odd = instance({ id: 'i-1', status: 'Rebooting', vpcId: '', chargeType: 'PerWish', memoryMb: 512, deletionProtection: false, startedAt: 'soon', tags: [{ key: 'ack.aliyun.com', value: '' }] });
    expect([bare, odd].flatMap((resource) => facts(targetDetails({ resource })))).toEqual([
      ['State = ?<State unknown>', 'ID = `i-1`', 'Public IP = none'],
      ['状态 = ?<状态未知>', 'ID = `i-1`', '公网 IP = 无'],
      [
        'State = <Rebooting>',
        'Owned by = Kubernetes cluster The cluster’s controller may undo a change that is made by hand; change the cluster or its node pool to make one last.',
        'ID = `i-1`',
        'Instance type = 512 MiB',
        'Private IP = `10.0.0.1`',
        'Public IP = none',
        'VPC = Classic network',
        'Billing method = PerWish',
        'Deletion protection = off',
        'Started = soon',
        'Tags = <ack.aliyun.com>',
      ],
      [
        '状态 = <Rebooting>',
        '归属 = Kubernetes 集群 其控制器可能会撤销手动更改；要使更改长期有效，请修改集群或其节点池。',
        'ID = `i-1`',
        '实例规格 = 512 MiB',
        '私网 IP = `10.0.0.1`',
        '公网 IP = 无',
        '专有网络 = 经典网络',
        '计费方式 = PerWish',
        '实例释放保护 = 未开启',
        '启动时间 = soon',
        '标签 = <ack.aliyun.com>',
      ],
    ]);
  });

  it('of an interface say what manages it and what that means', () => {
    const resource = networkInterface({
      id: 'eni-9', description: 'of a load balancer', vpcId: 'vpc-1', vSwitchId: 'vsw-1', zoneId: 'cn-hangzhou-h', ipv6s: ['2001:db8::1'], publicIps: ['47.0.0.1'], macAddress: '00:16:3e:00:00:01', serviceManaged: true, serviceId: '123',
      resourceGroupId: 'rg-1', createdAt: '2026-01-01T00:00Z', tags: [...TAGS, { key: 'ack.aliyun.com', value: 'c-1' }],
    });
    expect(facts(targetDetails({ resource, interfaces: success([resource]) }))).toEqual([
      [
        'State = <In use>',
        'Owned by = Kubernetes cluster `c-1` The cluster’s controller may undo a change that is made by hand; change the cluster or its node pool to make one last. ?A cloud product `123` It can be changed only through the product that manages it: joins and leaves are refused.',
        'Type = Secondary',
        'ID = `eni-9`',
        'Description = of a load balancer',
        'Private IP = `10.0.0.2`',
        'IPv6 = `2001:db8::1`',
        'Public IP = `47.0.0.1`',
        'MAC address = `00:16:3e:00:00:01`',
        'VPC = `vpc-1`',
        'vSwitch = `vsw-1`',
        'Zone = `cn-hangzhou-h`',
        'Resource group = `rg-1`',
        'Created = 2026-01-01 00:00 UTC · 329 d ago',
        'Tags = <env=prod> <empty> <ack.aliyun.com=c-1>',
      ],
      [
        '状态 = <已绑定>',
        '归属 = Kubernetes 集群 `c-1` 其控制器可能会撤销手动更改；要使更改长期有效，请修改集群或其节点池。 ?云产品 `123` 只能通过托管它的云产品进行修改：加入和移出操作会被拒绝。',
        '类型 = 辅助网卡',
        'ID = `eni-9`',
        '描述 = of a load balancer',
        '私网 IP = `10.0.0.2`',
        'IPv6 = `2001:db8::1`',
        '公网 IP = `47.0.0.1`',
        'MAC 地址 = `00:16:3e:00:00:01`',
        '专有网络 = `vpc-1`',
        '交换机 = `vsw-1`',
        '可用区 = `cn-hangzhou-h`',
        '资源组 = `rg-1`',
        '创建时间 = 2026-01-01 00:00 UTC · 329 天前',
        '标签 = <env=prod> <empty> <ack.aliyun.com=c-1>',
      ],
    ]);
  });

  it('of a group say in words what its type does', () => {
    const basic = securityGroup({ id: 'sg-1', description: 'the web', vpcId: 'vpc-1', ruleCount: 2, availableAmount: 5998, createdAt: '2026-01-01T00:00Z', tags: TAGS });
    const advanced = securityGroup({ id: 'sg-2', type: 'enterprise', vpcId: 'vpc-1', serviceManaged: true, resourceGroupId: 'rg-1' });
    expect([basic, advanced, securityGroup({ type: 'quantum', vpcId: '' })].flatMap((resource) => facts(groupDetails({ resource })))).toEqual([
      [
        'Type = Basic group: nothing gets in that no rule accepts, everything gets out that no rule drops, and members may reach each other unless told otherwise.',
        'ID = `sg-1`',
        'Description = the web',
        'Rules = 2',
        'Room for = about 5998 more',
        'VPC = `vpc-1`',
        'Created = 2026-01-01 00:00 UTC · 329 d ago',
        'Tags = <env=prod> <empty>',
      ],
      [
        '类型 = 普通安全组：入方向没有规则允许的流量无法进入，出方向没有规则拒绝的流量可以发出，组内成员默认可以互访。',
        'ID = `sg-1`',
        '描述 = the web',
        '规则数 = 2',
        '剩余容量 = 约 5998 个',
        '专有网络 = `vpc-1`',
        '创建时间 = 2026-01-01 00:00 UTC · 329 天前',
        '标签 = <env=prod> <empty>',
      ],
      [
        'Type = Advanced group: nothing gets in or out that no rule accepts, members do not reach each other by themselves, and rules cannot name other groups.',
        'Owned by = ?A cloud product It can be looked at, but neither its rules nor its members can be changed here.',
        'ID = `sg-2`',
        'Rules = 2',
        'VPC = `vpc-1`',
        'Resource group = `rg-1`',
      ],
      [
        '类型 = 企业级安全组：没有规则允许的流量既不能进入也不能发出，组内成员默认不能互访，规则不能引用其他安全组。',
        '归属 = ?云产品 可以查看，但无法在此修改其规则和成员。',
        'ID = `sg-2`',
        '规则数 = 2',
        '专有网络 = `vpc-1`',
        '资源组 = `rg-1`',
      ],
      ['Type = quantum', 'ID = `sg-bp1000000000000000002`', 'Rules = 2', 'VPC = Classic network'],
      ['类型 = quantum', 'ID = `sg-bp1000000000000000002`', '规则数 = 2', '专有网络 = 经典网络'],
    ]);
  });

  it('name forty tags and how many more there are', () => {
    const tags = Array.from({ length: 42 }, (_, index) => ({ key: `k${index}`, value: '' }));
    const last = (language: 'en' | 'zh') => toldSection(page(targetDetails({ resource: instance({ tags }) }), { language }), 'facts').at(-1);
    expect(BOTH.map((language) => last(language)?.split(' <k38> ')[1])).toEqual(['<k39> and 2 more', '<k39> 另有 2 个']);
  });
});
