import { afterAll, afterEach, beforeEach } from 'vitest';
import { beginTest, closeWorkbenches, endTest, openWorkbenches } from './session.js';

beforeEach(beginTest);

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    // A failed test leaves pictures of what its windows showed.
    const name = task.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
    for (const [at, workbench] of openWorkbenches().entries()) {
      await workbench.screenshot(`failed-${name}-${at + 1}`).catch(() => undefined);
      // And what they have told, which hides itself after a while.
      const told = await workbench.toasts.past().catch(() => []);
      process.stderr.write(`Told in window ${at + 1}: ${JSON.stringify(told)}\n`);
    }
  }
  await endTest();
});

afterAll(closeWorkbenches);
