import { describe, expect, it } from 'vitest';
import type { Reason } from '../../../src/domain/finding.js';
import type { Language } from '../../../src/domain/text.js';
import { remedyText, whyText } from '../../../src/present/reasonText.js';
import { ALL_REASONS, findingOf, REASONS } from '../support/reasons.js';

const HAN = /\p{Script=Han}/u;
const why = (because: Reason, language: Language) => whyText(findingOf(because), language);
const remedy = (because: Reason, language: Language) => remedyText(findingOf(because), language);
const sentences = (language: Language) => ALL_REASONS.map((because) => [why(because, language), remedy(because, language)] as const);

describe('the sentence of every reason', () => {
  it('differs from that of every other, in both languages', () => {
    for (const language of ['en', 'zh'] as const) {
      const all = ALL_REASONS.map((because) => `${why(because, language)} ${remedy(because, language)}`);
      expect(all.filter((text, index) => all.indexOf(text) !== index)).toEqual([]);
    }
  });

  it('is Chinese in Chinese, and English has no Chinese', () => {
    expect(sentences('zh').flat().filter((text) => !HAN.test(text))).toEqual([]);
    expect(sentences('en').flat().filter((text) => HAN.test(text) || /[，。；：（）“”]/.test(text))).toEqual([]);
  });

  it('has no hole in it: no undefined, no brace, no colon without a value', () => {
    const holes = [...sentences('en'), ...sentences('zh')].flat().filter((text) => /undefined|null|NaN|\[object|[{}]|[:：]\s*$|\s{2}|^\s|\s$/.test(text) || text === '');
    expect(holes).toEqual([]);
  });

  it('ends without a full stop in the why, and with one in the remedy unless a value stands last', () => {
    expect(ALL_REASONS.flatMap((because) => [why(because, 'en'), why(because, 'zh')]).filter((text) => /[.。]$/.test(text))).toEqual([]);
    const open = (language: Language) => ALL_REASONS.filter((because) => !/[.。]$/.test(remedy(because, language)));
    expect([open('en'), open('zh')]).toEqual([[REASONS.primaryInterface], [REASONS.primaryInterface]]);
  });

  it('begins with a capital letter in English', () => {
    expect(sentences('en').flat().filter((text) => !/^[A-Z]/.test(text))).toEqual([]);
  });

  it('names the values of the case in both languages', () => {
    const values = (because: Reason): readonly string[] => {
      const { reason, ...rest } = because;
      const words = new Set(['problem', 'passing', 'to', 'state', 'fact', 'controller', 'target', 'group']);
      return Object.entries(rest)
        .filter(([name, value]) => !(words.has(name) || (reason === 'otherGroupType' && name === 'current')) && value !== undefined && value !== '')
        .flatMap(([, value]) => (Array.isArray(value) ? value.map(String) : [String(value)]));
    };
    const unnamed = ALL_REASONS.flatMap((because) => (['en', 'zh'] as const).flatMap((language) => values(because).filter((value) => !`${why(because, language)} ${remedy(because, language)}`.includes(value)).map((value) => `${because.reason} ${language}: ${value}`)));
    expect(unnamed).toEqual([]);
  });
});

describe('sentences with values', () => {
  it.each([
    [REASONS.otherVpc, 'Other VPC: the target is in vpc-1, the group in vpc-2', '专有网络不同：目标位于 vpc-1，安全组位于 vpc-2'],
    [REASONS.otherNetworkType, 'Other network type: the target is in the classic network, the group in a VPC', '网络类型不同：目标位于经典网络，安全组位于专有网络'],
    [REASONS.otherGroupType, 'This is an advanced group and the target is in basic groups', '该组是企业级安全组，而目标已在普通安全组中'],
    [REASONS.instanceState, 'The instance is Starting; it must be Running or Stopped', '实例处于“启动中”状态；必须为“运行中”或“已停止”'],
    [REASONS.malformedId, 'This does not look like an id (it has characters that no id has): i_1', '这不像一个有效的 ID（包含 ID 不可能有的字符）：i_1'],
    [REASONS.groupFull, 'The security group has about 2 places left; 3 are needed', '该安全组大约还剩 2 个位置，需要 3 个'],
    [REASONS.controllerOwned, 'The target belongs to a Kubernetes cluster: c1', '目标属于 Kubernetes 集群：c1'],
    [{ reason: 'controllerOwned', controller: 'autoScaling', name: '' }, 'The target belongs to an Auto Scaling group', '目标属于弹性伸缩组'],
    [{ reason: 'missingFact', fact: 'managedGroup' }, 'The service did not tell whether a cloud product manages the security group', '服务没有返回安全组是否由云产品托管'],
    [{ reason: 'groupsUnreadable', ids: ['sg-1', 'sg-2', 'sg-3', 'sg-4', 'sg-5'] }, 'The type of its current groups could not be read: sg-1, sg-2, sg-3 and 2 more', '无法读取其当前安全组的类型：sg-1、sg-2、sg-3 等 5 项'],
  ] satisfies (readonly [Reason, string, string])[])('read well in both languages: %#', (because, en, zh) => {
    expect([why(because, 'en'), why(because, 'zh')]).toEqual([en, zh]);
  });

  it('lead a primary interface to its instance', () => {
    expect([remedy(REASONS.primaryInterface, 'en'), remedy({ reason: 'primaryInterface', instanceId: undefined }, 'en')]).toEqual(['Choose its instance instead: i-1', 'Choose its instance instead.']);
  });

  it('promise waiting only for a state that passes', () => {
    expect([remedy(REASONS.instanceState, 'en'), remedy({ reason: 'instanceState', state: 'X', passing: false }, 'en')]).toEqual([
      'Wait until the instance has left this state, then try again.',
      'This state is not among the documented ones; the service will decide.',
    ]);
  });
});
