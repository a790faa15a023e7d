import { describe, expect, it } from 'vitest';
import { clockDistance, clockSentence } from '../../../src/domain/clockDifference.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('the difference of the clocks', () => {
  it.each<[number, string, string]>([
    [17 * MINUTE, 'The clock of this machine is 17 minutes ahead.', '本机时钟快了 17 分钟。'],
    [-17 * MINUTE - 20_000, 'The clock of this machine is 17 minutes behind.', '本机时钟慢了 17 分钟。'],
    [MINUTE, 'The clock of this machine is 1 minute ahead.', '本机时钟快了 1 分钟。'],
    [119 * MINUTE, 'The clock of this machine is 119 minutes ahead.', '本机时钟快了 119 分钟。'],
    [-8 * HOUR, 'The clock of this machine is 8 hours behind.', '本机时钟慢了 8 小时。'],
    [3 * DAY, 'The clock of this machine is 3 days ahead.', '本机时钟快了 3 天。'],
    [-365 * DAY, 'The clock of this machine is 365 days behind.', '本机时钟慢了 365 天。'],
    [59_000, 'The clock of this machine agrees with the one of the service to within a minute.', '本机时钟与服务时钟相差不到一分钟。'],
    [-59_999, 'The clock of this machine agrees with the one of the service to within a minute.', '本机时钟与服务时钟相差不到一分钟。'],
  ])('%i ms is said in words', (ms, en, zh) => {
    expect(clockSentence(ms)).toEqual({ en, zh });
  });

  it('has no direction where only its size is told', () => {
    expect([clockDistance(-17 * MINUTE), clockDistance(17 * MINUTE), clockDistance(-DAY)]).toEqual([
      { en: '17 minutes', zh: '17 分钟' },
      { en: '17 minutes', zh: '17 分钟' },
      { en: '24 hours', zh: '24 小时' },
    ]);
  });
});
