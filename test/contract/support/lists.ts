import type { RawAnswer } from './signedRequest.js';

/** The lists of a region and where their items are: `{ Instances: { Instance: [...] } }`. */
export const LISTS = {
  DescribeInstances: ['Instances', 'Instance', 'InstanceId'],
  DescribeNetworkInterfaces: ['NetworkInterfaceSets', 'NetworkInterfaceSet', 'NetworkInterfaceId'],
  DescribeSecurityGroups: ['SecurityGroups', 'SecurityGroup', 'SecurityGroupId'],
} as const;

export type ListName = keyof typeof LISTS;
export const LIST_NAMES = Object.keys(LISTS) as ListName[];

export type Item = Readonly<Record<string, unknown>>;

/** The items of one page. */
export function itemsOf(name: ListName, { body }: Pick<RawAnswer, 'body'>): readonly Item[] {
  const [outer, inner] = LISTS[name];
  return (body[outer] as Readonly<Record<string, readonly Item[]>> | undefined)?.[inner] ?? [];
}

export function idsOf(name: ListName, answer: Pick<RawAnswer, 'body'>): readonly string[] {
  return itemsOf(name, answer).map((item) => String(item[LISTS[name][2]]));
}

/** The token of the next page; empty on the last one. */
export function tokenOf({ body }: Pick<RawAnswer, 'body'>): string {
  const { NextToken } = body;
  return typeof NextToken === 'string' ? NextToken : '';
}

/** All items, page by page; a list that does not end fails. */
export async function everyItem(name: ListName, read: (query: Readonly<Record<string, string>>) => Promise<RawAnswer>): Promise<readonly Item[]> {
  const items: Item[] = [];
  let token = '';
  for (let pages = 0; pages < 1_000; pages += 1) {
    const answer = await read({ MaxResults: '100', ...(token !== '' && { NextToken: token }) });
    items.push(...itemsOf(name, answer));
    token = tokenOf(answer);
    if (token === '') return items;
  }
  throw new Error('The list has no end.');
}
