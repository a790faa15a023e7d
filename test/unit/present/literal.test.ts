import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forLabel, forLog, forMessage, forPick, shortened, visible } from '../../../src/present/literal.js';
import { anyCharacter, hostileText, length, unseen } from '../support/hostile.js';

describe('visible text', () => {
  it('has no control, bidirectional or zero-width character left', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(unseen(visible(text))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('is left alone by a second look', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });

  it('is harmless text as it is', () => {
    const texts = ['web-1', 'Größe', '生产 Web 服务器（杭州）', 'naïve café', 'a\u00a0b', '👩‍💻 dev', '👩🏽‍💻', '❤️', '☎️ 1️⃣', '👨‍👩‍👧‍👦', '🇨🇳', '[x](y) $(z) <b> & ** `'];
    expect(texts.map(visible)).toEqual(texts);
  });

  it.each([
    ['a\nb\r\nc\rd\u2028e', 'a⏎b⏎c⏎d⏎e'],
    ['a\tb', 'a⇥b'],
    ['a\u202Etxt.exe', 'a<U+202E>txt.exe'],
    ['pay\u200Bpal', 'pay<U+200B>pal'],
    ['\u0000\u001b[31m', '<U+0000><U+001B>[31m'],
    ['\ufeffa', '<U+FEFF>a'],
    ['\u3164', '<U+3164>'],
    ['prod1\ufe0f', 'prod1<U+FE0F>'],
    ['a\u200db', 'a<U+200D>b'],
    ['👩\u200d', '👩<U+200D>'],
    ['\u{e0041}', '<U+E0041>'],
    ['a\ud83d', 'a<U+D83D>'],
  ])('shows %j as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

describe('shortened text', () => {
  it('is at most as long as asked and never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        const short = shortened(text, most);
        expect(length(short)).toBeLessThanOrEqual(most);
        expect(short).not.toMatch(/\p{Cs}/u);
        if (length(text) <= most) expect(short).toBe(text);
        else expect(text.startsWith(short.replace(/…$/, '')) && short.endsWith('…')).toBe(true);
      }),
    );
  });

  it('is whole where it fits, and ends in an ellipsis where it does not', () => {
    expect([shortened('😀😀😀', 3), shortened('😀😀😀😀', 3), shortened('a😀😀😀', 3), shortened('', 1), shortened('ab', 1), shortened('a👩‍💻b', 3)]).toEqual(['😀😀😀', '😀😀…', 'a😀…', '', '…', 'a👩…']);
  });

  it('takes no time to speak of with a text of millions', () => {
    expect(length(shortened('😀'.repeat(2_000_000)))).toBe(120);
  });
});

describe('each place', () => {
  const bounds = [
    ['a label', forLabel, 120],
    ['a row of a picker', forPick, 120],
    ['a message', forMessage, 1000],
    ['the log', forLog, 1000],
  ] as const;

  it.each(bounds)('has room for a bounded text without unseen characters: %s', (name, forPlace, most) => {
    // Escapes come on top: they are made after cutting, so that they are never cut in two.
    const escapes = name === 'a row of a picker' ? /\\(?=\$\()/g : /\u2060(?=\()/g;
    fc.assert(
      fc.property(fc.oneof(hostileText, hostileText.map((text) => text.repeat(60))), (text) => {
        const shown = forPlace(text).replace(escapes, '');
        expect(length(shown)).toBeLessThanOrEqual(most);
        expect(unseen(shown)).toEqual([]);
      }),
    );
  });

  it('shows markup and icon names in a label and in the log as they are', () => {
    const text = '[x](command:y) $(z) **b**';
    expect([forLabel(text), forLog(text)]).toEqual([text, text]);
  });
});

describe('a row of a picker', () => {
  it('never has an icon that is not ours', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 2, max: 50 }), (text, most) => {
        expect(forPick(text, most)).not.toMatch(/(?<!\\)\$\(/);
      }),
    );
  });

  it('keeps the text that was there', () => {
    expect([forPick('$(account) a$(b)$'), forPick('\\$(account)'), forPick('$ (a)'), forPick('abcdef', 4)]).toEqual(['\\$(account) a\\$(b)$', '\\\\$(account)', '$ (a)', 'abc…']);
  });
});

describe('a message', () => {
  it('never has a live link', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(forMessage(text)).not.toContain('](');
      }),
    );
  });

  it('keeps the text that was there', () => {
    expect(forMessage('[click](command:x) and [a] (b)')).toBe('[click]\u2060(command:x) and [a] (b)');
  });
});
