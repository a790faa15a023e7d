import { isAnywhere } from '../../domain/exposure/peerReaches.js';
import type { Peer } from '../../domain/exposure/reach.js';
import type { Text } from '../../domain/text.js';
import { forPage } from '../literal.js';
import { peerText } from '../reachText.js';
import { MEMBERS, type PageContext } from './context.js';
import type { Outsider } from './flows.js';
import type { PictureNode, Tone } from './page.js';

const ANYWHERE: Text = { en: 'Anywhere', zh: '任意地址' };
const PREFIX_LIST: Text = { en: 'prefix list, not read', zh: '前缀列表，未能读取' };

/** Somebody outside as a node of the drawing: who, and what they are. */
export function outsiderNode(id: string, { peers: [peer, ...others], except, flows }: Outsider, { language, names }: PageContext): PictureNode {
  const isLoud = flows.some((flow) => flow.isLoud && flow.change !== 'goes');
  const tone: Tone = isLoud ? 'danger' : peer.peer === 'prefixList' ? 'warning' : 'plain';
  const left = except.length === 0 ? undefined : language === 'zh' ? `${except.length} 个地址段除外` : `except ${except.length} ${except.length === 1 ? 'block' : 'blocks'}`;
  const changes = new Set(flows.map(({ change }) => change));
  const [only] = changes;
  const { label, what } = labelOf(peer, language, names);
  const more = others.length === 0 ? undefined : language === 'zh' ? `等 ${others.length + 1} 个地址段` : `and ${others.length} more`;
  const detail = [what, left, more].filter((part) => part !== undefined).join(' · ');
  return { id, label: forPage(label), ...(detail === '' ? {} : { detail: forPage(detail) }), tone, ...(changes.size === 1 && only !== undefined ? { change: only } : {}) };
}

function labelOf(peer: Peer, language: 'en' | 'zh', names: ReadonlyMap<string, string>): { readonly label: string; readonly what?: string } {
  switch (peer.peer) {
    case 'cidr':
      return isAnywhere(peer) ? { label: ANYWHERE[language], what: peer.cidr } : { label: peerText(peer, language) };
    case 'group':
      return { label: names.get(peer.groupId) ?? peer.groupId, what: MEMBERS[language] };
    case 'prefixList':
      return { label: peer.prefixListId, what: PREFIX_LIST[language] };
  }
}
