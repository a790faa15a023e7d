import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CatalogueEntry, CatalogueSource, RetryClass } from '../../../src/domain/catalogueEntry.js';
import { GENERIC_ENTRIES } from '../../../src/domain/catalogue/generic.js';
import { CATALOGUE_PARTS, ERROR_CATALOGUE } from '../../../src/domain/errorCatalogue.js';
import { CLIENT_CODES } from '../../../src/domain/failure.js';
import type { Language } from '../../../src/domain/text.js';

interface Row {
  readonly code: string;
  readonly http: number;
  readonly retry: string;
}

const REFERENCE = path.resolve('../shared/reference');
const SOURCE_OF_LIST: Readonly<Record<string, CatalogueSource>> = {
  JoinSecurityGroup: 'JoinSecurityGroup',
  JoinSecurityGroup_legacy: 'JoinSecurityGroup',
  LeaveSecurityGroup: 'LeaveSecurityGroup',
  ModifyInstanceAttribute_securityGroups: 'ModifyInstanceAttribute',
  ModifyNetworkInterfaceAttribute_securityGroups: 'ModifyNetworkInterfaceAttribute',
  common: 'common',
};
/** Documented for the reads only, so in none of the lists of the file. */
const CODES_OF_READS = [
  'InvalidAction.NotFound',
  'Unauthorized.EmptyRegion',
  'InvalidAcceptLanguage.NotFound',
  'InValidParameter.NextToken',
  'NotSupported.PageNumberAndPageSize',
  'InvalidPrefixListId.NotFound',
  'InvalidSecurityGroupId.Malformed',
];
const RETRY: Readonly<Record<string, RetryClass>> = {
  no: 'never',
  'after-state-change': 'afterStateChange',
  'treat-as-done': 'done',
  backoff: 'backoff',
  'backoff-after-reread': 'rereadFirst',
  'reread-then-retry': 'rereadFirst',
  // The nonce was seen before: the copy that came first may have been carried out.
  resign: 'rereadFirst',
  'retry-after': 'throttled',
  'refresh-credentials': 'refreshCredentials',
};

const lists = Object.entries(JSON.parse(readFileSync(path.join(REFERENCE, 'errors.json'), 'utf8')) as Record<string, unknown>)
  .filter(([name]) => !name.startsWith('_'))
  .map(([name, rows]) => ({ source: sourceOf(name), rows: rows as readonly Row[] }));
const rows = lists.flatMap((list) => list.rows);
const entries = Object.entries(ERROR_CATALOGUE);

function sourceOf(list: string): CatalogueSource {
  const source = SOURCE_OF_LIST[list];
  if (!source) throw new Error(`Unknown list: ${list}`);
  return source;
}

/** Law 5: after a 5xx nobody knows what was done, whatever the file says of pausing. */
function retryOf({ retry, http }: Row): RetryClass | undefined {
  return http >= 500 && retry === 'backoff' ? 'rereadFirst' : RETRY[retry];
}

/** Codes whose text in one language is also that of another one. */
function repeated(part: 'meaning' | 'remedy', language: Language): readonly string[] {
  const texts = [...entries.map(([, entry]) => entry), ...Object.values(GENERIC_ENTRIES)].map((entry) => entry[part][language]);
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

/** The classes that the file gives to each code, over all lists. */
const retryClasses = new Map<string, Set<RetryClass | undefined>>();
for (const row of rows) retryClasses.set(row.code, (retryClasses.get(row.code) ?? new Set()).add(retryOf(row)));

function codesWhere(wrong: (entry: CatalogueEntry) => boolean): readonly string[] {
  return entries.filter(([, entry]) => wrong(entry)).map(([code]) => code);
}

function textsIn(entry: CatalogueEntry, language: Language): readonly string[] {
  return [entry.meaning[language], entry.remedy[language]];
}

describe('the codes of the catalogue', () => {
  it('are the documented ones, those of the reads and our own, and no others', () => {
    const expected = new Set([...rows.map(({ code }) => code), ...CODES_OF_READS, ...CLIENT_CODES]);
    expect(Object.keys(ERROR_CATALOGUE).sort()).toEqual([...expected].sort());
  });

  it('include every code of the page that the project was created from', () => {
    const page = readFileSync(path.join(REFERENCE, 'join-security-group.zh.md'), 'utf8');
    const codes = [...page.matchAll(/^\|\d{3}\|([\w.]+)\|/gm)].map((match) => match[1] ?? '');
    expect(codes).toHaveLength(20);
    expect(codes.filter((code) => !(code in ERROR_CATALOGUE))).toEqual([]);
  });

  it('stand in one part of the catalogue each', () => {
    const all = CATALOGUE_PARTS.flatMap((part) => Object.keys(part));
    expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
  });
});

describe('the texts of the catalogue', () => {
  it.each(['en', 'zh'] as const)('say something of their own for every code in %s, never the words of a class', (language) => {
    expect({ meanings: repeated('meaning', language), remedies: repeated('remedy', language) }).toEqual({ meanings: [], remedies: [] });
  });

  it('are Chinese in Chinese and not in English', () => {
    const chinese = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;
    expect(codesWhere((entry) => textsIn(entry, 'en').some((text) => text === '' || chinese.test(text)))).toEqual([]);
    expect(codesWhere((entry) => textsIn(entry, 'zh').some((text) => !/[\u4e00-\u9fff]/.test(text)))).toEqual([]);
  });

  it('are whole sentences without a leftover of a template', () => {
    const ends = { en: /^[A-Z].*[.)]$/, zh: /[。）]$/ };
    const odd = (text: string): boolean => /%s|\{|\}|\$|\s{2}|^\s|\s$|\b(?:TODO|undefined|null)\b/.test(text);
    expect(codesWhere((entry) => textsIn(entry, 'en').some((text) => odd(text) || !ends.en.test(text)))).toEqual([]);
    expect(codesWhere((entry) => textsIn(entry, 'zh').some((text) => odd(text) || !ends.zh.test(text)))).toEqual([]);
  });

  it('are short and calm', () => {
    expect(codesWhere((entry) => [...textsIn(entry, 'en'), ...textsIn(entry, 'zh')].some((text) => /[!！]|\bplease\b/i.test(text)))).toEqual([]);
    expect(codesWhere((entry) => textsIn(entry, 'en').some((text) => text.length > 260))).toEqual([]);
    expect(codesWhere((entry) => textsIn(entry, 'zh').some((text) => text.length > 140))).toEqual([]);
  });
});

describe('the facts of the catalogue', () => {
  it('name for every code the operations that document it', () => {
    const documented = new Map<string, Set<CatalogueSource>>();
    for (const { source, rows: listed } of lists) {
      for (const { code } of listed) documented.set(code, (documented.get(code) ?? new Set()).add(source));
    }
    for (const code of CODES_OF_READS) documented.set(code, new Set(['common']));
    for (const code of CLIENT_CODES) documented.set(code, new Set(['client']));
    const expected = Object.fromEntries([...documented].map(([code, sources]) => [code, [...sources].sort()]));
    expect(Object.fromEntries(entries.map(([code, entry]) => [code, [...entry.sources].sort()]))).toEqual(expected);
  });

  it('agree with the retry column of the reference file', () => {
    const wrong = [...retryClasses].filter(([code, classes]) => !classes.has(ERROR_CATALOGUE[code]?.retry));
    expect(wrong).toEqual([]);
  });

  it('give one retry class for all operations, but for the code that ends a removal and stops a replacement', () => {
    const several = [...retryClasses].filter(([, classes]) => classes.size > 1);
    expect(several).toEqual([['InstanceNotInSecurityGroup', new Set(['done', 'never'])]]);
  });

  it('name a help page for every code of the service and none for our own', () => {
    expect(codesWhere((entry) => entry.sources.includes('client') !== (entry.page === ''))).toEqual([]);
    expect(codesWhere((entry) => !/^(?:https:\/\/(?:www\.alibabacloud\.com\/help|help\.aliyun\.com)\/[\w./-]+)?$/.test(entry.page))).toEqual([]);
  });

  it('ask to look before anything is sent again after every failure whose outcome is unknown', () => {
    const unknown = ['Client.ConnectionLost', 'Client.Timeout', 'Client.NotJson', 'Client.HtmlAnswer', 'Client.AnswerTooLarge', 'Client.OddAnswer', 'Client.Tls'];
    expect(unknown.map((code) => ERROR_CATALOGUE[code]?.retry)).toEqual(unknown.map(() => 'rereadFirst'));
  });
});
