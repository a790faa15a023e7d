import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    // One worker for each core of the smallest machine this has to run on.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
