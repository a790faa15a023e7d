import type { CatalogueEntry } from '../catalogueEntry.js';
import { THROTTLING_PAGE } from './sources.js';

/** What can be told of a code that the catalogue does not have. */
export type FailureClass = 'refused' | 'failed' | 'throttled' | 'unclear';

export type GenericEntry = Omit<CatalogueEntry, 'sources'>;

export const GENERIC_ENTRIES: Readonly<Record<FailureClass, GenericEntry>> = {
  refused: {
    meaning: {
      en: 'The service refused the request with a code that this extension does not know.',
      zh: '服务拒绝了请求，返回的错误码不在本扩展的收录范围内。',
    },
    remedy: {
      en: 'Read the message of the service, and look the code up in the error centre. The same request will most likely be refused again.',
      zh: '阅读服务返回的信息，并在错误中心查询该错误码。相同的请求很可能会再次被拒绝。',
    },
    retry: 'never',
    fix: 'none',
    page: '',
  },
  failed: {
    meaning: {
      en: 'The service, or a gateway before it, failed with a code that this extension does not know. A change may or may not have been carried out.',
      zh: '服务或其前面的网关发生故障，返回的错误码不在本扩展的收录范围内。更改可能已执行，也可能没有。',
    },
    remedy: {
      en: 'Read the resource again before repeating a change, and keep the RequestId for a ticket.',
      zh: '重复更改之前先重新读取资源，并保留 RequestId 以便提交工单。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    page: '',
  },
  throttled: {
    meaning: {
      en: 'Flow control turned the request away, and it was not carried out.',
      zh: '请求因流量控制被拒绝，未执行。',
    },
    remedy: {
      en: 'Wait until the next minute, or as long as the service asks, before sending it again.',
      zh: '等到下一分钟，或按服务要求的时长等待，然后再发送。',
    },
    retry: 'throttled',
    fix: 'retry',
    page: THROTTLING_PAGE,
  },
  unclear: {
    meaning: {
      en: 'This extension does not know the code, and nothing tells whether the request was carried out.',
      zh: '本扩展未收录该错误码，也没有信息表明请求是否已执行。',
    },
    remedy: {
      en: 'Look the code up in the error centre, and check the resource before sending anything again.',
      zh: '在错误中心查询该错误码，再次发送之前先检查资源。',
    },
    retry: 'rereadFirst',
    fix: 'checkAgain',
    page: '',
  },
};
