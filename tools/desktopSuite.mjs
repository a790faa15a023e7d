// @ts-check
// For machines with a screen, or with xvfb-run: `node tools/desktopSuite.mjs [version]`.
import path from 'node:path';
import { buildBundles } from './build.mjs';
import { ensureRoot } from './install.mjs';
import { ROOT, SUITE } from './paths.mjs';
import { endWithUs } from './processes.mjs';

/**
 * Runs the integration suite in a desktop VS Code that @vscode/test-electron downloads.
 * @param {string} version such as `stable` or `1.100.3`
 * @returns {Promise<number>} the exit code
 */
export async function runSuiteOnDesktop(version) {
  const { runTests } = await import('@vscode/test-electron');
  return runTests({
    version,
    cachePath: path.join(ROOT, '.vscode-test'),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: path.join(SUITE, 'index.js'),
    launchArgs: ['--disable-extensions', '--disable-workspace-trust'],
  });
}

if (process.argv[1] === import.meta.filename) {
  endWithUs();
  await ensureRoot();
  await buildBundles();
  process.exit(await runSuiteOnDesktop(process.argv[2] ?? 'stable'));
}
