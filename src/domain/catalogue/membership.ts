import type { CatalogueEntry } from '../catalogueEntry.js';
import { documentedBy } from './sources.js';

/** Codes about being, not being or having to be a member, and about the types of groups that go together. */
export const MEMBERSHIP: Readonly<Record<string, CatalogueEntry>> = {
  'InvalidInstanceId.AlreadyExists': {
    meaning: {
      en: 'The instance is already a member of this security group, so the join had nothing to add.',
      zh: '该实例已在此安全组中，本次加入没有需要新增的内容。',
    },
    remedy: {
      en: 'Take the join as done, and refresh the instance if the tree does not show the group yet.',
      zh: '视为已加入；如果资源树尚未显示该安全组，刷新该实例即可。',
    },
    retry: 'done',
    fix: 'refresh',
    ...documentedBy('JoinSecurityGroup'),
  },
  InstanceNotInSecurityGroup: {
    meaning: {
      en: 'The instance is not a member of a security group named in the request.',
      zh: '该实例不在请求所指定的安全组中。',
    },
    remedy: {
      en: 'For a removal, take it as done. For a replacement, refresh the instance and choose again, starting from the groups it is in now.',
      zh: '如果是移出安全组，视为已完成；如果是替换安全组，先刷新该实例，再以它当前所在的安全组为基础重新选择。',
    },
    retry: 'done',
    fix: 'refresh',
    ...documentedBy('LeaveSecurityGroup', 'ModifyInstanceAttribute'),
  },
  'InvalidSecurityGroupAssociation.NotFound': {
    meaning: {
      en: 'The instance or ENI has no association with this security group, so there was nothing to remove. Until 2024-07-08 the service answered such a removal with success.',
      zh: '该实例或弹性网卡与此安全组没有关联，因此没有可移出的内容。在 2024-07-08 之前，服务对这种移出请求返回成功。',
    },
    remedy: {
      en: 'Check that the group is the one you meant to leave; if it is, count the removal as done.',
      zh: '核对该安全组是否为想要移出的那一个；如果是，可视为已移出。',
    },
    retry: 'done',
    fix: 'refresh',
    ...documentedBy('LeaveSecurityGroup'),
  },
  InstanceLastSecurityGroup: {
    meaning: {
      en: 'This is the only security group the instance is in, and an instance has to stay in at least one.',
      zh: '这是该实例所在的唯一一个安全组，而实例必须至少属于一个安全组。',
    },
    remedy: {
      en: 'Join the instance to another group first and then leave this one, or exchange both in one step by replacing its security groups.',
      zh: '先将实例加入另一个安全组，再从此安全组移出；也可以通过替换安全组一步完成。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('LeaveSecurityGroup'),
  },
  'InvalidOperation.AtLeastInOneGroup': {
    meaning: {
      en: 'The removal would leave the ENI or instance without any security group, which the service does not allow.',
      zh: '移出后，该弹性网卡或实例将不属于任何安全组，服务不允许这样做。',
    },
    remedy: {
      en: 'Add the group that is to stay, and repeat the removal once that group shows on the ENI or instance.',
      zh: '先加入需要保留的安全组，等它出现在该弹性网卡或实例上之后，再执行移出。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('LeaveSecurityGroup'),
  },
  'InvalidOperation.MultiGroupType': {
    meaning: {
      en: 'The change would put the instance or ENI into basic and advanced security groups at the same time; all its groups have to be of one type.',
      zh: '此更改会使实例或弹性网卡同时属于普通安全组和企业级安全组，而它的所有安全组必须为同一类型。',
    },
    remedy: {
      en: 'Choose a group of the type it is already in. Joining cannot change the type: for an instance, replace all its groups in one step (ModifyInstanceAttribute).',
      zh: '选择与当前类型相同的安全组。加入操作无法改变类型；对于实例，可以一次性替换其全部安全组（ModifyInstanceAttribute）来更换类型。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('JoinSecurityGroup', 'ModifyNetworkInterfaceAttribute'),
  },
  'EnterpriseGroupLimited.MutliGroupType': {
    meaning: {
      en: 'The new list of groups for the instance contains both basic and advanced security groups. (The service spells this code "Mutli".)',
      zh: '为该实例指定的新列表中既有普通安全组，又有企业级安全组。（错误码中的“Mutli”是服务自身的拼写。）',
    },
    remedy: {
      en: 'Make the list all basic or all advanced. A replacement may switch the instance from one type to the other, but not mix them.',
      zh: '将列表改为全部是普通安全组，或全部是企业级安全组。替换可以整体切换类型，但不能混用。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('ModifyInstanceAttribute'),
  },
  'InvalidOperation.NotSupportEnterpriseGroup': {
    meaning: {
      en: 'The instance type of this instance cannot be used with advanced security groups.',
      zh: '该实例的实例规格不支持企业级安全组。',
    },
    remedy: {
      en: 'Choose a basic security group, or change the instance to an instance type that supports advanced ones.',
      zh: '选择普通安全组，或者将实例变配为支持企业级安全组的实例规格。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('JoinSecurityGroup'),
  },
  'InvalidParameter.SecurityGroupIdRepeated': {
    meaning: {
      en: 'The list of security groups in the request names the same group more than once.',
      zh: '请求的安全组列表中重复出现了同一个安全组。',
    },
    remedy: {
      en: 'Remove the duplicate, so that each group ID stands in the list once, and submit the replacement again.',
      zh: '删除重复项，使每个安全组 ID 只出现一次，然后重新提交替换。',
    },
    retry: 'never',
    fix: 'pickAnotherGroup',
    ...documentedBy('ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
  },
};
