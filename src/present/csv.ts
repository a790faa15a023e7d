/**
 * Tables for other programs to open. Names and descriptions are the cloud's hostile text (law 10), and a spreadsheet
 * takes what begins with one of these signs for a formula, which may reach the network or run a program.
 */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** A plain number is no formula, also a negative one. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Excel takes a file without it for one in the encoding of the machine, and Chinese becomes garbage. */
const BYTE_ORDER_MARK = '\uFEFF';

function field(text: string): string {
  // An apostrophe before it is the usual way to say "text": a spreadsheet shows it, if at all, and computes nothing.
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * Rows as CSV: fields quoted as RFC 4180 has it and lines ended by CR LF, in UTF-8 with a byte order mark, and nothing
 * in it a formula. A field that would be one, such as `=1+1` or `-1/-1`, begins with an apostrophe.
 */
export function csv(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
