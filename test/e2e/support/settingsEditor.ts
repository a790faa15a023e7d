import fs from 'node:fs';
import { CALM, settingsFile } from '../../../tools/hostSettings.mjs';
import { until } from './until.js';
import type { Workbench } from './workbench.js';

type Settings = Readonly<Record<string, unknown>>;

function read(dataDir: string): Settings {
  return JSON.parse(fs.readFileSync(settingsFile(dataDir), 'utf8')) as Settings;
}

/**
 * Changes user settings of an open window as a person does, in the editor of settings.json: the
 * browser's VS Code does not follow the file on the disk. `undefined` removes one.
 */
export async function changeSettings(workbench: Workbench, changes: Settings): Promise<void> {
  const { page, host } = workbench;
  const text = JSON.stringify({ ...CALM, ...read(host.dataDir), ...changes });
  await workbench.runCommand('Preferences: Open User Settings (JSON)');
  const editor = page.locator('.part.editor .editor-instance .monaco-editor.focused').first();
  await editor.waitFor();
  // Pasted: the editor closes brackets of what is typed.
  const clipboard = await workbench.clipboard();
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
  await page.keyboard.press('Control+S');
  await until('the settings are saved', () => fs.readFileSync(settingsFile(host.dataDir), 'utf8').trim() === text);
  await page.evaluate((value) => navigator.clipboard.writeText(value), clipboard);
  await workbench.runCommand('View: Close Editor');
}
