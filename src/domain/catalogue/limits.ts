import type { CatalogueEntry } from '../catalogueEntry.js';
import { documentedBy } from './sources.js';

/**
 * Codes about something that is full. The figures are those of the newest limits page
 * (https://www.alibabacloud.com/help/en/ecs/user-guide/limits); the API pages still show older ones.
 */
export const LIMITS: Readonly<Record<string, CatalogueEntry>> = {
  InstanceSecurityGroupLimitExceeded: {
    meaning: {
      en: 'The instance or ENI is already in as many security groups as it may be. The API pages give 5, the limits page gives 10 per ENI, and a ticket can raise it to 16 at most.',
      zh: '该实例或弹性网卡所在的安全组数量已达上限。API 文档给出的上限是 5 个，使用限制页面给出的是每个弹性网卡 10 个，通过工单最多可提高到 16 个。',
    },
    remedy: {
      en: 'Leave a group that is no longer needed, or ask for a higher limit with a ticket. Some places may be held by groups that a security product added.',
      zh: '移出不再需要的安全组，或者提交工单申请提高上限。部分名额可能被安全类云产品添加的安全组占用。',
    },
    retry: 'never',
    fix: 'openConsole',
    ...documentedBy('JoinSecurityGroup'),
  },
  JoinedGroupLimitExceed: {
    meaning: {
      en: 'The new list has more security groups than the instance or ENI may be in. Every group of the list counts, also those it is in already.',
      zh: '新的安全组列表超出了该实例或弹性网卡可加入的数量。列表中的每个安全组都计算在内，包括原本已加入的。',
    },
    remedy: {
      en: 'Shorten the list until it fits the quota of the account, or have that quota raised with a ticket before replacing.',
      zh: '缩短列表，使其不超过账号的配额；或者先通过工单提高配额，再执行替换。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
  },
  SecurityGroupInstanceLimitExceeded: {
    meaning: {
      en: 'The basic security group is full. In a VPC it holds at most 6,000 private IP addresses, and every address of every associated ENI counts.',
      zh: '该普通安全组已满。专有网络中的普通安全组最多容纳 6,000 个私网 IP 地址，所有关联弹性网卡的每个地址都计算在内。',
    },
    remedy: {
      en: 'Choose another basic group, take members out of this one, or look in Quota Center whether the number of private IPs per group can be raised.',
      zh: '选择其他普通安全组，或从此安全组移出部分成员，或在配额中心查看每个安全组的私网 IP 数量能否提高。',
    },
    retry: 'never',
    fix: 'openQuota',
    ...documentedBy('JoinSecurityGroup'),
  },
  SecurityGroupInstanceLimitExceed: {
    meaning: {
      en: 'A basic security group in the replacement list has no room left for the private IP addresses of this instance or ENI.',
      zh: '替换列表中的某个普通安全组已没有空余，无法容纳该实例或弹性网卡的私网 IP 地址。',
    },
    remedy: {
      en: 'Take the full group out of the list, or make room in it and repeat the replacement; Quota Center shows its quota of private IPs.',
      zh: '将已满的安全组从列表中去掉，或先在其中腾出空间再重新替换；其私网 IP 配额可在配额中心查看。',
    },
    retry: 'never',
    fix: 'openQuota',
    ...documentedBy('ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidOperation.NetworkInterfaceCountExceeded': {
    meaning: {
      en: 'The advanced security group is full: it takes at most 65,536 ENIs.',
      zh: '该企业级安全组已满，最多容纳 65,536 个弹性网卡。',
    },
    remedy: {
      en: 'Choose another advanced group of the same VPC, or remove ENIs that are no longer used from this one.',
      zh: '选择同一专有网络中的其他企业级安全组，或从此安全组移出不再使用的弹性网卡。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('JoinSecurityGroup'),
  },
  'InvalidOperation.EniCountExceeded': {
    meaning: {
      en: 'An advanced security group in the replacement list has reached its ceiling of 65,536 ENIs and takes no further one.',
      zh: '替换列表中的某个企业级安全组已达到 65,536 个弹性网卡的上限，无法再加入。',
    },
    remedy: {
      en: 'Exchange the full group for a less used advanced group and repeat the replacement.',
      zh: '将已满的安全组换成使用较少的企业级安全组，然后重新替换。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
  },
  AclLimitExceed: {
    meaning: {
      en: 'The rules of all security groups of the instance or ENI together would exceed the limit, which is 1,000 inbound and outbound rules combined. A prefix list in a rule may count with its maximum size.',
      zh: '该实例或弹性网卡所在全部安全组的规则总数将超出上限，即入方向与出方向合计 1,000 条。规则引用的前缀列表可能按其最大条目数计算。',
    },
    remedy: {
      en: 'Delete or merge rules in its groups, leave a group that has many, or choose a group with fewer rules.',
      zh: '删除或合并这些安全组中的规则，移出规则较多的安全组，或者选择规则较少的安全组。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('JoinSecurityGroup', 'ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
  },
};
