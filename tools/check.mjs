// @ts-check
// Runs before anything is installed: only Node's own modules here, the stages are loaded after.
import { ensureRoot } from './install.mjs';
import { endWithUs } from './processes.mjs';

endWithUs();
await ensureRoot();
const { lint, types, unit } = await import('./stages.mjs');
// One core each; the tests then have both. `npm test` lints everything.
const results = [...(await Promise.all([lint({ onlyChanged: true }), types()])), await unit()];
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed (${(performance.now() / 1000).toFixed(1)} s)`);
process.exit(failed > 0 ? 1 : 0);
