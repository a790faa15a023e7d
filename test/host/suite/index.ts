import fs from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { recordChannel } from './channel.js';

/** Tell tools/suiteLines.mjs which of the console's lines are the suite's, and which of them holds the counts. */
const LINE_MARK = '[suite] ';
const COUNTS_MARK = '[suite counts] ';

/**
 * Runs every test file beside this one. Called by VS Code, in its extension host: rejecting is how
 * a suite says that it failed.
 */
export async function run(): Promise<void> {
  recordChannel();
  const { Base } = Mocha.reporters;
  const print = Base.consoleLog;
  // Formatted here: the console's lines pass through the workbench, which does not fill in "%s".
  Base.consoleLog = (...values: unknown[]) => {
    for (const line of format(...values).split('\n')) print(`${LINE_MARK}${line}`);
  };
  const only = process.env['ECS_EXPLORER_SUITE_ONLY'];
  const mocha = new Mocha({ ui: 'bdd', ...(only === undefined ? {} : { fgrep: only }), timeout: 60_000, color: false, forbidOnly: true, reporter: 'spec' });
  const files = fs.readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.js'));
  for (const file of files.sort()) mocha.addFile(path.join(__dirname, file));
  const counts = await new Promise<{ passed: number; failed: number; skipped: number }>((resolve) => {
    let skipped = 0;
    let passed = 0;
    mocha
      .run((failed) => {
        resolve({ passed, failed, skipped });
      })
      .on('pass', () => (passed += 1))
      .on('pending', () => (skipped += 1));
  });
  print(`${COUNTS_MARK}${JSON.stringify(counts)}`);
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
  if (counts.passed === 0) throw new Error('no test ran');
}
