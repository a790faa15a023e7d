import type { Language, Text } from '../../domain/text.js';
import { lookUp } from '../words.js';

/** What a type of group does, in words (basic and advanced groups page). */
const TYPE: Readonly<Record<string, Text>> = {
  normal: {
    en: 'Basic group: nothing gets in that no rule accepts, everything gets out that no rule drops, and members may reach each other unless told otherwise.',
    zh: '普通安全组：入方向没有规则允许的流量无法进入，出方向没有规则拒绝的流量可以发出，组内成员默认可以互访。',
  },
  enterprise: {
    en: 'Advanced group: nothing gets in or out that no rule accepts, members do not reach each other by themselves, and rules cannot name other groups.',
    zh: '企业级安全组：没有规则允许的流量既不能进入也不能发出，组内成员默认不能互访，规则不能引用其他安全组。',
  },
};

/** The type and what it does by itself; one that is newer than this code stands as the service spells it. */
export function groupTypeText(type: string | undefined, language: Language): string | undefined {
  return lookUp(TYPE, type)?.[language] ?? type;
}

const NAME: Readonly<Record<string, Text>> = { normal: { en: 'Basic group', zh: '普通安全组' }, enterprise: { en: 'Advanced group', zh: '企业级安全组' } };

/** The type in two words. */
export function groupTypeName(type: string | undefined, language: Language): string | undefined {
  return lookUp(NAME, type)?.[language] ?? type;
}
