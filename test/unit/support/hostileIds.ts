import fc from 'fast-check';
import type { Change, ChangeKind, Step } from '../../../src/domain/change.js';
import { anyCharacter, hostileText } from './hostile.js';

/** Pieces that end a quote, a comment or a command, or begin an expression, in one of the languages that are copied. */
const TRICKS = [
  "'", '"', '`', '\\', '\\\\', "'\\''", '$(touch pwned)', '`touch pwned`', '${HOME}', '$HOME', '$', '%', '{', '${', '%{', '$${', '%%{', '$$${', '%{ if true }', '${file("x")}',
  '\n', '\r', '\r\n', '\n\n', '\t', '\u0003', '\u0004', '\u001b[201~', '\u001b[31m', '\u007f', '\u0085', '\u009b', '\u2028', '\u202e', '\ufeff', '\u{e0041}',
  ' ', '  ', ';', '&', '|', '>pwned', '<', '*', '?', '~', '!', '!!', '#', '*/', '//', '-', '--', '--profile', '=', ':', '\\u0024', '\\n', '%s', '\\0', '😀', '中文', 'e\u0301', 'i-bp1', 'sg-bp1',
];

/** An id as no service should send it: any text but an empty one, and but the null character and halves of characters, which no file can hold. */
export const hostileId = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TRICKS) }, fc.string({ unit: anyCharacter, maxLength: 4 }), hostileText.map((text) => text.slice(0, 12))), { maxLength: 6 })
  .map((parts) => parts.join('').replace(/[\0\p{Cs}]/gu, ''))
  .filter((id) => id !== '');

const ref = fc.record({ kind: fc.constantFrom('instance' as const, 'networkInterface' as const), id: hostileId });

function changeOf(kind: ChangeKind): fc.Arbitrary<Change> {
  const groups = fc.array(hostileId, { minLength: 1, maxLength: 3 });
  if (kind === 'replace') return fc.record({ kind: fc.constant(kind), before: groups, after: groups });
  return fc.record({ kind: fc.constant(kind), securityGroupId: hostileId });
}

/** Steps of all kinds with such ids. */
export const hostileSteps = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.constantFrom<ChangeKind>('join', 'leave', 'replace').chain((kind) => fc.record({ ref, change: changeOf(kind) })),
    { minLength: 1, maxLength },
  );
