import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/support/globalSetup.ts'],
    setupFiles: ['test/e2e/support/setup.ts'],
    // Two windows at a time: most of the time each waits for the other end.
    maxWorkers: 2,
    retry: 0,
    // A poll of vitest's own gives up after a second, which a busy machine may need for one look.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
  },
});
