// @ts-check
// The pictures of the README, taken over from the last run of the UI tests: `npm test -- e2e`, then this.
import fs from 'node:fs';
import path from 'node:path';
import { ROOT, SCREENSHOTS } from './paths.mjs';

/** Name in the README, and the screenshot it is. */
const PICTURES = { details: 'details-light', found: 'found-light', joined: 'joined-light', picker: 'picker-light', plan: 'plan-light' };

const folder = path.join(ROOT, 'media', 'readme');
fs.mkdirSync(folder, { recursive: true });
for (const [name, screenshot] of Object.entries(PICTURES)) {
  fs.copyFileSync(path.join(SCREENSHOTS, `${screenshot}.png`), path.join(folder, `${name}.png`));
  console.log(`media/readme/${name}.png`);
}
