import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page as Tab } from 'playwright-core';

const SOURCE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(): Promise<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[] }>;
}

/** What axe-core finds wrong with the page as it is now, in a tab or in a frame of one, one line for each place. */
export async function wrongForAxe(tab: Tab | Frame): Promise<readonly string[]> {
  // Through the debugger, so past the page's policy.
  await tab.evaluate(SOURCE);
  return tab.evaluate(async () => {
    // The tests are compiled without the DOM's types: what is evaluated runs in the page.
    const { violations } = await (window as unknown as { readonly axe: Axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
  });
}
