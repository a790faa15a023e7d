import type { Instance, NetworkInterface } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { interfaceTypeWord } from '../nodeText.js';
import { stateWord } from '../words.js';
import type { PageContext } from './context.js';
import type { Row, Table } from './page.js';
import { cell, code, words } from './parts.js';
import { resourceWords } from './relations.js';

const COLUMN = {
  name: { en: 'Name', zh: '名称' },
  state: { en: 'State', zh: '状态' },
  type: { en: 'Type', zh: '类型' },
  addresses: { en: 'IP addresses', zh: 'IP 地址' },
} satisfies Record<string, Text>;

const EMPTY: Text = { en: 'None is listed for this account.', zh: '此账号没有列出任何成员。' };

/** From this many on, a person looks for one rather than at all. */
const MANY = 10;

/** The members of one kind; an empty list may also be one that permissions hide. */
export function memberTable({ id, title }: { readonly id: string; readonly title: string }, members: readonly (Instance | NetworkInterface)[], context: PageContext): Table {
  const { language } = context;
  return {
    block: 'table',
    id,
    caption: title,
    columns: [
      { id: 'name', title: COLUMN.name[language], sort: 'text' },
      { id: 'state', title: COLUMN.state[language], sort: 'text', filter: true },
      { id: 'type', title: COLUMN.type[language], sort: 'text', filter: true },
      { id: 'addresses', title: COLUMN.addresses[language], sort: 'text' },
    ],
    rows: members.map((member, index) => memberRow(member, index, context)),
    empty: EMPTY[language],
    searchable: members.length >= MANY,
    actions: [],
  };
}

function memberRow(member: Instance | NetworkInterface, index: number, context: PageContext): Row {
  const { language } = context;
  const type = member.kind === 'instance' ? member.instanceType : interfaceTypeWord(member.type, language);
  const addresses = [...member.publicIps, ...member.privateIps, ...(member.ipv6s ?? [])];
  return {
    index,
    cells: [
      cell(resourceWords(member, context)),
      cell([words(stateWord(member.status, language))]),
      cell(type === undefined ? [] : [words(type)]),
      cell(addresses.map((address) => code(address))),
    ],
  };
}
