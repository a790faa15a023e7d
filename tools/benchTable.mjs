// @ts-check

/**
 * @typedef {object} Row one line of the bench's table
 * @property {string} what
 * @property {string} figure what was measured, with its unit
 * @property {string} [budget] a mere figure has none
 * @property {boolean} [within] whether the budget is kept
 * @property {'exact' | 'time'} kind `exact`: the same on every machine, such as a size; a missed one fails the bench.
 *   `time`: a missed one only says so, since a noisy machine must not fail the build (unless `--strict`)
 * @property {string} [skipped] why nothing was measured
 * @property {readonly string[]} [notes] printed under the table
 * @property {unknown} [data] the numbers behind the figure, for `dist/bench.json`
 *
 * @typedef {object} Place what is measured: a copy, whatever is built meanwhile
 * @property {string} product folder with the bundles of `dist/`
 * @property {string} scripts folder with the bench's own programs
 * @property {string} vsix
 *
 * @typedef {object} Measurement
 * @property {string} name
 * @property {Row['kind']} broken what it counts as when it can't be made: `time` where a busy machine alone can break it
 * @property {(place: Place) => Promise<Row[]>} rows
 *
 * @typedef {object} Bench what the bundle of `test/bench/` gives
 * @property {readonly Measurement[]} MEASUREMENTS
 * @property {() => Promise<void>} closeAll ends what is open
 */

/**
 * @param {Row} row
 * @returns {string}
 */
export function verdict({ budget, within, kind, skipped }) {
  if (skipped !== undefined) return 'skipped';
  if (budget === undefined) return '';
  if (within === true) return 'pass';
  return kind === 'exact' ? 'MISSED' : 'over';
}

/**
 * @param {Measurement} measurement
 * @param {unknown} error
 * @returns {Row} what stands in the table for a measurement that broke
 */
export function broken({ name, broken: kind }, error) {
  return { what: name, figure: 'could not be measured', budget: 'measured', within: false, kind, notes: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
}

/**
 * @param {readonly Row[]} rows
 * @returns {string} the table, and under it what the rows have to add
 */
export function tableText(rows) {
  const cells = [['what', 'figure', 'budget', ''], ...rows.map((row) => [row.what, row.figure, row.budget ?? '', verdict(row)])];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
  const lines = cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ').trimEnd());
  const rule = [...widths, 7].map((width) => '-'.repeat(width)).join('-|-');
  const notes = rows.flatMap(({ what, skipped, notes: more = [] }) => {
    const all = [...(skipped === undefined ? [] : [`skipped: ${skipped}`]), ...more];
    return all.length === 0 ? [] : ['', `${what}:`, ...all.map((note) => `  ${note.replaceAll('\n', '\n  ')}`)];
  });
  return [lines[0], rule, ...lines.slice(1), ...notes].join('\n');
}

/**
 * @param {readonly Row[]} rows
 * @param {{ strict: boolean }} options
 * @returns {number} how many budgets are missed in a way that fails the bench
 */
export function missed(rows, { strict }) {
  return rows.filter((row) => row.skipped === undefined && row.budget !== undefined && row.within !== true && (strict || row.kind === 'exact')).length;
}
