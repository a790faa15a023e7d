// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { readJson } from './json.mjs';

/** @typedef {Readonly<Record<string, unknown>>} Settings */

/**
 * Settings for every VS Code that the tools start: no side bars, tips or services that a person
 * who tries an extension, or a test of it, would have to look past.
 * @type {Settings}
 */
export const CALM = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'workbench.editor.useModal': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * @param {string} dataDir the data folder of a host
 * @returns {string} its file of user settings
 */
export function settingsFile(dataDir) {
  return path.join(dataDir, 'data', 'User', 'settings.json');
}

/**
 * Replaces all user settings by the calm ones and these. In a browser VS Code reads the file only
 * when a window is loaded.
 * @param {string} dataDir
 * @param {Settings} settings
 */
export function writeSettings(dataDir, settings) {
  const file = settingsFile(dataDir);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // Written beside and renamed: a reader sees the old or the new, never a half.
  fs.writeFileSync(`${file}.new`, `${JSON.stringify({ ...CALM, ...settings }, null, 2)}\n`);
  fs.renameSync(`${file}.new`, file);
}

/**
 * Changes single user settings; `undefined` removes one.
 * @param {string} dataDir
 * @param {Settings} changes
 */
export function changeSettings(dataDir, changes) {
  const now = /** @type {Settings} */ (readJson(settingsFile(dataDir)));
  writeSettings(dataDir, { ...now, ...changes });
}
