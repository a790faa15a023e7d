// @ts-check
import fs from 'node:fs';
import path from 'node:path';
import { buildBundles } from './build.mjs';
import { DEMO, demoSettings, demoWorkspace } from './demo.mjs';
import { hostEnvironment } from './hostEnvironment.mjs';
import { CALM } from './hostSettings.mjs';
import { ROOT } from './paths.mjs';
import { run } from './processes.mjs';

/** How long a person may work in the window: a week. */
const OPEN_MS = 7 * 24 * 3_600_000 - 1;

/**
 * The `code` command's script for Node, which works without a shell.
 * @returns {string | undefined} the program in PATH
 */
function installedCode() {
  const names = process.platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => fs.existsSync(file));
}

/** @returns {Promise<string>} */
async function downloadedCode() {
  console.log('No installed VS Code found (`code` is not in PATH): downloading one');
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return downloadAndUnzipVSCode({ version: 'stable', cachePath: path.join(ROOT, '.vscode-test') });
}

/**
 * Opens a desktop VS Code with the extension loaded from this folder, and profile and extensions of
 * its own; waits until its window is closed.
 * @returns {Promise<number>} the exit code
 */
export async function startDesktop() {
  await buildBundles();
  const data = path.join(DEMO, 'desktop');
  const settings = path.join(data, 'User', 'settings.json');
  fs.mkdirSync(path.dirname(settings), { recursive: true });
  fs.writeFileSync(settings, `${JSON.stringify({ ...CALM, ...demoSettings(settings) }, null, 2)}\n`);
  const args = [
    `--extensionDevelopmentPath=${ROOT}`,
    `--user-data-dir=${data}`,
    `--extensions-dir=${path.join(DEMO, 'desktop-extensions')}`,
    ...['--new-window', '--wait', '--disable-workspace-trust', '--skip-welcome', demoWorkspace()],
  ];
  const program = installedCode() ?? (await downloadedCode());
  console.log('Starting VS Code; this command ends when its window is closed');
  const env = hostEnvironment({});
  // A .cmd file is a script of the Windows shell, which Node starts only through that shell.
  const [command, all] = program.endsWith('.cmd') ? [process.env['ComSpec'] ?? 'cmd.exe', ['/d', '/c', program, ...args]] : [program, args];
  const { code } = await run(command, all, { env, within: OPEN_MS });
  return code;
}
