import { deniedActionOf, troubleKind } from './accountTrouble.js';
import type { CatalogueEntry, FixAction, RetryClass } from './catalogueEntry.js';
import { EXPLICIT_DENIAL } from './catalogue/denial.js';
import type { FailureClass, GenericEntry } from './catalogue/generic.js';
import { GENERIC_ENTRIES } from './catalogue/generic.js';
import { clockSentence } from './clockDifference.js';
import { ERROR_CATALOGUE } from './errorCatalogue.js';
import type { Failure } from './failure.js';
import { grantedOn } from './ramPolicy.js';
import type { Language, Text } from './text.js';

/** The service's own index of error codes, for a code of which no page is known. */
export const ERROR_CENTRE = 'https://error-center.alibabacloud.com/status/product/Ecs';

/** What a code means and what to do next, and how sure that is. */
export interface Explanation {
  /** The code as the service sent it: hostile text when the catalogue does not have it. */
  readonly code: string;
  /** `exact`: this code; `prefix`: the code it refines; `class`: only what kind of failure it is. */
  readonly match: 'exact' | 'prefix' | 'class';
  /** The code that the catalogue explained; empty for a class. */
  readonly matchedCode: string;
  readonly meaning: Text;
  readonly remedy: Text;
  readonly retry: RetryClass;
  readonly fix: FixAction;
  /** The page that documents the code; empty where there is none. */
  readonly page: string;
  /** Where to read more: the service's own diagnosis link if it can be trusted, else the page, else the error centre. */
  readonly link: string;
}

/** One entry found by {@link searchCatalogue}. */
export interface CatalogueHit {
  readonly code: string;
  readonly entry: CatalogueEntry;
}

const CODES: readonly string[] = Object.keys(ERROR_CATALOGUE);
const ENTRIES: ReadonlyMap<string, CatalogueEntry> = new Map(Object.entries(ERROR_CATALOGUE));
/** The service spells one idea in several ways (InvalidInstanceID.Malformed, InvalidRegionId.MalFormed); the first spelling wins. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(CODES.toReversed().map((code) => [code.toLowerCase(), code]));
const LONGEST_CODE = Math.max(...CODES.map((code) => code.length));

/**
 * Explains a code by itself: as the catalogue has it, else by the longest part before a dot that the
 * catalogue has (`IncorrectInstanceStatus.Foo` is a kind of `IncorrectInstanceStatus`), else by its class.
 */
export function explainCode(code: string, httpStatus?: number): Explanation {
  const known = spelled(code);
  if (known) return fromEntry(code, 'exact', known);
  const prefix = longestPrefix(code);
  // The service has many codes of flow control, and whatever stands before the dot, they ask to wait.
  const throttled = /throttling/i.test(code);
  if (prefix && (!throttled || prefix.entry.retry === 'throttled')) return fromEntry(code, 'prefix', prefix);
  const entry: GenericEntry = GENERIC_ENTRIES[throttled ? 'throttled' : classOfStatus(httpStatus)];
  return { ...textsOf(entry), code, match: 'class', matchedCode: '', link: ERROR_CENTRE };
}

/**
 * Explains a failure: its code, with what is known about the operation. A replacement that is told about one
 * group is never done, as it asked for a whole list; after a change the first thing is to look, after a read
 * to read again. A policy that forbids outright is explained as that, whatever the code.
 * A refused time comes with the difference of the clocks, a refused permission with what has to
 * be granted for this very operation.
 */
export function explain(failure: Failure): Explanation {
  const found = explainCode(failure.code, failure.httpStatus);
  const link = trustedLink(failure.recommend) ?? found.link;
  if (failure.deniedBy === 'explicit') return { ...found, ...EXPLICIT_DENIAL, link };
  return {
    ...found,
    meaning: withClock(found.meaning, failure.clockDifferenceMs),
    remedy: (troubleKind(failure.code) === 'denied' ? grantRemedy(failure) : undefined) ?? found.remedy,
    retry: found.retry === 'done' && failure.operation.startsWith('Modify') ? 'never' : found.retry,
    fix: fixFor(failure.operation, found),
    link,
  };
}

/**
 * Entries that fit a query, best first: codes that begin with it, codes that contain it, then entries in
 * whose texts all its words occur, those of the reader's language before those of the other one.
 * An empty query finds everything, by code.
 */
export function searchCatalogue(query: string, language: Language): readonly CatalogueHit[] {
  const wanted = query.trim().toLowerCase();
  return [...ENTRIES]
    .map(([code, entry]) => ({ code, entry, rank: rankOf(wanted, language, { code, entry }) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort((a, b) => a.rank - b.rank || compareCodes(a.code, b.code))
    .map(({ code, entry }) => ({ code, entry }));
}

const NOT_FOUND = 4;

function rankOf(wanted: string, language: Language, { code, entry }: CatalogueHit): number {
  const lowerCode = code.toLowerCase();
  if (lowerCode.startsWith(wanted)) return 0;
  if (lowerCode.includes(wanted)) return 1;
  const words = wanted.split(/\s+/);
  const own = `${code} ${entry.meaning[language]} ${entry.remedy[language]}`.toLowerCase();
  if (words.every((word) => own.includes(word))) return 2;
  const all = `${code} ${entry.meaning.en} ${entry.remedy.en} ${entry.meaning.zh} ${entry.remedy.zh}`.toLowerCase();
  return words.every((word) => all.includes(word)) ? 3 : NOT_FOUND;
}

/** By plain character order, so that the list is the same on every machine. */
function compareCodes(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function spelled(code: string): CatalogueHit | undefined {
  const known = ENTRIES.has(code) ? code : SPELLINGS.get(code.toLowerCase());
  const entry = known === undefined ? undefined : ENTRIES.get(known);
  return known === undefined || entry === undefined ? undefined : { code: known, entry };
}

/** A code comes from outside and may be of any length; a part longer than the longest known code cannot match. */
function longestPrefix(code: string): CatalogueHit | undefined {
  const within = code.slice(0, LONGEST_CODE + 1);
  for (let dot = within.lastIndexOf('.'); dot > 0; dot = within.lastIndexOf('.', dot - 1)) {
    const found = spelled(within.slice(0, dot));
    if (found) return found;
  }
  return undefined;
}

function classOfStatus(httpStatus: number | undefined): FailureClass {
  if (httpStatus === 429) return 'throttled';
  if (httpStatus !== undefined && httpStatus >= 400 && httpStatus < 500) return 'refused';
  if (httpStatus !== undefined && httpStatus >= 500 && httpStatus < 600) return 'failed';
  return 'unclear';
}

function fromEntry(code: string, match: 'exact' | 'prefix', found: CatalogueHit): Explanation {
  return { ...textsOf(found.entry), code, match, matchedCode: found.code, link: found.entry.page };
}

function textsOf({ meaning, remedy, retry, fix, page }: GenericEntry): GenericEntry {
  return { meaning, remedy, retry, fix, page };
}

function fixFor(operation: string, { fix, retry }: Explanation): FixAction {
  if (/^(?:Describe|Get)/.test(operation) && fix === 'checkAgain') return 'retry';
  if (/^(?:Join|Leave|Modify)/.test(operation) && retry === 'rereadFirst') return 'checkAgain';
  return fix;
}

/** What the service puts up with (gateway: InvalidTimeStamp.Expired, help.aliyun.com document 434846). */
const CLOCK_TOLERANCE_MS = 15 * 60_000;

/** The measured difference says it better than the general words, unless it does not account for the refusal. */
function withClock(meaning: Text, differenceMs: number | undefined): Text {
  if (differenceMs === undefined) return meaning;
  const { en, zh } = clockSentence(differenceMs);
  if (Math.abs(differenceMs) < CLOCK_TOLERANCE_MS) return { en: `${meaning.en} ${en}`, zh: `${meaning.zh}${zh}` };
  return { en: `${en} The service allows 15 minutes at most, so the request was not carried out.`, zh: `${zh}服务最多允许相差 15 分钟，因此请求未执行。` };
}

/** What has to be granted for the operation that was denied; undefined where no operation is known. */
function grantRemedy(failure: Failure): Text | undefined {
  const action = deniedActionOf(failure);
  if (action === undefined || failure.operation === '') return undefined;
  if (/^(?:Describe|Get)/.test(failure.operation)) {
    return {
      en: `Have ${action} granted to the RAM user or role, which lets it read and nothing more; then refresh.`,
      zh: `申请为该 RAM 用户或角色授予 ${action}，此权限只允许读取；然后刷新。`,
    };
  }
  const on = grantedOn(action);
  if (on.length === 0) return { en: `Have ${action} granted to the RAM user or role.`, zh: `申请为该 RAM 用户或角色授予 ${action}。` };
  // An ENI counts only where one is changed, and then beside the group.
  const both = on.filter((kind) => kind !== 'eni' || !on.includes('instance'));
  const eni = both.length < on.length ? { en: '; for an ENI, grant it on eni as well', zh: '；如果目标是弹性网卡，对 eni 也一并授权' } : { en: '', zh: '' };
  const [every, all] = both.length > 1 ? ['both ', '都'] : ['', ''];
  return { en: `Have ${action} granted on ${every}${both.join(' and ')}${eni.en}.`, zh: `申请对 ${both.join(' 和 ')} ${all}授予 ${action}${eni.zh}。` };
}

/** Nothing but a plain https address of Alibaba Cloud: no user, no port, no space, bracket, quote or backslash. */
const TRUSTED_LINK = /^https:\/\/(?:[a-z0-9-]{1,63}\.){0,8}(?:aliyun|aliyuncs|alibabacloud)\.com(?:\/[\w.~:/?#&+,=%-]*)?$/i;

function trustedLink(link: string | undefined): string | undefined {
  return link !== undefined && link.length <= 2000 && TRUSTED_LINK.test(link) ? link : undefined;
}
