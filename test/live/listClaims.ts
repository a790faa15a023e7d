import { answered, judged, notChecked, refused, type Checklist, type Seen } from './claims.js';
import { bodyOf, idsOf, itemsOf, smallPages, type LargePage, type ListKind, type Pages } from './lists.js';
import { MADE_UP } from './pseudonyms.js';
import type { Exchange } from './recorder.js';
import type { Service } from './service.js';

const SOURCE = 'facts 3.1';

/** What holds of each of the three lists: paging, totals, tokens and ids. `large` is its first page, as large as it gets. */
export async function checkList(service: Service, checklist: Checklist, list: ListKind, large: LargePage): Promise<void> {
  await checkPages(service, checklist, list, large);
  await checkTotals(service, checklist, list, large);
  await checkIds(service, checklist, list, large);
}

async function checkPages(service: Service, checklist: Checklist, list: ListKind, large: LargePage): Promise<void> {
  const read = (parameters: Readonly<Record<string, string>>) => service.here(list.operation, parameters);
  await checklist.check({ name: `${list.name}-paging`, source: SOURCE, expected: 'small pages hold nothing twice, no token comes twice, together they are what a large page holds' }, async () => {
    const pages = await smallPages((page) => read({ MaxResults: String(list.smallPage), ...page }), (exchange) => idsOf(exchange, list));
    return judgedPages(pages, large);
  });
  await checklist.check({ name: `${list.name}-smallest-page`, source: SOURCE, expected: `the smallest page is one of ${list.smallestPage}` }, async () => {
    if (large.ids.length < 2) return notChecked('the list is too short to tell');
    const count = idsOf(answered(await read({ MaxResults: '1' })), list).length;
    return judged(count === Math.min(list.smallestPage, large.ids.length), `${count} items for MaxResults=1`);
  });
  await checklist.check({ name: `${list.name}-largest-page`, source: SOURCE, expected: `MaxResults above ${list.largestPage} is lowered to it` }, async () => {
    const count = idsOf(answered(await read({ MaxResults: String(list.largestPage + 1) })), list).length;
    return judged(count <= list.largestPage, 'accepted');
  });
  await checklist.check({ name: `${list.name}-bad-token`, source: `${SOURCE}, the sandbox`, expected: list.badToken.join(' ') }, async () =>
    refused(await read({ MaxResults: '10', NextToken: MADE_UP.token }), list.badToken));
}

/** Whether pages are a list; also for the rules of a group, which have no large page beside them. */
export function judgedPages({ ids, tokens, ended }: Pages, large: Pick<LargePage, 'ids' | 'whole'>): Seen {
  const all = ids.flat();
  const twice = all.length - new Set(all).size;
  const tokensTwice = tokens.length - new Set(tokens).size;
  const [shorter, longer] = all.length <= large.ids.length ? [all, large.ids] : [large.ids, all];
  const strangers = shorter.filter((id) => !longer.includes(id)).length;
  const sameLength = !ended || !large.whole || all.length === large.ids.length;
  const seen = `${ids.map(({ length }) => length).join(' + ')} items${ended ? '' : ' and more'}, ${large.ids.length} in the large page, ${twice} twice, ${tokensTwice} tokens twice, ${strangers} not in both`;
  if (twice > 0 || tokensTwice > 0 || strangers > 0 || !sameLength) return judged(false, seen);
  return ids.length > 1 ? judged(true, seen) : notChecked('one page holds the whole list');
}

/** Sections 3.1 and the sdk-facts' table of lists: what TotalCount is worth. */
async function checkTotals(service: Service, checklist: Checklist, list: ListKind, large: LargePage): Promise<void> {
  const groups = list.name === 'groups';
  await checklist.check({ name: `${list.name}-total-with-token`, source: SOURCE, expected: groups ? 'no TotalCount beside MaxResults' : 'TotalCount beside MaxResults is absent or 0, so nobody can count on it' }, () => {
    const total = bodyOf(large.exchange).number('TotalCount');
    return judged(total === undefined || (!groups && total === 0), totalWords(total, large));
  });
  await checklist.check({ name: `${list.name}-total-without-token`, source: SOURCE, expected: 'without MaxResults, TotalCount is the length of the list' }, async () => {
    const total = bodyOf(answered(await service.here(list.operation))).number('TotalCount');
    const fits = large.whole ? total === large.ids.length : (total ?? 0) > large.ids.length;
    return judged(fits, totalWords(total, large));
  });
  await checklist.check({ name: `${list.name}-page-numbers`, source: SOURCE, expected: groups ? '400 NotSupported.PageNumberAndPageSize' : 'page numbers still work' }, async () => {
    const exchange = await service.here(list.operation, { PageNumber: '1', PageSize: '10' });
    if (groups) return refused(exchange, [400, 'NotSupported.PageNumberAndPageSize']);
    const count = idsOf(answered(exchange), list).length;
    return judged(count === Math.min(10, large.ids.length), `${count} items`);
  });
}

function totalWords(total: number | undefined, large: LargePage): string {
  if (total === undefined) return 'absent';
  if (total === 0 && large.ids.length > 0) return '0, although there are items';
  return total === large.ids.length && large.whole ? 'the length of the list' : 'another number';
}

async function checkIds(service: Service, checklist: Checklist, list: ListKind, large: LargePage): Promise<void> {
  const read = async (ids: readonly string[]): Promise<Exchange> => answered(await service.here(list.operation, { MaxResults: '100', ...list.byIds(ids) }));
  await checklist.check({ name: `${list.name}-by-ids`, source: SOURCE, expected: 'a list by ids holds exactly these' }, async () => {
    const wanted = large.ids.filter((id) => id !== '').slice(0, 2);
    if (wanted.length === 0) return notChecked('the list is empty');
    const found = idsOf(await read(wanted), list);
    return judged(found.length === wanted.length && wanted.every((id) => found.includes(id)), `${found.length} items for ${wanted.length} ids`);
  });
  await checklist.check({ name: `${list.name}-unknown-id`, source: SOURCE, expected: 'an unknown id is no error, the item is just absent' }, async () => emptyList(await read([list.unknownId]), list));
  await checklist.check({ name: `${list.name}-malformed-id`, source: 'the sandbox (inferred)', expected: 'a malformed id among the ids is no error either' }, async () => emptyList(await read([list.malformedId]), list));
}

function emptyList(exchange: Exchange, list: ListKind): Seen {
  const count = itemsOf(exchange, list.envelope).length;
  return judged(count === 0, `${count} items`);
}
