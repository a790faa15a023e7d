import type { ChangeKind, Step } from '../domain/change.js';
import { explain } from '../domain/explain.js';
import type { Failure } from '../domain/failure.js';
import type { Finding } from '../domain/finding.js';
import { gravest, isGood, OUTCOMES, type Outcome } from '../domain/outcome.js';
import type { Language, Text } from '../domain/text.js';
import { forMessage } from './literal.js';
import { groupsOf, groupsText, named, reasonLines, type GroupNames } from './planText.js';
import { placeWords } from './troubleText.js';

/** What the texts about one step's outcome need. */
export interface StepOutcomeView extends Step {
  /** What the person wanted. */
  readonly kind: ChangeKind;
  readonly name?: string | undefined;
  readonly groupNames: GroupNames;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly failure?: Failure | undefined;
  readonly requestId?: string | undefined;
}

type Sentence = (target: string, groups: Text) => Text;

const NOTHING_CHANGED: Readonly<Record<ChangeKind, Sentence>> = {
  join: (target, groups) => ({ en: `${target} did not join ${groups.en}.`, zh: `${target} 未能加入${groups.zh}。` }),
  leave: (target, groups) => ({ en: `${target} did not leave ${groups.en}.`, zh: `${target} 未能移出${groups.zh}。` }),
  replace: (target) => ({ en: `The security groups of ${target} were not replaced.`, zh: `${target} 的安全组未被替换。` }),
};

const SENTENCES: Readonly<Record<Outcome, Sentence | Readonly<Record<ChangeKind, Sentence>>>> = {
  joined: (target, groups) => ({ en: `${target} joined ${groups.en}.`, zh: `${target} 已加入${groups.zh}。` }),
  left: (target, groups) => ({ en: `${target} left ${groups.en}.`, zh: `${target} 已移出${groups.zh}。` }),
  replaced: (target, groups) => ({ en: `${target} is now in ${groups.en}.`, zh: `${target} 现在位于${groups.zh}。` }),
  alreadyMember: {
    join: (target, groups) => ({ en: `Nothing to do: ${target} is already in ${groups.en}.`, zh: `无需操作：${target} 已在${groups.zh}中。` }),
    leave: (target, groups) => ({ en: `Nothing to do: ${target} is already in ${groups.en}.`, zh: `无需操作：${target} 已在${groups.zh}中。` }),
    replace: (target, groups) => ({ en: `Nothing to do: ${target} is already in exactly ${groups.en}.`, zh: `无需操作：${target} 已恰好位于${groups.zh}。` }),
  },
  notMember: (target, groups) => ({ en: `Nothing to do: ${target} is not in ${groups.en}.`, zh: `无需操作：${target} 不在${groups.zh}中。` }),
  accepted: {
    join: (target, groups) => ({ en: `The service accepted the join of ${target} to ${groups.en}; it is not visible yet.`, zh: `服务已接受将 ${target} 加入${groups.zh}的请求，但尚未可见。` }),
    leave: (target, groups) => ({ en: `The service accepted to remove ${target} from ${groups.en}; it is not visible yet.`, zh: `服务已接受将 ${target} 移出${groups.zh}的请求，但尚未可见。` }),
    replace: (target) => ({ en: `The service accepted the new security groups of ${target}; they are not visible yet.`, zh: `服务已接受 ${target} 的新安全组，但尚未可见。` }),
  },
  notSent: {
    join: (target, groups) => ({ en: `Not sent: the join of ${target} to ${groups.en}.`, zh: `未发送：将 ${target} 加入${groups.zh}的请求。` }),
    leave: (target, groups) => ({ en: `Not sent: the removal of ${target} from ${groups.en}.`, zh: `未发送：将 ${target} 移出${groups.zh}的请求。` }),
    replace: (target) => ({ en: `Not sent: the new security groups of ${target}.`, zh: `未发送：${target} 的新安全组。` }),
  },
  refused: NOTHING_CHANGED,
  unknown: {
    join: (target, groups) => ({ en: `It is not known whether ${target} joined ${groups.en}.`, zh: `无法确定 ${target} 是否已加入${groups.zh}。` }),
    leave: (target, groups) => ({ en: `It is not known whether ${target} left ${groups.en}.`, zh: `无法确定 ${target} 是否已移出${groups.zh}。` }),
    replace: (target) => ({ en: `It is not known whether the security groups of ${target} were replaced.`, zh: `无法确定 ${target} 的安全组是否已替换。` }),
  },
};

/** The outcome in one sentence. */
export function outcomeSentence(step: StepOutcomeView, language: Language): string {
  const entry = SENTENCES[step.outcome];
  const sentence = typeof entry === 'function' ? entry : entry[step.kind];
  return sentence(named(step.ref.id, step.name), groupsText(groupsOf(step.kind, [step.change]), step.groupNames))[language];
}

/** Code, meaning, what to do, and last where, as a notification has room for (design, section 3). */
export function failureSentence(failure: Failure, language: Language): string {
  return forMessage(failureWords(failure, language));
}

/** The same, not yet escaped for its place. */
export function failureWords(failure: Failure, language: Language): string {
  const { meaning, remedy } = explain(failure);
  const gap = language === 'zh' ? '' : ' ';
  const place = placeWords(failure);
  const where = place === undefined ? '' : language === 'zh' ? `位置：${place}` : ` Where: ${place}`;
  return `${failure.code}${language === 'zh' ? '：' : ': '}${meaning[language]}${gap}${remedy[language]}${where}`;
}

/** The whole message about one step: what happened, why, what to do. */
export function outcomeMessage(step: StepOutcomeView, language: Language): string {
  const why = step.failure === undefined ? undecided(step, language) : [failureWords(step.failure, language)];
  return [outcomeSentence(step, language), ...why].map(forMessage).join(language === 'zh' ? '' : ' ');
}

/** Reasons of the rules, where they and not the service decided. */
function undecided(step: StepOutcomeView, language: Language): readonly string[] {
  return step.outcome === 'refused' ? reasonLines(step.findings, language) : [];
}

/** Outcomes as words, for rows and counts. */
export const OUTCOME_WORD: Readonly<Record<Outcome, Text>> = {
  joined: { en: 'joined', zh: '已加入' },
  left: { en: 'left', zh: '已移出' },
  replaced: { en: 'replaced', zh: '已替换' },
  alreadyMember: { en: 'nothing to do', zh: '无需操作' },
  notMember: { en: 'nothing to do', zh: '无需操作' },
  accepted: { en: 'accepted, not visible yet', zh: '已接受，尚未可见' },
  notSent: { en: 'not sent', zh: '未发送' },
  refused: { en: 'refused', zh: '被拒绝' },
  unknown: { en: 'unknown', zh: '结果未知' },
};

/** How many steps came to what, gravest last: `3 joined, 1 refused`. */
export function outcomeCounts(outcomes: readonly Outcome[], language: Language): string {
  const words = OUTCOMES.map((outcome) => [outcomes.filter((one) => one === outcome).length, OUTCOME_WORD[outcome][language]] as const);
  return words
    .filter(([count]) => count > 0)
    .map(([count, word]) => (language === 'zh' ? `${count} 个${word}` : `${count} ${word}`))
    .join(language === 'zh' ? '，' : ', ');
}

/** Why one step failed, short: which group it is about, the message has said. */
function exampleOf(step: StepOutcomeView, language: Language): string {
  const zh = language === 'zh';
  const why = step.failure === undefined ? undecided(step, language).join(zh ? '' : ' ') : failureWords(step.failure, language);
  const example = why === '' ? outcomeSentence(step, language) : `${named(step.ref.id, step.name)}${zh ? '：' : ': '}${why}`;
  return `${zh ? '例如：' : 'For example '}${example}`;
}

/** The message about an operation of several steps: how many came to what, and why the first of the gravest ones did. */
export function batchMessage(steps: readonly StepOutcomeView[], language: Language): string {
  const [first] = steps;
  if (first === undefined) return '';
  const groups = groupsText(groupsOf(first.kind, steps.map(({ change }) => change)), first.groupNames)[language];
  const counts = outcomeCounts(steps.map(({ outcome }) => outcome), language);
  const zh = language === 'zh';
  const worst = gravest(steps.map(({ outcome }) => outcome));
  const bad = isGood(worst) ? undefined : steps.find(({ outcome }) => outcome === worst);
  const why = bad === undefined ? [] : [exampleOf(bad, language)];
  const whole = `${groups.trim()}${zh ? '：' : ': '}${counts}${zh ? '。' : '.'}`;
  return [whole.charAt(0).toUpperCase() + whole.slice(1), ...why].map(forMessage).join(zh ? '' : ' ');
}
