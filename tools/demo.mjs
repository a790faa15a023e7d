// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { readJson } from './json.mjs';
import { ROOT } from './paths.mjs';

/** What `npm start` keeps between runs; git ignores it. */
export const DEMO = path.join(ROOT, '.vscode-test', 'start');

/** A person's own changes to these are kept. */
export const PRESET = {
  'ecsExplorer.account': 'sandbox',
  'security.workspace.trust.enabled': false,
};

const WELCOME = `# ECS Explorer

Open **ECS Explorer** in the activity bar at the left. The account is a *sandbox*: a stand-in of Alibaba Cloud ECS on this machine.
Nothing you do here reaches a cloud, and everything is as it was when you start again.

Try: open a region, right-click an instance, *Join Security Group…*.
`;

/**
 * The folder that the demo opens.
 * @returns {string}
 */
export function demoWorkspace() {
  const folder = path.join(DEMO, 'workspace');
  const welcome = path.join(folder, 'README.md');
  fs.mkdirSync(folder, { recursive: true });
  if (!fs.existsSync(welcome)) fs.writeFileSync(welcome, WELCOME);
  return folder;
}

/**
 * What a person has changed in an earlier run, over the preset.
 * @param {string} file a settings.json
 * @returns {Readonly<Record<string, unknown>>}
 */
export function demoSettings(file) {
  try {
    return { ...PRESET, .../** @type {Record<string, unknown>} */ (readJson(file)) };
  } catch {
    return PRESET;
  }
}
