import type { CatalogueEntry } from '../catalogueEntry.js';
import { documentedBy } from './sources.js';

/** Codes about a group and a target that are not in the same network. */
export const NETWORK: Readonly<Record<string, CatalogueEntry>> = {
  'InvalidInstanceId.Mismatch': {
    meaning: {
      en: 'The instance and the security group are not in the same VPC, or one is in a VPC and the other in the classic network.',
      zh: '实例与安全组不在同一个专有网络，或者一个属于专有网络而另一个属于经典网络。',
    },
    remedy: {
      en: 'Choose a security group that belongs to the VPC of the instance, or create one there.',
      zh: '选择属于该实例所在专有网络的安全组，或者在该专有网络中新建一个。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('JoinSecurityGroup'),
  },
  'InvalidOperation.VpcMismatch': {
    meaning: {
      en: 'The VPC of a security group in the request differs from the VPC of the ENI or instance.',
      zh: '请求中某个安全组所属的专有网络与弹性网卡或实例所属的专有网络不同。',
    },
    remedy: {
      en: 'Compare the VPC IDs of both sides and choose groups whose VPC is that of the target.',
      zh: '比较双方的专有网络 ID，选择与目标属于同一专有网络的安全组。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('JoinSecurityGroup', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidNetworkType.NotSupported': {
    meaning: {
      en: 'The instance is in the classic network, where its list of security groups cannot be replaced.',
      zh: '该实例位于经典网络，经典网络实例不支持替换安全组列表。',
    },
    remedy: {
      en: 'Change its groups one at a time by join and leave, or migrate the instance to a VPC first.',
      zh: '通过加入和移出逐个更改其安全组，或者先将实例迁移到专有网络。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('ModifyInstanceAttribute'),
  },
  'InvalidSecurityGroupType.NotSupportClassic': {
    meaning: {
      en: 'The replacement list contains a security group of the classic network, which an instance in a VPC cannot use.',
      zh: '替换列表中包含经典网络类型的安全组，专有网络中的实例不能使用。',
    },
    remedy: {
      en: 'Remove the classic groups from the list; they are the ones without a VPC ID.',
      zh: '从列表中去掉经典网络安全组，即没有专有网络 ID 的安全组。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('ModifyInstanceAttribute'),
  },
  'InvalidSecurityGroupVpc.NotBelongToOneVpc': {
    meaning: {
      en: 'The security groups in the replacement list come from more than one VPC.',
      zh: '替换列表中的安全组来自多个专有网络。',
    },
    remedy: {
      en: 'Keep only groups of one VPC in the list, the one that the instance is in.',
      zh: '列表中只保留一个专有网络的安全组，即该实例所在的专有网络。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('ModifyInstanceAttribute'),
  },
  'InvalidSecurityGroupId.NotVpc': {
    meaning: {
      en: 'A security group given for the ENI belongs to the classic network, while an ENI is always in a VPC.',
      zh: '为弹性网卡指定的某个安全组属于经典网络，而弹性网卡始终位于专有网络中。',
    },
    remedy: {
      en: 'Exchange that group for one that shows the VPC of the ENI in its details.',
      zh: '将该安全组换成详情中显示为弹性网卡所在专有网络的安全组。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
};
