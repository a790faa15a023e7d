import { describe, expect, it } from 'vitest';
import { dateText, timeOf } from '../../../../src/present/page/dateText.js';
import { NOW } from './world.js';

describe('a time', () => {
  it('reads the same on every machine, with its distance from now in both directions', () => {
    const both = (text: string) => (['en', 'zh'] as const).map((language) => dateText(text, NOW, language));
    expect([both('2026-11-23T11:00Z'), both('2026-11-26T11:59:58Z'), both('2026-12-26T12:00:00Z'), both('2026-11-26T09:00:00.123Z')]).toEqual([
      ['2026-11-23 11:00 UTC · 3 d ago', '2026-11-23 11:00 UTC · 3 天前'],
      ['2026-11-26 11:59 UTC · just now', '2026-11-26 11:59 UTC · 刚刚'],
      ['2026-12-26 12:00 UTC · in 30 d', '2026-12-26 12:00 UTC · 30 天后'],
      ['2026-11-26 09:00 UTC · 2 h ago', '2026-11-26 09:00 UTC · 2 小时前'],
    ]);
  });

  it.each(['', 'yesterday', '2026-13-45T99:99Z', '2026-11-26 12:00', '2026-11-26T12:00:00+08:00', '1'])('stands as it is where it is none: %s', (text) => {
    expect([dateText(text, NOW, 'en'), timeOf(text)]).toEqual([text, undefined]);
  });
});
