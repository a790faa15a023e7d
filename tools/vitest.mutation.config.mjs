import { defineConfig } from 'vitest/config';

/** The unit tests of rules, outcomes and journal. Those that play thousands of schedules or start processes would take hours. */
export default defineConfig({
  test: {
    include: ['test/unit/domain/**/*.test.ts', 'test/unit/app/**/*.test.ts', 'test/unit/store/journal*.test.ts'],
    exclude: ['test/unit/domain/errorCatalogue.test.ts', 'test/unit/domain/redact.test.ts', 'test/unit/domain/explain.test.ts', 'test/unit/app/operationTruth.test.ts'],
    testTimeout: 20_000,
  },
});
