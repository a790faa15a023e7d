import type { InterfaceGroups } from '../../domain/exposure/effectiveRule.js';
import { differenceOf } from '../../domain/exposure/difference.js';
import type { Difference, Reach } from '../../domain/exposure/reach.js';
import type { Text } from '../../domain/text.js';
import { gainText } from '../reachText.js';
import type { PageContext } from './context.js';
import type { Block, Note } from './page.js';
import { muted, note, words } from './parts.js';
import { reachList } from './reachList.js';
import { unknownBlocks } from './unknownText.js';

/** What is open, at the first look: all that a console never tells in one place. */

const NOTHING: InterfaceGroups = { groups: [] };

const INBOUND: Text = { en: 'Inbound: who gets in', zh: '入方向：谁可以访问' };
const OUTBOUND: Text = { en: 'Outbound: what can be reached', zh: '出方向：可以访问谁' };
const NOBODY: Text = { en: 'Nothing gets in: no rule lets anybody in.', zh: '没有流量可以进入：没有规则允许任何来源访问。' };
const NOWHERE: Text = { en: 'Nothing gets out: no rule lets anything out.', zh: '没有流量可以发出：没有规则允许访问任何目的。' };
const NOBODY_KNOWN: Text = { en: 'Nothing is known to get in.', zh: '未发现可以进入的流量。' };
const NOWHERE_KNOWN: Text = { en: 'Nothing is known to get out.', zh: '未发现可以发出的流量。' };

/** All that groups let through: the difference between no groups and these. */
export function openingsOf(groups: InterfaceGroups): Difference {
  return differenceOf(NOTHING, groups);
}

/** The loud note: sensitive ports that the whole internet reaches; none where there is none. */
export function loudNotes({ sensitive }: Pick<Difference, 'sensitive'>, { language }: PageContext): readonly Note[] {
  if (sensitive.length === 0) return [];
  const ports = sensitive.map((gain) => gainText(gain, language)).join(language === 'zh' ? '、' : ', ');
  return [note('danger', language === 'zh' ? `整个互联网都可以访问：${ports}` : `Open to the whole internet: ${ports}`)];
}

/** What is unknown, then each direction: a list of who and what, or in words that there is nothing. */
export function openBlocks({ opens, unknown }: Difference, context: PageContext): readonly Block[] {
  const isKnown = unknown.length === 0;
  const of = (direction: Reach['direction']) => opens.filter((reach) => reach.direction === direction);
  return [
    ...unknownBlocks(unknown, context),
    ...directionBlocks({ title: INBOUND, empty: isKnown ? NOBODY : NOBODY_KNOWN, reaches: of('ingress') }, context),
    ...directionBlocks({ title: OUTBOUND, empty: isKnown ? NOWHERE : NOWHERE_KNOWN, reaches: of('egress') }, context),
  ];
}

interface DirectionParts {
  readonly title: Text;
  readonly empty: Text;
  readonly reaches: readonly Reach[];
}

function directionBlocks({ title, empty, reaches }: DirectionParts, context: PageContext): readonly Block[] {
  const { language } = context;
  const told: Block = reaches.length === 0 ? { block: 'text', words: [muted(empty[language])] } : reachList(reaches, context);
  return [{ block: 'heading', text: title[language] }, told];
}

const NO_PUBLIC_ADDRESS: Text = {
  en: 'It has no public address: the internet reaches it only by way of something in front of it, such as a load balancer or a NAT gateway.',
  zh: '它没有公网地址：只有经由其前面的负载均衡、NAT 网关等，互联网才能访问它。',
};

/** Whether what is open to the world can be reached from there at all. */
export function publicAddressBlocks(addresses: readonly string[], { opens }: Difference, { language }: PageContext): readonly Block[] {
  const isOpen = opens.some(({ direction, peer }) => direction === 'ingress' && peer.peer === 'cidr' && (peer.cidr === '0.0.0.0/0' || peer.cidr === '::/0'));
  return isOpen && addresses.length === 0 ? [{ block: 'text', words: [words(NO_PUBLIC_ADDRESS[language])] }] : [];
}
