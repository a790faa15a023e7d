import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/contract/**/*.test.ts'],
    maxWorkers: 2,
    // Processes are started, and whole worlds go over the wire.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
