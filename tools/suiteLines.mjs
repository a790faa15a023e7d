// @ts-check
import { parseJson } from './json.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** What the suite (test/host/suite/index.ts) writes before its lines, and before its counts. */
const LINE_MARK = '[suite] ';
const COUNTS_MARK = '[suite counts] ';

/**
 * @param {string} line of the extension host's console
 * @returns {string | undefined} what the suite wrote; undefined for what the workbench says itself
 */
export function suiteLine(line) {
  const at = line.indexOf(LINE_MARK);
  return at < 0 ? undefined : line.slice(at + LINE_MARK.length);
}

/**
 * @param {readonly string[]} lines
 * @returns {Counts | undefined} undefined when the suite did not come to its end
 */
export function readCounts(lines) {
  const line = lines.findLast((text) => text.includes(COUNTS_MARK));
  if (line === undefined) return undefined;
  try {
    return /** @type {Counts} */ (parseJson(line.slice(line.indexOf(COUNTS_MARK) + COUNTS_MARK.length)));
  } catch {
    return undefined;
  }
}
