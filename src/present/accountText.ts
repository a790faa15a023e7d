import type { Language } from '../domain/text.js';
import type { AccountNode } from './explorerNode.js';
import { joined, plain, type Live, type NodeText } from './rowText.js';

/** The row of an account: first what must not be missed, which is why it can't be used and where its requests go; then its number, once that is known. */
export function accountText({ name }: AccountNode, language: Language, { account }: Live): NodeText {
  const here = account?.sandbox === true ? (language === 'zh' ? '仅在本机' : 'on this machine only') : undefined;
  const endpoint = account?.endpoint === undefined ? undefined : `@ ${account.endpoint}`;
  const text = plain(name, account?.sandbox === true ? 'beaker' : 'cloud', { description: joined([account?.failure?.code, here, endpoint, account?.number]), expandable: true, context: 'account' });
  return account?.failure === undefined ? text : { ...text, icon: 'error', color: 'list.errorForeground' };
}
