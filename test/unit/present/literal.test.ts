import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/domain/redact.js';
import { forDocument, forLabel, forLog, forMessage, forPage, forPick, forPrompt, forTitle, linesForLog, shortened, visible } from '../../../src/present/literal.js';
import { anyCharacter, drawn, hostileText, length, linksIn, unseen } from '../support/hostile.js';

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
    const read = (shown: string) => (name === 'a row of a picker' ? drawn(shown).words : shown.replace(/\u2060(?=\()/g, ''));
    fc.assert(
      fc.property(fc.oneof(hostileText, hostileText.map((text) => text.repeat(60))), (text) => {
        const shown = read(forPlace(text));
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
  it('never has an icon that is not ours, and shows every other character as it is', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 2, max: 50 }), (text, most) => {
        expect(drawn(forPick(text, most))).toEqual({ words: shortened(visible(text), most), icons: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the text that was there', () => {
    expect([forPick('$(account) a$(b)$'), forPick('\\$(account)'), forPick('$(a~b)'), forPick('$ (a)'), forPick('$(date +%F)'), forPick('abcdef', 4)]).toEqual(['\\$(account) a\\$(b)$', '\\\\$(account)', '\\$(a~b)', '$ (a)', '$(date +%F)', 'abc…']);
  });
});

describe('a details page', () => {
  it('has a text whole, two thousand characters of it at most, and nothing in it that hides', () => {
    fc.assert(fc.property(hostileText, (text) => { expect([unseen(forPage(text)), forPage(text)]).toEqual([[], shortened(visible(text), 2_000)]); }));
    expect(['x'.repeat(2_000), 'x'.repeat(2_001), 'a\tb', '[x](y) $(z) <b>'].map((text) => forPage(text))).toEqual(['x'.repeat(2_000), `${'x'.repeat(1_999)}…`, 'a⇥b', '[x](y) $(z) <b>']);
  });
});

describe('a message', () => {
  it('never has a live link, and reads as the text that was there', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = forMessage(text);
        expect(linksIn(shown)).toEqual([]);
        expect(shown.replaceAll('\u2060', '')).toBe(shortened(visible(text), 1000));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '[click](command:ecsExplorer.joinSecurityGroup)',
    '[click](https://evil.example "words")',
    "[click](HTTPS://evil.example 'words')",
    '[a](file:///etc/passwd)',
    '[[click](http://evil.example)',
    '[click\n](https://evil.example)',
    '[$(account)](command:x)',
  ])('has no link where it would have been one: %j', (text) => {
    expect(linksIn(text.replace('\n', ' '))).toHaveLength(1);
    expect(linksIn(forMessage(text))).toEqual([]);
  });

  it('has none either after the redactor has taken a secret out of it', () => {
    const crafted = ['secret="x"(https://evil.example)', 'Bearer aaaaaaaaaaaaaaaa1(https://evil.example)', "token: 'aB3dE5fG7hJ9'(command:x)", 'authorization: "a"(command:x)', '[x]aB3dE5fG7hJ9kL1m(https://evil.example)'];
    for (const text of crafted) expect(linksIn(redact(forMessage(text), ['aB3dE5fG7hJ9kL1m']))).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileText, fc.constantFrom('secret="x"', 'aB3dE5fG7hJ9kL1m', 'authorization: ', 'LTAI5tAbCdEfGhIj', '(https://evil.example)', '['))), (parts) => {
        expect(linksIn(redact(forMessage(parts.join('')), ['aB3dE5fG7hJ9kL1m']))).toEqual([]);
      }),
    );
  });

  it('keeps the text that was there', () => {
    expect(forMessage('[click](command:x) and [a] (b)')).toBe('[click]\u2060(command:x) and [a] (b)');
  });
});

describe('the words of an input box', () => {
  it('have neither a link nor an icon, and read as the text that was there', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = forPrompt(text);
        expect([linksIn(shown), drawn(shown).icons]).toEqual([[], []]);
        expect(drawn(shown).words.replaceAll('\u2060', '')).toBe(shortened(visible(text), 1000));
      }),
    );
  });
});

describe('a document', () => {
  const json = fc.jsonValue({ stringUnit: 'binary' });

  it('is the same JSON, and has nothing in it that cannot be seen', () => {
    fc.assert(
      fc.property(fc.oneof(json, fc.dictionary(hostileText, hostileText)), (value) => {
        const text = forDocument(value);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
        expect(unseen(text).filter((sign) => sign !== '\n')).toEqual([]);
      }),
    );
  });

  it('spells as escapes what is unseen, whole characters beyond the first plane too', () => {
    expect(forDocument({ name: 'a\u202Eb\u200B', tag: '\u{e0041}👩‍💻中文' })).toBe('{\n  "name": "a\\u202eb\\u200b",\n  "tag": "\\udb40\\udc41👩‍💻中文"\n}');
    expect([forDocument(undefined), forDocument('\ud800'), forDocument('a\nb')]).toEqual(['null', '"\\ud800"', '"a\\nb"']);
  });

  it('has a title that divides no path', () => {
    expect([forTitle('i-1'), forTitle('../../a\\b'), forTitle('a\u202Egpj.exe')]).toEqual(['i-1', '..∕..∕a∕b', 'a<U+202E>gpj.exe']);
  });
});

describe('a text of several lines in the log', () => {
  it('has no line that begins like an entry of the log, and nothing unseen', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [, ...later] = linesForLog(`${text}\n2026-01-01 00:00:00.000 [info] joined\r[error] x`).split('\n');
        expect(later.filter((line) => !line.startsWith('    '))).toEqual([]);
        expect(unseen(later.join(''))).toEqual([]);
      }),
    );
  });

  it('is cut where nobody reads on', () => {
    expect(linesForLog('a\n'.repeat(1000)).split('\n')).toHaveLength(40);
  });
});
