import type { ChangeEffects } from '../domain/exposure/changeEffects.js';
import type { Unknown } from '../domain/exposure/effectiveRule.js';
import { byPeers, isAnywhere } from '../domain/exposure/peerReaches.js';
import type { Difference, Reach, SensitiveGain } from '../domain/exposure/reach.js';
import type { Language, Text } from '../domain/text.js';
import { SENSITIVE_PORTS } from '../domain/worldPorts.js';
import { named, type GroupNames } from './planText.js';
import { gainsText, reachesText, wholeOfMembers } from './reachText.js';
import { listed } from './words.js';

/** What a change opens and closes in a few lines, for a confirmation. The details page tells it whole. */

interface EffectWords {
  readonly effects: ChangeEffects;
  readonly names: GroupNames;
  readonly language: Language;
}

const SHOWN = 3;
const SENSITIVE: ReadonlySet<number> = new Set(SENSITIVE_PORTS);

/** The one line that nobody may miss: which sensitive ports the whole internet can reach from then on. */
export function loudLines({ effects, language }: Omit<EffectWords, 'names'>): readonly string[] {
  const gains = new Map<number, Set<SensitiveGain['from'][number]>>();
  const loud = effects.differences.filter(({ difference }) => difference.sensitive.length > 0);
  for (const { port, from } of loud.flatMap(({ difference }) => difference.sensitive)) gains.set(port, new Set([...(gains.get(port) ?? []), ...from]));
  if (gains.size === 0) return [];
  const text = gainsText([...gains].map(([port, from]) => ({ port, from: [...from] })), language);
  const [some, all] = [loud, effects.differences].map((of) => of.flatMap(({ targets }) => targets).length);
  if (some === all) return [`⚠ ${text}`];
  return [language === 'zh' ? `⚠ ${text}（${all ?? 0} 个目标中的 ${some ?? 0} 个）` : `⚠ ${text} (${some ?? 0} of ${all ?? 0} targets)`];
}

/** What else opens, what closes, how the number of rules moves, and what is not known. */
export function effectLines({ effects, names, language }: EffectWords): readonly string[] {
  const differences = effects.differences.map(({ difference }) => difference);
  if (differences.length === 0) return [];
  const zh = language === 'zh';
  const [opens, closes] = [reaches(differences.flatMap(({ opens: of }) => of.filter((reach) => !isLoudAlready(reach)))).map(wholeOfMembers), reaches(differences.flatMap(({ closes: of }) => of))];
  const texts = (of: readonly Reach[]) => items(byPeers(of).map((one) => reachesText(one, language, names)), language);
  const unknown = unknownLine(differences.flatMap((difference) => difference.unknown), names, language);
  const isNothing = differences.every((difference) => difference.opens.length === 0 && difference.closes.length === 0);
  return [
    ...(opens.length === 0 ? [] : [`ℹ ${zh ? '将开放：' : 'Opens: '}${texts(opens)}${zh ? '。' : '.'}`]),
    ...(closes.length === 0 ? [] : [`ℹ ${zh ? '不再允许：' : 'No longer accepts: '}${texts(closes)}${zh ? '。已建立的连接最长可能继续保持 910 秒。' : '. Connections that are open already may live on for up to 910 seconds.'}`]),
    ...(isNothing && unknown.length === 0 ? [zh ? 'ℹ 不会开放新的访问，也不会拒绝现有的访问。' : 'ℹ Opens nothing and closes nothing.'] : []),
    ...totalLine(differences, language),
    ...unknown,
  ];
}

/** A single sensitive port that the whole internet gains is in the loud line. */
function isLoudAlready({ direction, protocol, ports, peer }: Reach): boolean {
  return direction === 'ingress' && protocol === 'tcp' && isAnywhere(peer) && ports !== undefined && ports.from === ports.to && SENSITIVE.has(ports.from);
}

/** Some of them, with commas of their own. */
function items(texts: readonly string[], language: Language): string {
  const rest = texts.length - SHOWN;
  const shown = texts.slice(0, SHOWN).join(language === 'zh' ? '；' : '; ');
  if (rest <= 0) return shown;
  return language === 'zh' ? `${shown}；等 ${texts.length} 项` : `${shown}; and ${rest} more`;
}

/** None that another one holds already. */
function reaches(all: readonly Reach[]): readonly Reach[] {
  const world = all.filter(({ peer }) => isAnywhere(peer));
  return all.filter((reach) => isAnywhere(reach.peer) || !world.some((wide) => holds(wide, reach)));
}

/** A group's members are somewhere: beside everybody they are no news. */
function holds(wide: Reach, { direction, protocol, ports, peer }: Reach): boolean {
  if (peer.peer === 'cidr' || wide.direction !== direction || (wide.protocol !== 'all' && wide.protocol !== protocol)) return false;
  return wide.ports === undefined || (ports !== undefined && wide.ports.from <= ports.from && ports.to <= wide.ports.to);
}

/** Of several the one that comes nearest to the limit. */
function totalLine(differences: readonly Difference[], language: Language): readonly string[] {
  const moved = differences.map(({ total }) => total).filter(({ before, after }) => before !== after);
  const [first, ...others] = [...moved].sort((a, b) => b.after - a.after);
  if (first === undefined) return [];
  const zh = language === 'zh';
  const count = (rules: number) => `${first.atLeast ? (zh ? '至少 ' : 'at least ') : ''}${rules.toLocaleString('en')}`;
  const limit = first.limit.toLocaleString('en');
  if (others.length > 0) return [zh ? `ℹ 其所有安全组合计最多 ${count(first.after)} 条规则（上限 ${limit} 条）。` : `ℹ Rules of all its groups: up to ${count(first.after)} of ${limit}.`];
  return [zh ? `ℹ 其所有安全组合计的规则数：${count(first.before)} → ${count(first.after)}（上限 ${limit} 条）。` : `ℹ Rules of all its groups: ${count(first.before)} → ${count(first.after)} of ${limit}.`];
}

const UNKNOWN: Readonly<Record<Exclude<Unknown['unknown'], 'rule'>, (text: string) => Text>> = {
  groupRules: (text) => ({ en: `the rules of ${text}`, zh: `${text} 的规则` }),
  groupType: (text) => ({ en: `the type of ${text}`, zh: `${text} 的类型` }),
  innerPolicy: (text) => ({ en: `whether members of ${text} reach each other`, zh: `${text} 的成员能否互访` }),
  prefixList: (text) => ({ en: `the addresses of prefix list ${text}`, zh: `前缀列表 ${text} 的地址` }),
};

function unknownLine(unknown: readonly Unknown[], names: GroupNames, language: Language): readonly string[] {
  if (unknown.length === 0) return [];
  const zh = language === 'zh';
  const rules = new Set(unknown.flatMap((one) => (one.unknown === 'rule' ? [one.rule] : []))).size;
  const texts = unknown.flatMap((one) => {
    if (one.unknown === 'rule') return [];
    return [UNKNOWN[one.unknown](one.unknown === 'prefixList' ? one.prefixListId : named(one.groupId, names.get(one.groupId)))[language]];
  });
  const odd = rules === 0 ? [] : [zh ? `${rules} 条无法评估的规则` : rules === 1 ? 'a rule that can’t be evaluated' : `${rules} rules that can’t be evaluated`];
  const text = listed([...new Set(texts), ...odd], language, 4);
  return [zh ? `ℹ 无法完整读取此操作会开放或拒绝哪些访问，未知：${text}。` : `ℹ What this opens or closes could not be read completely. Not known: ${text}.`];
}
