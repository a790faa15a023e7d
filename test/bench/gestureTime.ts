import type { Page } from 'playwright-core';

/** A row of the side bar that is waited for. */
export interface ExpectedRow {
  /** 1 for the roots. */
  readonly level: number;
  readonly label?: string;
  readonly selected?: boolean;
  /** The row and its neighbours are at least so many. */
  readonly siblings?: number;
}

declare global {
  var benchGesture: Promise<number> | undefined;
}

const LONGEST_MS = 15_000;

/** Milliseconds, without an end where the row does not come in time; from the key or button that a gesture begins with until the page shows a row; measured in the page, frame by frame. */
export async function gestureTime(page: Page, row: ExpectedRow, gesture: () => Promise<unknown>): Promise<number> {
  await page.evaluate(({ level, label, selected = false, siblings = 0, longestMs }) => {
    const isThere = () =>
      [...document.querySelectorAll('.part.sidebar .monaco-list-rows > .monaco-list-row')].some(
        (one) =>
          Number(one.getAttribute('aria-level')) === level &&
          (label === undefined || one.querySelector('.label-name')?.textContent === label) &&
          (!selected || one.getAttribute('aria-selected') === 'true') &&
          Number(one.getAttribute('aria-setsize')) >= siblings,
      );
    if (isThere()) throw new Error('the row is there already');
    globalThis.benchGesture = new Promise((resolve) => {
      setTimeout(() => { resolve(Number.POSITIVE_INFINITY); }, longestMs);
      let begin: number | undefined;
      const start = () => { begin ??= performance.now(); };
      for (const name of ['mousedown', 'keydown'] as const) document.addEventListener(name, start, { capture: true, once: true });
      const look = () => {
        if (begin !== undefined && isThere()) resolve(performance.now() - begin);
        else requestAnimationFrame(look);
      };
      look();
    });
  }, { ...row, longestMs: LONGEST_MS });
  await gesture();
  return page.evaluate(() => globalThis.benchGesture ?? Number.NaN);
}
