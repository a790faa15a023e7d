import type { CatalogueEntry } from '../catalogueEntry.js';
import { documentedBy } from './sources.js';

/** Codes about a state, a lock or another operation that stands in the way. */
export const STATE: Readonly<Record<string, CatalogueEntry>> = {
  IncorrectInstanceStatus: {
    meaning: {
      en: 'The instance is in a state that does not allow this change; its security groups can be changed while it is Running or Stopped.',
      zh: '实例当前的状态不允许此更改；只有在运行中（Running）或已停止（Stopped）状态下才能更改其安全组。',
    },
    remedy: {
      en: 'Wait until the instance is Running or Stopped, then try again.',
      zh: '等待实例变为运行中或已停止，然后重试。',
    },
    retry: 'afterStateChange',
    fix: 'retry',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute'),
  },
  'IncorrectInstanceStatus.Initializing': {
    meaning: {
      en: 'The service is still setting the instance up, as it does shortly after creating or starting it.',
      zh: '服务仍在对实例进行初始化，这通常发生在实例刚创建或刚启动之后。',
    },
    remedy: {
      en: 'Give it some seconds and repeat the change; if this lasts for minutes, look at the instance in the console.',
      zh: '等待数秒后重复此更改；如果持续数分钟，到控制台查看该实例。',
    },
    retry: 'backoff',
    fix: 'retry',
    ...documentedBy('common'),
  },
  'InvalidOperation.InvalidEcsState': {
    meaning: {
      en: 'The present state of the instance, or of the instance the ENI is attached to, does not allow its attributes to be changed.',
      zh: '实例（或弹性网卡所绑定的实例）当前的状态不允许修改属性。',
    },
    remedy: {
      en: 'See the state in the message of the service, let the instance settle in Running or Stopped, and replace the groups then.',
      zh: '查看服务返回信息中的状态，待实例稳定在运行中或已停止后再替换安全组。',
    },
    retry: 'afterStateChange',
    fix: 'retry',
    ...documentedBy('ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidOperation.InvalidEniState': {
    meaning: {
      en: 'The ENI is in a state in which its groups cannot be changed, such as attaching, detaching or deleting; usually it has to be Available or InUse.',
      zh: '弹性网卡处于不能更改安全组的状态，例如绑定中、解绑中或删除中；通常需要为可用（Available）或已绑定（InUse）。',
    },
    remedy: {
      en: 'Wait for attaching or detaching to end, then try again. An ENI that is being deleted can no longer be changed.',
      zh: '等待绑定或解绑结束后重试。正在删除的弹性网卡已无法更改。',
    },
    retry: 'afterStateChange',
    fix: 'retry',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidStatus.EniOrInstanceIsBeingCreated': {
    meaning: {
      en: 'The ENI, or the instance it belongs to, is still being created.',
      zh: '弹性网卡或其所属的实例仍在创建中。',
    },
    remedy: {
      en: 'Wait until the ENI shows as Available or InUse, or the instance as Running or Stopped, and join it then.',
      zh: '等到弹性网卡显示为可用或已绑定，或者实例显示为运行中或已停止，再加入安全组。',
    },
    retry: 'afterStateChange',
    fix: 'retry',
    ...documentedBy('JoinSecurityGroup'),
  },
  'Forbidden.InstanceIsBeingCreated': {
    meaning: {
      en: 'The creation of the instance has not finished, and its security groups cannot be changed before that.',
      zh: '实例的创建尚未完成，在此之前不能更改其安全组。',
    },
    remedy: {
      en: 'Let the creation finish, refresh the instance, and repeat the join.',
      zh: '待实例创建完成后，刷新该实例并重新加入。',
    },
    retry: 'afterStateChange',
    fix: 'retry',
    ...documentedBy('JoinSecurityGroup'),
  },
  InstanceLockedForSecurity: {
    meaning: {
      en: 'Alibaba Cloud has locked the instance for security reasons, and its security groups cannot be changed while the lock lasts.',
      zh: '该实例因安全原因被阿里云锁定，锁定期间不能更改其安全组。',
    },
    remedy: {
      en: 'Open the instance in the console, resolve the security notice behind the lock, and try again after it has been lifted.',
      zh: '在控制台打开该实例，处理导致锁定的安全通知，待锁定解除后再试。',
    },
    retry: 'never',
    fix: 'openConsole',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute'),
  },
  OperationDenied: {
    meaning: {
      en: 'The service denied the change under a code that it uses for several reasons, among them a security lock, a full security group, and a disabled image.',
      zh: '服务拒绝了此更改。该错误码对应多种原因，包括实例被安全锁定、安全组已满、镜像被禁用等。',
    },
    remedy: {
      en: 'See in the message of the service which reason applies, and act on that: have the lock lifted, choose another group, or mend what it names.',
      zh: '根据服务返回的信息判断具体原因并处理：解除锁定、选择其他安全组，或修复其中指出的问题。',
    },
    retry: 'never',
    fix: 'openConsole',
    ...documentedBy('JoinSecurityGroup', 'ModifyInstanceAttribute'),
  },
  'InvalidOperation.Conflict': {
    meaning: {
      en: 'An earlier request for the same resource was still being processed, so this one was turned down without being carried out.',
      zh: '针对同一资源的上一个请求仍在处理，因此本次请求被拒绝，未执行。',
    },
    remedy: {
      en: 'Wait some seconds for the earlier request to finish, then try again.',
      zh: '等待数秒，待上一个请求处理完成后重试。',
    },
    retry: 'backoff',
    fix: 'retry',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup'),
  },
  OperationConflict: {
    meaning: {
      en: 'The operation collides with another operation that is running on the same resource, and was not carried out.',
      zh: '此操作与同一资源上正在进行的另一项操作冲突，未执行。',
    },
    remedy: {
      en: 'Let the other operation end, look at what it changed, and repeat yours if it is still wanted.',
      zh: '待另一项操作结束后，查看它更改了什么，如仍有需要再重复此操作。',
    },
    retry: 'backoff',
    fix: 'retry',
    ...documentedBy('common'),
  },
  'Operation.Conflict': {
    meaning: {
      en: 'A task of ECS is still working on this resource, and the new one conflicts with it.',
      zh: 'ECS 的一项任务仍在处理该资源，新的任务与之冲突。',
    },
    remedy: {
      en: 'Retry after a short pause; if it keeps happening, find out which tool or colleague is changing the resource.',
      zh: '稍候片刻再重试；如果反复出现，查明是哪个工具或哪位同事正在更改该资源。',
    },
    retry: 'backoff',
    fix: 'retry',
    ...documentedBy('common'),
  },
};
