import type { CatalogueEntry } from '../catalogueEntry.js';
import { DESCRIBE_REGIONS_PAGE, documentedBy } from './sources.js';

/** Codes about who sends the request: keys, tokens, signatures, the clock, and permissions. */
export const AUTH: Readonly<Record<string, CatalogueEntry>> = {
  'InvalidAccessKeyId.NotFound': {
    meaning: {
      en: 'The service does not know the AccessKey ID; it was mistyped, or the key has been deleted.',
      zh: '服务中不存在该 AccessKey ID，可能是输入有误，或该密钥已被删除。',
    },
    remedy: {
      en: 'Compare the ID with the list of AccessKeys in the RAM console, and store the key again or choose another account.',
      zh: '与 RAM 控制台中的 AccessKey 列表核对，重新保存该密钥，或选择其他账号。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('common'),
  },
  'InvalidAccessKeyId.Inactive': {
    meaning: {
      en: 'The AccessKey exists, but it has been disabled.',
      zh: '该 AccessKey 存在，但已被禁用。',
    },
    remedy: {
      en: 'Enable the AccessKey in the RAM console, or use one that is active.',
      zh: '在 RAM 控制台启用该 AccessKey，或改用处于启用状态的 AccessKey。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('common'),
  },
  'Forbidden.AccessKeyDisabled': {
    meaning: {
      en: 'The AccessKey may not be used: it has been switched off by its owner or by Alibaba Cloud, for example after it leaked.',
      zh: '该 AccessKey 不可使用：已被所有者或阿里云停用，例如因发生泄露。',
    },
    remedy: {
      en: 'Find out why the key was switched off; if it leaked, delete it and create a new one.',
      zh: '查明该密钥被停用的原因；如果已泄露，将其删除并创建新的密钥。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('common'),
  },
  SignatureDoesNotMatch: {
    meaning: {
      en: 'The signature of the request is wrong. Usually the AccessKey secret is not the one of this AccessKey ID; sometimes a proxy alters the request.',
      zh: '请求的签名不正确。通常是 AccessKey Secret 与该 AccessKey ID 不匹配，有时是代理修改了请求。',
    },
    remedy: {
      en: 'Store the AccessKey ID and secret again, without spaces around them; if it stays so, check the proxy.',
      zh: '重新保存 AccessKey ID 和 Secret，注意前后不要有空格；如果仍然出现，检查代理。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('common'),
  },
  IncompleteSignature: {
    meaning: {
      en: 'Parts of the signature were missing when the request arrived.',
      zh: '请求到达时，签名信息不完整。',
    },
    remedy: {
      en: 'Check whether a proxy or a custom endpoint removes headers such as Authorization from requests.',
      zh: '检查代理或自定义接入点是否去掉了请求中的 Authorization 等请求头。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('common'),
  },
  SignatureNonceUsed: {
    meaning: {
      en: 'The service had already received a request with this one-time number, so this copy was turned away. The first copy may have been carried out.',
      zh: '服务此前已收到带有相同唯一随机数（Nonce）的请求，因此拒绝了这一份。先到的那一份可能已被执行。',
    },
    remedy: {
      en: 'Look whether the change is already there; if it is not, start it again, which signs it anew.',
      zh: '查看更改是否已生效；如果没有，重新发起，请求会重新签名。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    ...documentedBy('common'),
  },
  InvalidSignatureMethod: {
    meaning: {
      en: 'The server that answered does not accept the method by which the request was signed.',
      zh: '应答的服务器不接受该请求所用的签名方法。',
    },
    remedy: {
      en: 'Check what a custom endpoint points to; if none is set, report the code with the log block.',
      zh: '检查自定义接入点指向的服务；如果没有设置，附上日志反馈此错误码。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('common'),
  },
  'InvalidTimeStamp.Format': {
    meaning: {
      en: 'The time in the request is not written in the form the service expects, which is ISO 8601 in UTC.',
      zh: '请求中的时间格式不符合服务的要求，应为 ISO 8601 格式的 UTC 时间。',
    },
    remedy: {
      en: 'Check that the date and the year of this machine are plausible; if they are, report the code with the log block.',
      zh: '检查本机的日期和年份是否正常；如果正常，附上日志反馈此错误码。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('common'),
  },
  'InvalidTimeStamp.Expired': {
    meaning: {
      en: 'The clock of this machine is more than 15 minutes off the time of the service, so the request counted as expired and was not carried out.',
      zh: '本机时钟与服务时间相差超过 15 分钟，请求被视为过期，未执行。',
    },
    remedy: {
      en: 'Set the clock to automatic network time, check the time zone, and try again.',
      zh: '将系统时钟设为自动同步网络时间，检查时区，然后重试。',
    },
    retry: 'never',
    fix: 'retry',
    ...documentedBy('common'),
  },
  IllegalTimestamp: {
    meaning: {
      en: 'The service rejected the time in the request, which is unreadable or more than 15 minutes from its own.',
      zh: '服务拒绝了请求中的时间：无法识别，或与服务时间相差超过 15 分钟。',
    },
    remedy: {
      en: 'Compare the clock of the machine that runs the extension with a reliable one, correct it, and send the request again.',
      zh: '将运行本扩展的机器的时钟与可靠的时间对照并校准，然后重新发送请求。',
    },
    retry: 'never',
    fix: 'retry',
    ...documentedBy('common'),
  },
  MissingSecurityToken: {
    meaning: {
      en: 'The AccessKey is a temporary one, and the security token that belongs to it was not sent.',
      zh: '所用的 AccessKey 是临时密钥，但没有一并发送对应的安全令牌（SecurityToken）。',
    },
    remedy: {
      en: 'Give the token together with the key, in ALIBABA_CLOUD_SECURITY_TOKEN or in the profile.',
      zh: '将安全令牌与密钥一起提供，可放在 ALIBABA_CLOUD_SECURITY_TOKEN 或配置文件中。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('common'),
  },
  'InvalidSecurityToken.Expired': {
    meaning: {
      en: 'The temporary credentials have expired, so the request was not carried out.',
      zh: '临时凭证已过期，请求未执行。',
    },
    remedy: {
      en: 'Sign in again to obtain a new token, for example with the aliyun CLI, and retry.',
      zh: '重新登录以获取新的令牌，例如使用 aliyun CLI，然后重试。',
    },
    retry: 'refreshCredentials',
    fix: 'signIn',
    ...documentedBy('common'),
  },
  'InvalidSecurityToken.Malformed': {
    meaning: {
      en: 'The security token is damaged or cut short.',
      zh: '安全令牌已损坏或不完整。',
    },
    remedy: {
      en: 'Copy the whole token again, without line breaks, or obtain a new one.',
      zh: '重新复制完整的令牌，不要带换行，或者获取新的令牌。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('common'),
  },
  'InvalidSecurityToken.MismatchWithAccessKey': {
    meaning: {
      en: 'The security token was issued for another AccessKey than the one that signed the request.',
      zh: '安全令牌与签名所用的 AccessKey 不是同时签发的一组。',
    },
    remedy: {
      en: 'Replace AccessKey ID, secret and token together, all three from the same issue.',
      zh: '将 AccessKey ID、Secret 和令牌三者一起更换，确保来自同一次签发。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('common'),
  },
  'Forbidden.RAM': {
    meaning: {
      en: 'The RAM user or role in use is not allowed this action on this resource, or the action cannot be granted through RAM.',
      zh: '当前 RAM 用户或角色没有对该资源执行此操作的权限，或者此操作不支持通过 RAM 授权。',
    },
    remedy: {
      en: 'Have the denied action granted on the resource. A join needs ecs:JoinSecurityGroup on both the instance and the securitygroup; for an ENI, grant it on eni as well.',
      zh: '申请对该资源授予被拒绝的操作权限。加入安全组需要对 instance 和 securitygroup 都授予 ecs:JoinSecurityGroup；如果目标是弹性网卡，对 eni 也一并授权。',
    },
    retry: 'never',
    fix: 'copyRamPolicy',
    ...documentedBy('common'),
  },
  NoPermission: {
    meaning: {
      en: 'The credentials are valid, but no policy attached to them permits this request.',
      zh: '凭证有效，但其上没有任何允许此请求的权限策略。',
    },
    remedy: {
      en: 'Attach a policy to the RAM user or role; for a join it allows ecs:JoinSecurityGroup on the resource types instance and securitygroup.',
      zh: '为该 RAM 用户或角色添加权限策略；加入安全组的策略需在 instance 和 securitygroup 两种资源类型上允许 ecs:JoinSecurityGroup。',
    },
    retry: 'never',
    fix: 'copyRamPolicy',
    ...documentedBy('common'),
  },
  'Forbidden.SubUser': {
    meaning: {
      en: 'The request came from a RAM user who has no rights on this resource.',
      zh: '发出请求的 RAM 用户没有操作该资源的权限。',
    },
    remedy: {
      en: 'Ask the owner of the account for ecs:ModifyNetworkInterfaceAttribute on both the ENI and the security groups.',
      zh: '向账号所有者申请对该弹性网卡和相关安全组的 ecs:ModifyNetworkInterfaceAttribute 权限。',
    },
    retry: 'never',
    fix: 'copyRamPolicy',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  'Forbidden.NotSupportRAM': {
    meaning: {
      en: 'The service does not let RAM users do this, whatever their policies say.',
      zh: '服务不允许 RAM 用户执行此操作，与其权限策略无关。',
    },
    remedy: {
      en: 'Have the owner of the Alibaba Cloud account make this change in the console.',
      zh: '由阿里云账号（主账号）的所有者在控制台完成此更改。',
    },
    retry: 'never',
    fix: 'openConsole',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  'InvalidUser.Unauthorized': {
    meaning: {
      en: 'The user behind these credentials is not authorised to change the attributes of this instance.',
      zh: '当前凭证对应的用户未获授权修改该实例的属性。',
    },
    remedy: {
      en: 'Have ecs:ModifyInstanceAttribute granted on the instance and the security groups, or switch to an account that has it.',
      zh: '申请对该实例和相关安全组授予 ecs:ModifyInstanceAttribute，或切换到已有此权限的账号。',
    },
    retry: 'never',
    fix: 'copyRamPolicy',
    ...documentedBy('ModifyInstanceAttribute'),
  },
  'InvalidUserType.NotSupported': {
    meaning: {
      en: 'Accounts of this type cannot use the operation.',
      zh: '此类型的账号不能使用该操作。',
    },
    remedy: {
      en: 'Switch to an account of another type, or ask Alibaba Cloud with a ticket and the RequestId which types can use it.',
      zh: '切换到其他类型的账号，或携带 RequestId 提交工单，咨询哪些类型的账号可以使用。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  'Abs.InvalidAccount.NotFound': {
    meaning: {
      en: 'The Alibaba Cloud account behind the AccessKey was not found, or the AccessKey has expired.',
      zh: '找不到该 AccessKey 对应的阿里云账号，或该 AccessKey 已过期。',
    },
    remedy: {
      en: 'Check in the console that the account is still open, and use an AccessKey that has not expired.',
      zh: '在控制台确认该账号仍然有效，并改用未过期的 AccessKey。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  'Forbidden.RiskControl': {
    meaning: {
      en: 'The risk control of Alibaba Cloud has blocked this operation for the account.',
      zh: '阿里云风控系统已阻止该账号执行此操作。',
    },
    remedy: {
      en: 'Have the account owner look at the notices in the console and settle them, or submit a ticket with the RequestId.',
      zh: '由账号所有者在控制台查看并处理相关通知，或携带 RequestId 提交工单。',
    },
    retry: 'never',
    fix: 'openConsole',
    ...documentedBy('common'),
  },
  'Unauthorized.EmptyRegion': {
    meaning: {
      en: 'The account has no access to any region.',
      zh: '该账号没有任何地域的访问权限。',
    },
    remedy: {
      en: 'Have access to at least one region granted to the account, or switch to an account that has regions.',
      zh: '为该账号申请至少一个地域的访问权限，或切换到有可用地域的账号。',
    },
    retry: 'never',
    fix: 'switchAccount',
    ...documentedBy('common'),
    page: DESCRIBE_REGIONS_PAGE,
  },
};
