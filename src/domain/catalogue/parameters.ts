import type { CatalogueEntry } from '../catalogueEntry.js';
import { DESCRIBE_REGIONS_PAGE, DESCRIBE_SECURITY_GROUP_REFERENCES_PAGE, DESCRIBE_SECURITY_GROUPS_PAGE, documentedBy } from './sources.js';

/** Codes about what the request says: ids, regions, and parameters that are missing, wrong or at odds. */
export const PARAMETERS: Readonly<Record<string, CatalogueEntry>> = {
  'InvalidInstanceId.Malformed': {
    meaning: {
      en: 'The value given as the instance ID cannot be one; instance IDs normally begin with "i-".',
      zh: '作为实例 ID 传入的值不是有效的实例 ID；实例 ID 通常以“i-”开头。',
    },
    remedy: {
      en: 'Copy the instance ID again, and check that nothing is cut off and that it is not the ID of an ENI or a group.',
      zh: '重新复制实例 ID，确认没有缺少字符，也没有误用弹性网卡或安全组的 ID。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup'),
  },
  'InvalidInstanceID.Malformed': {
    meaning: {
      en: 'The request for an ENI carried an instance ID that the service could not read.',
      zh: '针对弹性网卡的请求中带有服务无法识别的实例 ID。',
    },
    remedy: {
      en: 'Name the target by its ENI ID alone; where an instance ID is needed as well, correct it.',
      zh: '仅用弹性网卡 ID 指定目标；如果确实还需要实例 ID，将其更正。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  'InvalidParams.EniId': {
    meaning: {
      en: 'The ENI ID in the request is not valid; ENI IDs normally begin with "eni-".',
      zh: '请求中的弹性网卡 ID 无效；弹性网卡 ID 通常以“eni-”开头。',
    },
    remedy: {
      en: 'Copy the ENI ID from the details of the ENI, and make sure that it is not an instance ID.',
      zh: '从弹性网卡的详情中复制其 ID，并确认不是实例 ID。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  'InvalidParam.Malformed': {
    meaning: {
      en: 'An ID or another value in the request is not well formed.',
      zh: '请求中的某个 ID 或其他取值格式不正确。',
    },
    remedy: {
      en: 'Look up in the message of the service which value it is, and correct it before sending the request again.',
      zh: '根据服务返回的信息找出是哪个取值，更正后再发送请求。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup'),
  },
  'InvalidParam.EniIdAndInstanceId.Conflict': {
    meaning: {
      en: 'The request named both an instance and an ENI, and it takes exactly one of them.',
      zh: '请求同时指定了实例和弹性网卡，而只能指定其中一个。',
    },
    remedy: {
      en: 'Choose either the instance or the ENI as the target and leave the other out.',
      zh: '在实例和弹性网卡中只选一个作为目标，去掉另一个。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup'),
  },
  InvalidParameter: {
    meaning: {
      en: 'A parameter of the request has a value that the operation does not accept.',
      zh: '请求中某个参数的取值不被此操作接受。',
    },
    remedy: {
      en: 'Find the parameter in the message of the service and give it a value that its API page permits.',
      zh: '在服务返回的信息中找到该参数，改为 API 文档允许的取值。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'),
  },
  'InvalidParameter.Conflict': {
    meaning: {
      en: 'Parameters of the request contradict each other or cannot be used together.',
      zh: '请求中的参数相互矛盾，或不能同时使用。',
    },
    remedy: {
      en: 'Drop one of the parameters that the message of the service names, and keep the one you need.',
      zh: '在服务返回信息所指出的参数中去掉一个，只保留需要的那个。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  MissingParameter: {
    meaning: {
      en: 'A parameter that the operation requires was not sent.',
      zh: '缺少此操作必需的参数。',
    },
    remedy: {
      en: 'Supply the parameter that the message of the service names, such as the instance or the security group.',
      zh: '补充服务返回信息中指出的参数，例如实例或安全组。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('JoinSecurityGroup', 'ModifyNetworkInterfaceAttribute'),
  },
  'MissingParameter.RegionId': {
    meaning: {
      en: 'The request did not name a region. Operations on an ENI need the region that the ENI is in.',
      zh: '请求没有指定地域。针对弹性网卡的操作必须指定其所在的地域。',
    },
    remedy: {
      en: 'Select the ENI in the tree, so that its region is known, or give the region ID with the command.',
      zh: '在资源树中选择该弹性网卡以确定其地域，或在命令中指定地域 ID。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('JoinSecurityGroup', 'LeaveSecurityGroup'),
  },
  UnsupportedParameter: {
    meaning: {
      en: 'The request carried a parameter that the operation does not know or does not support for this resource.',
      zh: '请求中带有此操作不认识的参数，或对该资源不支持的参数。',
    },
    remedy: {
      en: 'Remove the parameter named in the message of the service; if this extension added it, report that with the log block.',
      zh: '去掉服务返回信息中指出的参数；如果该参数由本扩展添加，附上日志反馈此问题。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  'InvalidOperation.InvalidRegion': {
    meaning: {
      en: 'The region of the request is not valid for the instance that was to be changed.',
      zh: '请求的地域对于要更改的实例无效。',
    },
    remedy: {
      en: 'Find out which region the instance is in, and start the change from there.',
      zh: '确认该实例所在的地域，并在该地域下发起更改。',
    },
    retry: 'never',
    fix: 'pickAnotherTarget',
    ...documentedBy('ModifyInstanceAttribute'),
  },
  'Forbidden.RegionId': {
    meaning: {
      en: 'The operation is not offered in this region.',
      zh: '此地域不提供该操作。',
    },
    remedy: {
      en: 'Check in the console what this region supports for ENIs, or work with an ENI of another region.',
      zh: '在控制台查看该地域对弹性网卡的支持情况，或改用其他地域的弹性网卡。',
    },
    retry: 'never',
    fix: 'openConsole',
    ...documentedBy('ModifyNetworkInterfaceAttribute'),
  },
  'InvalidRegionId.NotFound': {
    meaning: {
      en: 'The service knows no region with this ID, or does not offer it to this account.',
      zh: '服务中没有该 ID 对应的地域，或未向此账号开放。',
    },
    remedy: {
      en: 'Choose the region with Select Regions, which shows the ones this account has.',
      zh: '通过“选择地域”选取，其中会显示此账号可用的地域。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('common'),
  },
  'InvalidRegionId.MalFormed': {
    meaning: {
      en: 'The region ID is not written in the form the service expects, or is empty.',
      zh: '地域 ID 为空，或书写格式不符合服务的要求。',
    },
    remedy: {
      en: 'Write it in lower case with hyphens, such as cn-hangzhou, and look for a slip in ecsExplorer.regions.',
      zh: '使用小写字母和连字符书写，例如 cn-hangzhou，并检查设置 ecsExplorer.regions 是否有误。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('common'),
  },
  DryRunOperation: {
    meaning: {
      en: 'The dry run passed: the request was checked and would have been accepted, and nothing was changed.',
      zh: '预检通过：请求已通过检查，正式发送时会被接受，本次没有任何更改。',
    },
    remedy: {
      en: 'Send the request without DryRun to carry it out. A passed dry run of a read proves no permission to write.',
      zh: '去掉 DryRun 参数后再发送即可执行。读操作的预检通过并不代表拥有写权限。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('common'),
  },
  'InvalidAcceptLanguage.NotFound': {
    meaning: {
      en: 'The names of the regions were asked for in a language that the service does not offer.',
      zh: '查询地域名称时使用了服务不支持的语言。',
    },
    remedy: {
      en: 'Ask in zh-CN, en-US or ja, which are always accepted; if this extension chose the language, report it.',
      zh: '改用始终受支持的 zh-CN、en-US 或 ja；如果语言由本扩展选择，反馈此问题。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('common'),
    page: DESCRIBE_REGIONS_PAGE,
  },
  'InvalidSecurityGroupId.Malformed': {
    meaning: {
      en: 'The list of security group IDs in the request is missing, cannot be read, or is longer than this operation takes.',
      zh: '请求中的安全组 ID 列表缺失、无法解析，或超出此操作允许的数量。',
    },
    remedy: {
      en: 'Send between 1 and 10 IDs when asking for references, and at most 100 when listing groups; if this extension sent the request, report it.',
      zh: '查询引用关系时传入 1 到 10 个 ID，查询安全组列表时最多 100 个；如果请求由本扩展发送，反馈此问题。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('common'),
    page: DESCRIBE_SECURITY_GROUP_REFERENCES_PAGE,
  },
  'InValidParameter.NextToken': {
    meaning: {
      en: 'The token for the next page has expired or does not belong to this list.',
      zh: '用于获取下一页的令牌已失效，或不属于当前列表。',
    },
    remedy: {
      en: 'Refresh the list, so that it is read from its first page again.',
      zh: '刷新列表，从第一页重新读取。',
    },
    retry: 'never',
    fix: 'refresh',
    ...documentedBy('common'),
    page: DESCRIBE_SECURITY_GROUPS_PAGE,
  },
  'NotSupported.PageNumberAndPageSize': {
    meaning: {
      en: 'This list can no longer be read by page number; the service asks for NextToken and MaxResults instead.',
      zh: '该列表不再支持按页码读取，服务要求改用 NextToken 和 MaxResults。',
    },
    remedy: {
      en: 'Change the program that sent the request to page by NextToken; if it was this extension, update it.',
      zh: '将发送请求的程序改为通过 NextToken 分页；如果是本扩展发送的，更新到新版本。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('common'),
    page: DESCRIBE_SECURITY_GROUPS_PAGE,
  },
};
