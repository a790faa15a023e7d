import type { CatalogueEntry } from '../catalogueEntry.js';
import { documentedBy, THROTTLING_PAGE } from './sources.js';

/** Codes about the service and the way to it: flow control, failures on its side, the wrong address. */
export const SERVICE: Readonly<Record<string, CatalogueEntry>> = {
  Throttling: {
    meaning: {
      en: 'Too many requests reached this API within a short time, and this one was not carried out.',
      zh: '短时间内对该 API 的请求过多，本次请求未执行。',
    },
    remedy: {
      en: 'Wait as long as the service asks, otherwise until the next minute, and send the request again.',
      zh: '按服务要求的时长等待（未说明时等到下一分钟），然后重新发送请求。',
    },
    retry: 'throttled',
    fix: 'retry',
    ...documentedBy('common'),
    page: THROTTLING_PAGE,
  },
  'Throttling.User': {
    meaning: {
      en: 'The account has used up its requests per minute for this API in this region; console, CLI and all other tools count together. The request was not carried out.',
      zh: '该账号在此地域对该 API 每分钟的请求数已用尽，控制台、CLI 和其他工具合并计算。本次请求未执行。',
    },
    remedy: {
      en: 'Continue in the next minute. If it recurs, lower ecsExplorer.requests.writesPerMinute or pause other tools that use the account.',
      zh: '到下一分钟再继续。如果反复出现，调低设置 ecsExplorer.requests.writesPerMinute，或暂停使用该账号的其他工具。',
    },
    retry: 'throttled',
    fix: 'retry',
    ...documentedBy('common'),
    page: THROTTLING_PAGE,
  },
  'Throttling.Api': {
    meaning: {
      en: 'The limit of this API in this region has been reached, and the request was not carried out. Other APIs and regions are not affected.',
      zh: '该 API 在此地域的调用已达流量上限，本次请求未执行。其他 API 和地域不受影响。',
    },
    remedy: {
      en: 'Try again from the next minute on, and avoid refreshing this list in between.',
      zh: '从下一分钟起再试，其间避免反复刷新该列表。',
    },
    retry: 'throttled',
    fix: 'retry',
    ...documentedBy('common'),
    page: THROTTLING_PAGE,
  },
  'Rejected.Throttling': {
    meaning: {
      en: 'The gateway rejected the request because of flow control, before it was carried out.',
      zh: '网关因流量控制拒绝了该请求，请求未执行。',
    },
    remedy: {
      en: 'Send fewer requests at the same time, for example with a lower ecsExplorer.requests.concurrentWrites, and repeat this one after a pause.',
      zh: '减少同时发送的请求，例如调低设置 ecsExplorer.requests.concurrentWrites，稍候再重复本次请求。',
    },
    retry: 'throttled',
    fix: 'retry',
    ...documentedBy('common'),
    page: THROTTLING_PAGE,
  },
  InternalError: {
    meaning: {
      en: 'The service failed while it handled the request and does not say why. A change may or may not have been made.',
      zh: '服务在处理请求时发生内部错误，未说明原因。更改可能已生效，也可能没有。',
    },
    remedy: {
      en: 'Look at the resource first, and send a change again only if it is not there. If it recurs, submit a ticket with the RequestId.',
      zh: '先查看资源，仅在更改未生效时再次发送。如果反复出现，携带 RequestId 提交工单。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    ...documentedBy('JoinSecurityGroup', 'ModifyInstanceAttribute', 'common'),
  },
  ServiceUnavailable: {
    meaning: {
      en: 'The service is temporarily unable to handle the request. For a change it is not certain that it was left undone.',
      zh: '服务暂时无法处理该请求。如果是更改操作，不能确定它没有被执行。',
    },
    remedy: {
      en: 'Pause for a minute, read the resource again, and repeat the request if nothing has changed.',
      zh: '等待一分钟后重新读取资源，如果没有变化再重复请求。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    ...documentedBy('common'),
  },
  RequestTimeout: {
    meaning: {
      en: 'The gateway stopped waiting for the ECS service behind it, where the work may still be going on.',
      zh: '网关等待后端 ECS 服务超时，后端可能仍在处理。',
    },
    remedy: {
      en: 'Check the resource after some seconds, and repeat a change only when it has not appeared.',
      zh: '数秒后检查资源，仅在更改没有出现时再重复。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    ...documentedBy('LeaveSecurityGroup', 'common'),
  },
  'InvalidApi.NotFound': {
    meaning: {
      en: 'The endpoint does not offer this operation in API version 2014-05-26.',
      zh: '该接入点不提供 2014-05-26 版本 API 中的此操作。',
    },
    remedy: {
      en: 'Check that ecsExplorer.endpoint names an ECS endpoint and not that of another product.',
      zh: '检查设置 ecsExplorer.endpoint 是否为 ECS 的接入点，而不是其他产品的。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('common'),
  },
  'InvalidAction.NotFound': {
    meaning: {
      en: 'The server that answered knows no action of this name.',
      zh: '应答的服务器不认识该名称的 Action。',
    },
    remedy: {
      en: 'Empty a custom endpoint to see whether the one of the region knows the action; if not, report the action and the region.',
      zh: '清空自定义接入点，看地域自己的接入点是否支持；如果仍不支持，反馈该 Action 和地域。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('common'),
  },
  'InvalidProtocol.NeedSsl': {
    meaning: {
      en: 'The request arrived over plain HTTP, and the service accepts HTTPS only.',
      zh: '请求以明文 HTTP 到达，而服务只接受 HTTPS。',
    },
    remedy: {
      en: 'Write the endpoint with https://, and check that no proxy turns the connection into plain HTTP.',
      zh: '将接入点写为 https:// 开头，并确认没有代理将连接转为明文 HTTP。',
    },
    retry: 'never',
    fix: 'openEndpointSetting',
    ...documentedBy('common'),
  },
  UnsupportedHTTPMethod: {
    meaning: {
      en: 'The server does not accept the HTTP method with which the request arrived.',
      zh: '服务器不接受该请求所用的 HTTP 方法。',
    },
    remedy: {
      en: 'Check whether a proxy rewrites requests on the way, for example POST into GET.',
      zh: '检查途中的代理是否改写了请求，例如将 POST 改为 GET。',
    },
    retry: 'never',
    fix: 'none',
    ...documentedBy('common'),
  },
};
