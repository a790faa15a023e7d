import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from '../../../src/present/csv.js';

/** Reads CSV as RFC 4180 says, with nothing of what wrote it. */
function parsed(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted && sign === '"' && text.charAt(at + 1) === '"') {
      field += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (quoted) field += sign;
    else if (sign === ',' || (sign === '\r' && text.charAt(at + 1) === '\n')) {
      rows.at(-1)?.push(field);
      field = '';
      if (sign === '\r') {
        rows.push([]);
        at += 1;
      }
    } else field += sign;
  }
  expect([field, rows.pop()]).toEqual(['', []]);
  return rows;
}

describe('a table as CSV', () => {
  it('begins with the byte order mark, ends each row with CR LF, and quotes only what needs it', () => {
    expect(csv([['Port', 'Description'], ['22', 'a, "b"\nc'], ['', '中文']])).toBe('\uFEFFPort,Description\r\n22,"a, ""b""\nc"\r\n,中文\r\n');
  });

  it.each([
    ['=HYPERLINK("http://evil.example","x")', '\'=HYPERLINK("http://evil.example","x")'],
    ['+1', "'+1"],
    ['-1/-1', "'-1/-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['-1', '-1'],
    ['-1.5', '-1.5'],
    ['a=b', 'a=b'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ["'quoted'", "'quoted'"],
  ])('has no formula in it: %j', (given, read) => {
    expect(parsed(csv([[given]]).slice(1))).toEqual([[read]]);
  });

  it('gives every field back as it was, but for the apostrophe', () => {
    const fields = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '-', '\t', 'x') }));
    fc.assert(fc.property(fc.array(fc.array(fields, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (rows) => {
      expect(parsed(csv(rows).slice(1)).map(({ length }) => length)).toEqual(rows.map(({ length }) => length));
      for (const [at, row] of parsed(csv(rows).slice(1)).entries()) for (const [place, field] of row.entries()) expect([rows[at]?.[place], `'${rows[at]?.[place] ?? ''}`]).toContain(field);
    }));
  });
});
