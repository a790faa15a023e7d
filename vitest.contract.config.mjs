import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/contract/**/*.test.ts'],
    maxWorkers: 2,
    // The SDK is a thousand modules: loaded once for each worker, and not for each file.
    isolate: false,
    // Processes are started, and whole worlds go over the wire.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
