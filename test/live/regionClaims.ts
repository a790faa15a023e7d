import { isOfficialHost } from '../../src/cloud/endpoints.js';
import { answered, judged, notChecked, refused, type Checklist } from './claims.js';
import { bodyOf, itemsOf } from './lists.js';
import { MADE_UP } from './pseudonyms.js';
import type { Exchange } from './recorder.js';
import type { Service } from './service.js';

const REGIONS = ['Regions', 'Region'] as const;
const FIELDS = ['RegionId', 'LocalName', 'RegionEndpoint', 'Status'];

/** What DescribeRegions told; empty where it could not be read. */
export interface Regions {
  readonly ids: readonly string[];
}

const names = (exchange: Exchange) => itemsOf(exchange, REGIONS).map((region) => region.text('LocalName') ?? '');

type Read = (parameters?: Readonly<Record<string, string>>) => Promise<Exchange>;

/** Section 3.1, DescribeRegions. */
export async function checkRegions(service: Service, checklist: Checklist, endpoint: string): Promise<Regions> {
  const read: Read = (parameters = {}) => service.ask('DescribeRegions', parameters);
  const ids = await checkList(read, checklist);
  await checkLanguages(read, checklist);
  await checkEndpoints(read, checklist, endpoint);
  await checkRefusals(service, checklist);
  return { ids };
}

async function checkList(read: Read, checklist: Checklist): Promise<readonly string[]> {
  let ids: readonly string[] = [];
  await checklist.check({ name: 'regions-fields', source: 'facts 3.1', expected: `every region has ${FIELDS.join(', ')}` }, async () => {
    const regions = itemsOf(answered(await read({ AcceptLanguage: 'en-US' })), REGIONS);
    ids = regions.flatMap((region) => region.text('RegionId') ?? []);
    const lacking = FIELDS.filter((field) => regions.some((region) => region.text(field) === undefined));
    return judged(regions.length > 0 && lacking.length === 0, lacking.length === 0 ? `${regions.length} regions` : `without ${lacking.join(', ')}`);
  });
  await checklist.check({ name: 'regions-one-answer', source: 'facts 3.1', expected: 'all regions in one answer, without a token' }, async () => {
    const token = bodyOf(answered(await read())).text('NextToken');
    return judged(token === undefined, token === undefined ? 'no NextToken' : 'a NextToken');
  });
  return ids;
}

async function checkLanguages(read: Read, checklist: Checklist): Promise<void> {
  await checklist.check({ name: 'regions-language', source: 'facts 3.1', expected: 'Chinese names unless asked otherwise, others in English' }, async () => {
    const [plain, chinese, english] = [names(answered(await read())), names(answered(await read({ AcceptLanguage: 'zh-CN' }))), names(answered(await read({ AcceptLanguage: 'en-US' })))];
    const isDefault = plain.join() === chinese.join();
    const other = english.every((name) => !chinese.includes(name));
    return judged(isDefault && other, `the default is ${isDefault ? '' : 'not '}zh-CN, en-US has ${other ? 'other' : 'the same'} names`);
  });
  await checklist.check({ name: 'regions-unknown-language', source: 'facts 3.1', expected: '404 InvalidAcceptLanguage.NotFound' }, async () =>
    refused(await read({ AcceptLanguage: MADE_UP.language }), [404, 'InvalidAcceptLanguage.NotFound']));
}

async function checkEndpoints(read: Read, checklist: Checklist, endpoint: string): Promise<void> {
  await checklist.check({ name: 'regions-endpoints', source: 'facts 3.8, src/cloud/endpoints.ts', expected: "every RegionEndpoint is a host of ECS under Alibaba Cloud's domain" }, async () => {
    if (endpoint !== '') return notChecked('an endpoint is given, which may name itself');
    const regions = itemsOf(answered(await read()), REGIONS);
    const odd = regions.filter((region) => !isOfficialHost(region.text('RegionEndpoint') ?? '', region.text('RegionId') ?? '')).length;
    return judged(odd === 0, `${odd} of ${regions.length} are elsewhere`);
  });
}

async function checkRefusals(service: Service, checklist: Checklist): Promise<void> {
  await checklist.check({ name: 'regions-unknown', source: 'facts 3.1', expected: '404 InvalidRegionId.NotFound' }, async () =>
    // Asked of the named region: the made-up one would be a made-up host.
    refused(await service.ask('DescribeInstances', { RegionId: MADE_UP.region }), [404, 'InvalidRegionId.NotFound']));
  await checklist.check({ name: 'regions-missing', source: 'facts 3.1 (RegionId is required)', expected: '400 MissingParameter.RegionId' }, async () =>
    refused(await service.ask('DescribeSecurityGroups', { MaxResults: '10' }), [400, 'MissingParameter.RegionId']));
}
