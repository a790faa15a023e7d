import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idIn, idProblem, isRegionId, kindOfId, regionHint } from '../../../src/domain/ids.js';
import type { ResourceKind } from '../../../src/domain/resources.js';
import { anyCharacter } from '../support/hostile.js';

const KINDS: readonly ResourceKind[] = ['instance', 'networkInterface', 'securityGroup'];
const PREFIX: Readonly<Record<ResourceKind, string>> = { instance: 'i-', networkInterface: 'eni-', securityGroup: 'sg-' };

describe('what is wrong with an id', () => {
  it('is nothing for today’s ids and for very old ones of any kind', () => {
    expect(KINDS.flatMap((kind) => [`${PREFIX[kind]}bp1abc`, 'F876FF7BA984', 'AY1303080211', 'a'.repeat(64)].map((id) => idProblem(id, kind)))).toEqual(Array.from({ length: 12 }, () => undefined));
  });

  it.each([
    ['', 'empty'],
    ['i'.repeat(65), 'length'],
    [' '.repeat(65), 'length'],
    ['i-bp1 abc', 'characters'],
    ['i-bp1abc\n', 'characters'],
    ['i_bp1', 'characters'],
    ['i-中文', 'characters'],
    ['i-1;rm', 'characters'],
    ['sg-bp1abc', 'otherKind'],
    ['eni-bp1abc', 'otherKind'],
    ['vpc-bp1abc', 'otherKind'],
    ['sgr-bp1abc', 'otherKind'],
    ['d-bp1abc', 'otherKind'],
  ] as const)('is, for %j as an instance: %s', (id, problem) => {
    expect(idProblem(id, 'instance')).toBe(problem);
  });

  it('is another kind’s prefix for each pair of kinds', () => {
    expect(KINDS.map((kind) => KINDS.map((other) => idProblem(`${PREFIX[other]}1`, kind)))).toEqual([
      [undefined, 'otherKind', 'otherKind'],
      ['otherKind', undefined, 'otherKind'],
      ['otherKind', 'otherKind', undefined],
    ]);
  });

  it('is said of everything that could leave an address or a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.constantFrom(...KINDS), (id, kind) => {
        if (idProblem(id, kind) === undefined) expect(id).toMatch(/^[A-Za-z0-9-]{1,64}$/);
      }),
    );
  });
});

describe('the kind of an id', () => {
  it('is told by its prefix and by nothing else', () => {
    expect(['i-1', 'eni-bp1', 'sg-2ze', 'SG-2ZE', 'sgr-1', 'i-', 'i-1 ', 'xi-1', 'F876FF7BA984', ''].map(kindOfId)).toEqual([
      'instance',
      'networkInterface',
      'securityGroup',
      'securityGroup',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a region id', () => {
  it('has nothing that could turn a host name into another', () => {
    expect(['cn-hangzhou', 'ap-southeast-1', 'a', 'a'.repeat(64)].map(isRegionId)).toEqual([true, true, true, true]);
    expect(['', 'CN-HANGZHOU', 'cn.hangzhou', 'cn/hangzhou', 'cn-hangzhou@evil', 'cn-hangzhou\n', 'cn hangzhou', 'a'.repeat(65), '中国'].map(isRegionId)).toEqual(Array.from({ length: 9 }, () => false));
  });

  it('has nothing that would make the host of the service somebody\'s bucket', () => {
    expect(['oss', 'oss-cn-hangzhou', 'oss-cn-hangzhou-internal', 'oss-accelerate', 'vpc100-oss-cn-hangzhou', 'img-cn-hangzhou'].map(isRegionId)).toEqual(Array.from({ length: 6 }, () => false));
    expect(['cn-possible-1', 'eu-gloss', 'cn-hangzhou-finance-1', 'cn-north-2-gov-1'].map(isRegionId)).toEqual([true, true, true, true]);
  });
});

describe('the region that an id hints at', () => {
  it.each([
    ['bp1', 'cn-hangzhou'],
    ['2ze', 'cn-beijing'],
    ['uf6', 'cn-shanghai'],
    ['wz9', 'cn-shenzhen'],
    ['m5e', 'cn-qingdao'],
    ['8vb', 'cn-zhangjiakou'],
    ['hp3', 'cn-huhehaote'],
    ['0jl', 'cn-wulanchabu'],
    ['2vc', 'cn-chengdu'],
    ['j6c', 'cn-hongkong'],
    ['t4n', 'ap-southeast-1'],
    ['6we', 'ap-northeast-1'],
    ['rj9', 'us-west-1'],
    ['0xi', 'us-east-1'],
    ['gw8', 'eu-central-1'],
  ])('follows the code %s after the prefix: %s', (code, region) => {
    expect([regionHint(`i-${code}abc`), regionHint(`eni-${code}abc`), regionHint(`sg-${code}`)]).toEqual([region, region, region]);
  });

  it('is unknown for other codes, old ids and other text', () => {
    expect(['i-zzzabc', 'i-bp', 'bp1abc', 'F876FF7BA984', '', 'I-bp1abc'].map(regionHint)).toEqual(Array.from({ length: 6 }, () => undefined));
  });
});

describe('an id in a text', () => {
  it.each([
    ['an id by itself', 'sg-bp1abc', 'sg-bp1abc'],
    ['a console address', 'https://ecs.console.alibabacloud.com/securityGroupDetail/region/cn-hangzhou/groupId/sg-bp1abc/detail/intranetIngress', 'sg-bp1abc'],
    ['a line of code', 'security_groups = ["sg-bp1abc"] # was sg-old', 'sg-bp1abc'],
    ['a line of a log', '2026-01-01 i-bp1xyz joined sg-bp1abc.', 'sg-bp1abc'],
    ['another kind first', 'eni-bp1xyz/sg-bp1abc', 'sg-bp1abc'],
  ])('is found in %s', (_what, text, id) => {
    expect(idIn(text, ['securityGroup'])).toBe(id);
  });

  it.each([['another kind', 'i-bp1abc'], ['a part of a word', 'xsg-bp1abc'], ['a rule', 'sgr-bp1abc'], ['nothing', ''], ['a hyphen behind it', 'sg-bp1-abc']])('is not found in %s', (_what, text) => {
    expect(idIn(text, ['securityGroup'])).toBeUndefined();
  });

  it('may be of several kinds, the first one counts', () => {
    expect(idIn('eni-bp1a i-bp1b', ['instance', 'networkInterface'])).toBe('eni-bp1a');
  });
});
