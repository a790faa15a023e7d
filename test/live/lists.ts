import { fields, type Fields } from '../../src/cloud/fields.js';
import { answered } from './claims.js';
import { MADE_UP } from './pseudonyms.js';
import type { Exchange } from './recorder.js';
import type { Service } from './service.js';

/** One of the three lists, as the documents describe it. */
export interface ListKind {
  readonly name: 'instances' | 'interfaces' | 'groups';
  readonly operation: `Describe${string}`;
  readonly envelope: readonly [string, string];
  readonly idField: string;
  /** Asked for in small pages, so that a small account has several. */
  readonly smallPage: number;
  readonly largestPage: number;
  /** The smallest page that the service makes; that of groups is inferred. */
  readonly smallestPage: number;
  readonly byIds: (ids: readonly string[]) => Readonly<Record<string, string>>;
  readonly badToken: readonly [number, string];
  readonly unknownId: string;
  readonly malformedId: string;
}

export const repeated = (name: string) => (ids: readonly string[]) => Object.fromEntries(ids.map((id, index) => [`${name}.${index + 1}`, id]));
const jsonList = (name: string) => (ids: readonly string[]) => ({ [name]: JSON.stringify(ids) });

export const INSTANCES: ListKind = {
  name: 'instances',
  operation: 'DescribeInstances',
  envelope: ['Instances', 'Instance'],
  idField: 'InstanceId',
  smallPage: 10,
  smallestPage: 10,
  largestPage: 100,
  byIds: jsonList('InstanceIds'),
  badToken: [400, 'InvalidParameter.NextToken'],
  unknownId: MADE_UP.instance,
  malformedId: MADE_UP.malformedInstance,
};

export const INTERFACES: ListKind = {
  name: 'interfaces',
  operation: 'DescribeNetworkInterfaces',
  envelope: ['NetworkInterfaceSets', 'NetworkInterfaceSet'],
  idField: 'NetworkInterfaceId',
  smallPage: 10,
  smallestPage: 10,
  largestPage: 500,
  byIds: repeated('NetworkInterfaceId'),
  badToken: [400, 'InvalidParameter'],
  unknownId: MADE_UP.interface,
  malformedId: MADE_UP.malformedInterface,
};

export const GROUPS: ListKind = {
  name: 'groups',
  operation: 'DescribeSecurityGroups',
  envelope: ['SecurityGroups', 'SecurityGroup'],
  idField: 'SecurityGroupId',
  smallPage: 5,
  smallestPage: 1,
  largestPage: 100,
  byIds: jsonList('SecurityGroupIds'),
  badToken: [400, 'InValidParameter.NextToken'],
  unknownId: MADE_UP.group,
  malformedId: MADE_UP.malformedGroup,
};

export const LISTS: readonly ListKind[] = [INSTANCES, INTERFACES, GROUPS];

/** An answer's body, read leniently; empty where it is no object. */
export function bodyOf({ json }: Exchange): Fields {
  const body = fields(json) ?? fields({});
  if (body === undefined) throw new Error('An empty object has no fields.');
  return body;
}

export function itemsOf(exchange: Exchange, [envelope, item]: ListKind['envelope']): readonly Fields[] {
  return bodyOf(exchange).list(envelope, item);
}

export function idsOf(exchange: Exchange, list: ListKind): readonly string[] {
  return itemsOf(exchange, list.envelope).map((item) => item.text(list.idField) ?? '');
}

export function tokenOf(exchange: Exchange): string {
  return bodyOf(exchange).text('NextToken') ?? '';
}

/** One page as large as the list allows, and whether it is the whole list. */
export interface LargePage {
  readonly exchange: Exchange;
  readonly items: readonly Fields[];
  readonly ids: readonly string[];
  readonly whole: boolean;
}

export async function largePage(service: Service, list: ListKind): Promise<LargePage> {
  const exchange = answered(await service.here(list.operation, { MaxResults: '100' }));
  return { exchange, items: itemsOf(exchange, list.envelope), ids: idsOf(exchange, list), whole: tokenOf(exchange) === '' };
}

/** Enough to see pages follow each other; a list without end is not followed to it. */
const MOST_PAGES = 6;

export interface Pages {
  readonly ids: readonly (readonly string[])[];
  /** The tokens that led from one page to the next. */
  readonly tokens: readonly string[];
  readonly ended: boolean;
}

/** The first pages of a list, one after the other; stops at a token that comes again. */
export async function smallPages(read: (page: Readonly<Record<string, string>>) => Promise<Exchange>, ids: (exchange: Exchange) => readonly string[]): Promise<Pages> {
  const pages: (readonly string[])[] = [];
  const tokens: string[] = [];
  for (;;) {
    const last = tokens.at(-1);
    const exchange = answered(await read(last === undefined ? {} : { NextToken: last }));
    pages.push(ids(exchange));
    const token = tokenOf(exchange);
    if (token === '') return { ids: pages, tokens, ended: true };
    const again = tokens.includes(token);
    tokens.push(token);
    if (again || pages.length === MOST_PAGES) return { ids: pages, tokens, ended: false };
  }
}
