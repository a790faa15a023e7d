import type { CatalogueEntry } from '../catalogueEntry.js';
import { DESCRIBE_PREFIX_LIST_ATTRIBUTES_PAGE, documentedBy } from './sources.js';

/** Codes about a resource itself: not found, somebody else's, managed, or of the wrong kind. */
export const RESOURCES: Readonly<Record<string, CatalogueEntry>> = {
  'InvalidInstanceId.NotFound': {
    meaning: {
      en: 'The service finds no instance with this ID for this account in the region that was asked.',
      zh: '在所请求的地域中，服务未找到此账号下具有该 ID 的实例。',
    },
    remedy: {
      en: 'Check the ID, the region and the account. If all three are right, the instance has probably been released; refresh the list.',
      zh: '检查实例 ID、地域和账号。如果三者都正确，该实例可能已释放，刷新列表。',
    },
    retry: 'never',
    fix: 'refresh',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute'),
  },
  'InvalidEniId.NotFound': {
    meaning: {
      en: 'The ENI could not be found in the region of the request. It may have been deleted, for example together with its instance.',
      zh: '在请求的地域中找不到该弹性网卡。它可能已被删除，例如随实例一起释放。',
    },
    remedy: {
      en: 'Make sure that the region is the one of the ENI, then refresh the network interfaces.',
      zh: '确认所用地域是该弹性网卡所在的地域，然后刷新弹性网卡列表。',
    },
    retry: 'never',
    fix: 'refresh',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidSecurityGroupId.NotFound': {
    meaning: {
      en: 'The service finds no security group with this ID for this account in the region of the request. A group belongs to one region only.',
      zh: '在请求的地域中，服务未找到此账号下具有该 ID 的安全组。安全组只属于一个地域。',
    },
    remedy: {
      en: 'Refresh the security groups and choose one from the same region as the target.',
      zh: '刷新安全组列表，选择与目标处于同一地域的安全组。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidPrefixListId.NotFound': {
    meaning: {
      en: 'A rule names a prefix list that the service does not find for this account in this region, so the addresses it is about are unknown.',
      zh: '规则引用了一个前缀列表，但服务在此地域中未找到此账号下的该列表，因此规则所涉及的地址未知。',
    },
    remedy: {
      en: 'Look in the VPC console whether the prefix list still exists; one that another account shares with you may have been taken back.',
      zh: '在专有网络控制台查看该前缀列表是否仍然存在；如果它由其他账号共享，共享可能已被取消。',
    },
    retry: 'never',
    fix: 'openConsole',
    ...documentedBy('common'),
    page: DESCRIBE_PREFIX_LIST_ATTRIBUTES_PAGE,
  },
  'InvalidEcsId.NotFound': {
    meaning: {
      en: 'The instance that the request for this ENI refers to could not be found; it may just have been released.',
      zh: '找不到与该弹性网卡的请求相关的实例，它可能刚刚被释放。',
    },
    remedy: {
      en: 'Refresh the ENI to see whether it is still attached to an instance, and repeat the change if it is still wanted.',
      zh: '刷新该弹性网卡，查看它是否仍绑定在实例上；如仍有需要，再重复此更改。',
    },
    retry: 'never',
    fix: 'refresh',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  'InvalidVSwitchId.NotFound': {
    meaning: {
      en: 'The service could not find the vSwitch that the ENI or instance is connected to.',
      zh: '服务找不到该弹性网卡或实例所连接的交换机。',
    },
    remedy: {
      en: 'Look in the VPC console whether the vSwitch still exists; if it does, submit a ticket with the RequestId.',
      zh: '在专有网络控制台查看该交换机是否仍然存在；如果存在，携带 RequestId 提交工单。',
    },
    retry: 'never',
    fix: 'openConsole',
    ...documentedBy('LeaveSecurityGroup', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidOperation.EniAndGroupNotBelongSameUser': {
    meaning: {
      en: 'The ENI and the security group belong to different Alibaba Cloud accounts.',
      zh: '弹性网卡与安全组分属不同的阿里云账号。',
    },
    remedy: {
      en: 'Choose a security group of the account that owns the ENI; sharing a VPC does not share its groups.',
      zh: '选择弹性网卡所属账号下的安全组；共享专有网络并不意味着共享安全组。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('JoinSecurityGroup'),
  },
  NotBelongUser: {
    meaning: {
      en: 'A resource in the request is not owned by the account whose credentials were used.',
      zh: '请求中的某个资源不属于当前凭证所对应的账号。',
    },
    remedy: {
      en: 'Switch to the account that owns the instance, ENI or group, or check whether the ID is the one you meant.',
      zh: '切换到拥有该实例、弹性网卡或安全组的账号，或检查资源 ID 是否填错。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('JoinSecurityGroup'),
  },
  'InvalidOperation.ResourceManagedByCloudProduct': {
    meaning: {
      en: 'A security group in the request is managed by a cloud product, and only that product may change the group and its members.',
      zh: '请求中的某个安全组由云产品托管，只有该云产品可以更改此安全组及其成员。',
    },
    remedy: {
      en: 'Choose a group that is not managed, or make the change in the product that created this one.',
      zh: '选择非托管的安全组，或者在创建此安全组的云产品中进行更改。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidOperation.EniServiceManaged': {
    meaning: {
      en: 'The ENI is managed by a cloud service, which alone may change its security groups.',
      zh: '该弹性网卡由云服务托管，其安全组只能由该云服务更改。',
    },
    remedy: {
      en: 'Change the groups in the settings of the service that owns the ENI, or choose another ENI.',
      zh: '在管理该弹性网卡的云服务中更改安全组，或者选择其他弹性网卡。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidOperation.InvalidEniType': {
    meaning: {
      en: 'The operation does not accept an ENI of this type. Most often it is a primary ENI, whose groups are those of its instance.',
      zh: '此操作不接受该类型的弹性网卡。最常见的情况是主网卡，其安全组就是实例的安全组。',
    },
    remedy: {
      en: 'For a primary ENI, choose its instance as the target. For another type, see in the message of the service which one it expects.',
      zh: '如果是主网卡，改为选择其所属实例；如果是其他类型，查看服务返回信息中要求的类型。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc': {
    meaning: {
      en: 'The ENI is the primary one of an instance, and this operation replaces the groups of secondary ENIs only; of a primary one it changes nothing but name and description.',
      zh: '该弹性网卡是实例的主网卡。此操作只能替换辅助弹性网卡的安全组，对主网卡只能修改名称和描述。',
    },
    remedy: {
      en: 'Replace the security groups of the instance it belongs to; they apply to its primary ENI.',
      zh: '改为替换其所属实例的安全组，实例的安全组会应用到主网卡。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
};
