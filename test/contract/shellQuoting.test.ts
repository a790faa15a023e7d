import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cliParameter } from '../../src/present/copyAs/cli.js';
import { forShell } from '../../src/present/copyAs/quoting.js';
import { hostileText } from '../unit/support/hostile.js';

/** What a shell acts on, and what a terminal would. */
const TRICKS = ['$(touch x)', '`touch x`', '${HOME}', '$HOME', '!!', '!$', '"', "'", "\\'", '\\', '\\\n', '\n', '\r', '\t', '\u0003', '\u0004', '\u001b[201~', '\u001b]0;x\u0007', '%s', '%%', '%n', '$\'\\n\'', '*', '?', '[a]', '{a,b}', '~', '#', '&', ';', '|', '>', '<', '(', ')', '-', '--', '=', ' ', '  ', '\u202e', '\u200b', '😀'];
const tricky = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...TRICKS) }, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 12 }).map((parts) => parts.join(''));
/** No program can be given the null character, and half a character has no bytes: `Copy As…` refuses both. */
const writable = (text: string) => text.replace(/[\0\p{Cs}]/gu, '');

/** What bash makes of the words, each ended by a null byte; a shell of nobody's, with nothing but its own commands. */
function asRead(words: readonly string[]): readonly string[] {
  const script = words.map((word) => `printf '%s\\0' ${word}\n`).join('');
  const out = execFileSync('bash', ['--noprofile', '--norc'], { input: script, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: '/nowhere' }, maxBuffer: 64 * 1024 * 1024 });
  return out.toString('utf8').split('\0').slice(0, -1);
}

describe('a text in a command that is copied', () => {
  it('reaches a program through a real bash byte for byte, whatever it is', () => {
    const samples = [...fc.sample(hostileText, { numRuns: 60, seed: 1 }), ...fc.sample(tricky, { numRuns: 240, seed: 2 }), ...fc.sample(fc.string({ unit: 'binary', maxLength: 20 }), { numRuns: 60, seed: 3 }), ...TRICKS, '', '-', '--help', '\n', '\n\n'];
    const texts = samples.map(writable);
    expect(asRead(texts.map(forShell))).toEqual(texts);
  });

  it('is the value of its parameter, also where it looks like a parameter itself', () => {
    const texts = fc.sample(tricky, { numRuns: 200, seed: 4 }).map(writable);
    const words = texts.map((text) => cliParameter('InstanceId', text));
    expect(asRead(words)).toEqual(texts.flatMap((text) => (text.startsWith('-') ? [`--InstanceId=${text}`] : ['--InstanceId', text])));
  });
});
