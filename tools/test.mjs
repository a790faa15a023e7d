// @ts-check
// Runs before anything is installed: only Node's own modules here, the stages are loaded after.
import { ensureRoot } from './install.mjs';
import { endWithUs } from './processes.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */
/** @typedef {import('./suiteLines.mjs').Counts} Counts */

/** @param {Counts} counts */
function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {Stage} stage
 * @returns {Promise<Counts>}
 */
async function runStage(stage) {
  console.log(`\n=== ${stage.name}`);
  const begin = performance.now();
  /** @type {import('./stages.mjs').StageResult} */
  let result = { passed: 0, failed: 1, skipped: 0 };
  try {
    result = await stage.run();
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
  }
  if (result.why !== undefined) console.log(`skipped: ${stage.name}: ${result.why}`);
  console.log(`=== ${stage.name}: ${summary(result)} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
  return result;
}

/**
 * @param {readonly string[]} names
 * @returns {Promise<Counts>}
 */
async function runStages(names) {
  await ensureRoot();
  const { STAGES, prepare } = await import('./stages.mjs');
  const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new Error(`no such stage: ${unknown.join(', ')}. There are: ${STAGES.map(({ name }) => name).join(', ')}`);
  const chosen = STAGES.filter((stage) => (names.length === 0 ? stage.byDefault : names.includes(stage.name)));
  prepare(chosen);
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @param {Stage['lane']} lane */
  const inOrder = async (lane) => {
    for (const stage of chosen.filter((one) => one.lane === lane)) {
      const { passed, failed, skipped } = await runStage(stage);
      total.passed += passed;
      total.failed += failed;
      total.skipped += skipped;
    }
  };
  await Promise.all([inOrder('code'), inOrder('host')]);
  return total;
}

endWithUs();
/** @type {Counts} */
let total = { passed: 0, failed: 1, skipped: 0 };
try {
  total = await runStages(process.argv.slice(2));
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}
console.log(`\n${summary(total)}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
