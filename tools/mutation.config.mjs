// @ts-check
/**
 * Mutation testing of what must not be wrong: the rules, the resolution of outcomes, and the journal. Each mutant is
 * tried by the unit tests that reach it.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tools/vitest.mutation.config.mjs' },
  mutate: [
    'src/domain/{change,commonRules,effect,exposure,finding,joinArguments,joinRules,joinTargetRules,leaveRules,replaceRules,outcome,protection}.ts',
    'src/app/{freshSteps,journaling,reconcile,runOperation,sendStep,stepReport,undo,writeOnce}.ts',
    'src/store/{journalEntry,journalFile,journalWriter}.ts',
  ],
  // Hosts and reports are large, and no test that is run here reads them.
  ignorePatterns: ['dist', 'test/host', 'test/e2e', '.vscode-test'],
  coverageAnalysis: 'perTest',
  // Tables at the top of a file: each would run every test again, and says little.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  tempDirName: 'dist/mutation',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: 'dist/reports/mutation.json' },
  thresholds: { high: 92, low: 85, break: 85 },
};
