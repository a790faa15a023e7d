import { describe, expect, it } from 'vitest';
import { groupTypeWord, listed, lookUp, say, stateWord } from '../../../src/present/words.js';

describe('words for what the cloud says', () => {
  it('are those of the reader for every known state', () => {
    const states = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped', 'Available', 'Attaching', 'InUse', 'Detaching', 'Deleting'];
    expect(states.map((state) => [stateWord(state, 'en'), stateWord(state, 'zh')])).toEqual([
      ['Pending', '创建中'],
      ['Starting', '启动中'],
      ['Running', '运行中'],
      ['Stopping', '停止中'],
      ['Stopped', '已停止'],
      ['Available', '可用'],
      ['Attaching', '绑定中'],
      ['In use', '已绑定'],
      ['Detaching', '解绑中'],
      ['Deleting', '删除中'],
    ]);
  });

  it('are the service’s own for what is newer than the tables, inherited names too', () => {
    const odd = ['Linked', '', 'constructor', 'toString', '__proto__', 'hasOwnProperty'];
    expect([odd.map((state) => stateWord(state, 'zh')), odd.map((type) => groupTypeWord(type, 'en'))]).toEqual([odd, odd]);
    expect(odd.map((key) => lookUp({ a: 1 }, key))).toEqual(odd.map(() => undefined));
  });

  it('say what is not told: a state as unknown, a type not at all', () => {
    expect([stateWord(undefined, 'en'), stateWord(undefined, 'zh'), groupTypeWord(undefined, 'en'), lookUp({ a: 1 }, undefined)]).toEqual(['State unknown', '状态未知', '', undefined]);
  });

  it('are those of both types of group', () => {
    expect([groupTypeWord('normal', 'en'), groupTypeWord('enterprise', 'en'), groupTypeWord('normal', 'zh'), groupTypeWord('enterprise', 'zh')]).toEqual(['Basic', 'Advanced', '普通', '企业级']);
  });

  it('come from a text by its language', () => {
    expect([say({ en: 'a', zh: '甲' }, 'en'), say({ en: 'a', zh: '甲' }, 'zh')]).toEqual(['a', '甲']);
  });
});

describe('a list in a sentence', () => {
  it('is whole up to three and counted beyond', () => {
    const items = ['a', 'b', 'c', 'd', 'e'];
    expect([0, 1, 3, 4, 5].map((count) => [listed(items.slice(0, count), 'en'), listed(items.slice(0, count), 'zh')])).toEqual([
      ['', ''],
      ['a', 'a'],
      ['a, b, c', 'a、b、c'],
      ['a, b, c and 1 more', 'a、b、c 等 4 项'],
      ['a, b, c and 2 more', 'a、b、c 等 5 项'],
    ]);
  });
});
