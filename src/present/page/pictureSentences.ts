import { forPage } from '../literal.js';
import { capital, peerText, spaced } from '../reachText.js';
import { listed } from '../words.js';
import { groupName, type PageContext } from './context.js';
import { countOf, type Flow, type FlowChange, type Outsider } from './flows.js';
import type { PictureNode } from './page.js';
import type { Member } from './pictureParts.js';

/** What a drawing shows. */
interface Shown {
  readonly outsiders: readonly Outsider[];
  readonly folded: readonly Outsider[];
  readonly groups: readonly Member[];
  readonly interfaces: readonly PictureNode[];
}

/** The drawing in words: who reaches what through which group, and who is in them. */
export function sentencesOf({ outsiders, folded, groups, interfaces }: Shown, context: PageContext): readonly string[] {
  const zh = context.language === 'zh';
  const reach = outsiders.flatMap((outsider) => outsider.flows.map((flow) => flowSentence(outsider, flow, context)));
  const more = folded.length === 0 ? [] : [zh ? `另有 ${countOf(folded)} 个来源可以访问。` : `${countOf(folded)} more sources can reach it.`];
  const nobody = outsiders.length === 0 ? [zh ? '没有任何来源可以访问。' : 'Nobody can reach it.'] : [];
  const unknown = groups.filter(({ node }) => node.tone === 'warning').map(({ node }) => (zh ? `安全组 ${node.label} 的规则未知。` : `The rules of ${node.label} are not known.`));
  return [...nobody, ...reach, ...more, ...memberSentences(groups, interfaces, context), ...unknown].map(forPage);
}

type Sentence = (who: string, what: string, through: string) => string;

const NAME_OF: Readonly<Record<'stays' | 'comes' | 'goes', Readonly<Record<'en' | 'zh', Sentence>>>> = {
  stays: {
    en: (who, what, through) => `${capital(who)} can reach ${what}${through}.`,
    zh: (who, what, through) => `${after(who)}可以${through}访问：${what}。`,
  },
  comes: {
    en: (who, what, through) => `New: ${who} could reach ${what}${through}.`,
    zh: (who, what, through) => `新增：${after(who)}将可以${through}访问：${what}。`,
  },
  goes: {
    en: (who, what, through) => `No longer: ${who} reaching ${what}${through}.`,
    zh: (who, what, through) => `不再：${after(who)}将无法${through}访问：${what}。`,
  },
};

/** Chinese follows, set apart. */
function after(who: string): string {
  return spaced(who).trimStart();
}

function flowSentence({ peers }: Outsider, { groupId, traffic, change }: Flow, context: PageContext): string {
  const { language, names } = context;
  const through = groupId === undefined ? '' : language === 'zh' ? `通过 ${groupName(context, groupId)} ` : ` through ${groupName(context, groupId)}`;
  const who = listed(peers.map((peer) => peerText(peer, language, names)), language);
  return NAME_OF[change ?? 'stays'][language](who, listed(traffic, language), through);
}

const MEMBERSHIP: Readonly<Record<'stays' | 'comes' | 'goes', Readonly<Record<'en' | 'zh', (who: string, groups: string) => string>>>> = {
  stays: { en: (who, groups) => `Groups of ${who}: ${groups}.`, zh: (who, groups) => `${who} 所在的安全组：${groups}。` },
  comes: { en: (who, groups) => `Groups that ${who} would join: ${groups}.`, zh: (who, groups) => `${who} 将加入的安全组：${groups}。` },
  goes: { en: (who, groups) => `Groups that ${who} would leave: ${groups}.`, zh: (who, groups) => `${who} 将移出的安全组：${groups}。` },
};

function memberSentences(groups: readonly Member[], interfaces: readonly PictureNode[], { language }: PageContext): readonly string[] {
  const who = listed(interfaces.map(({ label }) => label), language);
  return ([undefined, 'comes', 'goes'] as const).flatMap((change: FlowChange) => {
    const of = groups.filter((group) => group.change === change).map(({ node }) => node.label);
    return of.length === 0 ? [] : [MEMBERSHIP[change ?? 'stays'][language](who, of.join(language === 'zh' ? '、' : ', '))];
  });
}
