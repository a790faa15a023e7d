import { explain } from '../domain/explain.js';
import type { Failure } from '../domain/failure.js';
import type { Finding } from '../domain/finding.js';
import type { Outcome } from '../domain/outcome.js';
import type { TargetRef } from '../domain/resources.js';
import type { Language, Text } from '../domain/text.js';
import { forMessage } from './literal.js';
import { named, reasonLines } from './planText.js';

/** What the texts about one target's outcome need. */
export interface TargetOutcome {
  readonly ref: TargetRef;
  readonly name?: string | undefined;
  readonly groupId: string;
  readonly groupName?: string | undefined;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly failure?: Failure | undefined;
  readonly requestId?: string | undefined;
}

interface Names {
  readonly target: string;
  readonly group: string;
}

const OUTCOME_TEXT: Readonly<Record<Outcome, (names: Names) => Text>> = {
  joined: ({ target, group }) => ({ en: `${target} joined security group ${group}.`, zh: `${target} 已加入安全组 ${group}。` }),
  left: ({ target, group }) => ({ en: `${target} left security group ${group}.`, zh: `${target} 已离开安全组 ${group}。` }),
  replaced: ({ target, group }) => ({ en: `The security groups of ${target} were replaced: ${group}.`, zh: `${target} 的安全组已替换为：${group}。` }),
  accepted: ({ target, group }) => ({
    en: `The service accepted the join of ${target} to ${group}; it is not visible yet.`,
    zh: `服务已接受将 ${target} 加入 ${group} 的请求，但尚未可见。`,
  }),
  alreadyMember: ({ target, group }) => ({ en: `Nothing to do: ${target} is already in security group ${group}.`, zh: `无需操作：${target} 已在安全组 ${group} 中。` }),
  notMember: ({ target, group }) => ({ en: `Nothing to do: ${target} is not in security group ${group}.`, zh: `无需操作：${target} 不在安全组 ${group} 中。` }),
  notSent: ({ target, group }) => ({ en: `Not sent: the join of ${target} to ${group}.`, zh: `未发送：将 ${target} 加入 ${group} 的请求。` }),
  refused: ({ target, group }) => ({ en: `${target} did not join security group ${group}.`, zh: `${target} 未能加入安全组 ${group}。` }),
  unknown: ({ target, group }) => ({
    en: `It is not known whether ${target} joined security group ${group}.`,
    zh: `无法确定 ${target} 是否已加入安全组 ${group}。`,
  }),
};

/** The outcome in one sentence. */
export function outcomeSentence(target: TargetOutcome, language: Language): string {
  return OUTCOME_TEXT[target.outcome]({ target: named(target.ref.id, target.name), group: named(target.groupId, target.groupName) })[language];
}

/** Code, meaning and what to do, as a notification has room for (design, section 3). */
export function failureSentence(failure: Failure, language: Language): string {
  return forMessage(failureWords(failure, language));
}

function failureWords(failure: Failure, language: Language): string {
  const { meaning, remedy } = explain(failure);
  const gap = language === 'zh' ? '' : ' ';
  return `${failure.code}${language === 'zh' ? '：' : ': '}${meaning[language]}${gap}${remedy[language]}`;
}

/** The whole message about one target: what happened, why, what to do. */
export function outcomeMessage(target: TargetOutcome, language: Language): string {
  const why = target.failure === undefined ? undecided(target, language) : [failureWords(target.failure, language)];
  return [outcomeSentence(target, language), ...why].map(forMessage).join(language === 'zh' ? '' : ' ');
}

/** Reasons of the rules, where they and not the service decided. */
function undecided(target: TargetOutcome, language: Language): readonly string[] {
  return target.outcome === 'refused' ? reasonLines(target.findings, language) : [];
}
