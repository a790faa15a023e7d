import type { Ecs, RequestContext } from '../../src/app/ports/ecs.js';
import type { Result } from '../../src/domain/failure.js';
import { judged, notChecked, type Checklist, type Seen } from './claims.js';
import { bodyOf, type LargePage } from './lists.js';
import { cleanCode } from './pseudonyms.js';
import type { Exchange } from './recorder.js';

const REQUEST_ID = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;
const ERROR_FIELDS = ['RequestId', 'HostId', 'Code', 'Message'];

/** Section 3.6, on everything that was answered so far. */
export async function checkAnswers(checklist: Checklist, exchanges: readonly Exchange[]): Promise<void> {
  // What is no JSON came from something in between.
  const answers = exchanges.filter(({ json }) => json !== undefined);
  const errors = answers.filter(({ code }) => code !== '');
  await checklist.check({ name: 'request-ids', source: 'facts 3.6', expected: 'every answer has a RequestId, an upper-case UUID' }, () => {
    const odd = answers.filter((answer) => !REQUEST_ID.test(bodyOf(answer).text('RequestId') ?? '')).length;
    return answers.length === 0 ? notChecked('nothing was answered') : judged(odd === 0, `${odd} of ${answers.length} are others`);
  });
  await checklist.check({ name: 'error-fields', source: 'facts 3.6', expected: `every refusal has ${ERROR_FIELDS.join(', ')}` }, () => {
    const lacking = ERROR_FIELDS.filter((field) => errors.some((error) => bodyOf(error).text(field) === undefined));
    return errors.length === 0 ? notChecked('nothing was refused') : judged(lacking.length === 0, lacking.length === 0 ? `${errors.length} refusals` : `without ${lacking.join(', ')}`);
  });
  await checklist.check({ name: 'error-recommend', source: 'open point 5, the sandbox', expected: 'Recommend is https://api.aliyun.com/troubleshoot with q, product, requestId' }, () => {
    if (errors.length === 0) return notChecked('nothing was refused');
    const forms = [...new Set(errors.map((error) => formOf(bodyOf(error).text('Recommend'))))];
    return judged(forms.length === 1 && forms[0] === 'https://api.aliyun.com/troubleshoot with q, product, requestId', forms.join('; '));
  });
}

/** A link without what it carries. */
function formOf(link: string | undefined): string {
  if (link === undefined) return 'absent';
  if (!URL.canParse(link)) return 'no address';
  const { protocol, hostname, pathname, searchParams } = new URL(link);
  if (!/\.(?:aliyun|alibabacloud|aliyuncs)\.com$/.test(hostname)) return 'an address elsewhere';
  return `${protocol}//${hostname}${pathname} with ${[...searchParams.keys()].map(cleanCode).join(', ')}`;
}

export interface Lists {
  readonly instances: LargePage | undefined;
  readonly interfaces: LargePage | undefined;
  readonly groups: LargePage | undefined;
  readonly groupId: string | undefined;
}

/** The product's own translation: what it makes of the same lists. */
export async function checkTranslation(ecs: Ecs, checklist: Checklist, lists: Lists, about: { readonly regionId: string; readonly context: RequestContext }): Promise<void> {
  const { regionId, context } = about;
  const query = { regionId, pageSize: 100 };
  const source = 'src/cloud/translate.ts';
  const expected = (facts: string) => `every item of the list arrives, with ${facts}`;
  await checklist.check({ name: 'translated-instances', source, expected: expected('state, network and groups') }, async () =>
    arrived(lists.instances, await ecs.listInstances(query, context), ({ status, networkType, vpcId, securityGroupIds }) => [status, networkType, vpcId, securityGroupIds]));
  await checklist.check({ name: 'translated-interfaces', source, expected: expected('state, type, network, groups and whether it is managed') }, async () =>
    arrived(lists.interfaces, await ecs.listNetworkInterfaces(query, context), ({ status, type, vpcId, securityGroupIds, serviceManaged }) => [status, type, vpcId, securityGroupIds, serviceManaged]));
  await checklist.check({ name: 'translated-groups', source, expected: expected('type, network, number of rules and whether it is managed') }, async () =>
    arrived(lists.groups, await ecs.listSecurityGroups(query, context), ({ type, vpcId, ruleCount, serviceManaged }) => [type, vpcId, ruleCount, serviceManaged]));
  await checklist.check({ name: 'translated-rules', source, expected: 'every rule has its other side and its priority' }, async () => {
    if (lists.groupId === undefined) return notChecked('no group is listed');
    const page = await ecs.readRules({ regionId, securityGroupId: lists.groupId, pageSize: 1000 }, context);
    if (!page.ok) return failure(page.failure.code);
    const odd = page.value.rules.filter(({ peerKind, priority }) => peerKind === 'unknown' || priority === undefined).length;
    return page.value.rules.length === 0 ? notChecked('the group has no rules') : judged(odd === 0, `${odd} of ${page.value.rules.length} are without`);
  });
}

interface Named {
  readonly id: string;
}

function arrived<T extends Named>(large: LargePage | undefined, page: Result<{ readonly items: readonly T[] }>, facts: (item: T) => readonly unknown[]): Seen {
  if (large === undefined || large.ids.length === 0) return notChecked('the list is empty or could not be read');
  if (!page.ok) return failure(page.failure.code);
  const ids = page.value.items.map(({ id }) => id);
  const lost = large.ids.filter((id) => !ids.includes(id)).length;
  const without = page.value.items.filter((item) => facts(item).includes(undefined)).length;
  return judged(lost === 0 && without === 0, `${lost} of ${large.ids.length} lost, ${without} without one of these`);
}

/** What the product calls a failure of this side or of the moment says nothing about its translation. */
function failure(code: string): Seen {
  return code === 'Client.OddAnswer' ? judged(false, code) : notChecked(cleanCode(code));
}
