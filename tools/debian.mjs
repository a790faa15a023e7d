// @ts-check
// Runs before anything is installed: only Node's own modules here.
import fs from 'node:fs';
import path from 'node:path';
import { run } from './processes.mjs';

/**
 * What tells that a package is there, whoever installed it: a program in PATH, or a file.
 * @type {Readonly<Record<string, { programs?: readonly string[], files?: readonly string[] }>>}
 */
const SIGNS = {
  chromium: { programs: ['chromium'], files: ['/usr/bin/chromium'] },
  'fonts-wqy-microhei': { files: ['/usr/share/fonts/truetype/wqy/wqy-microhei.ttc', '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', '/usr/share/fonts/google-noto-cjk'] },
  python3: { programs: ['python3'] },
  make: { programs: ['make'] },
  'g++': { programs: ['g++', 'c++'] },
};

/** @param {string} program */
function inPath(program) {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => folder !== '' && fs.existsSync(path.join(folder, program)));
}

/** @param {string} name */
function isThere(name) {
  const signs = SIGNS[name] ?? { programs: [name] };
  return (signs.programs ?? []).some(inPath) || (signs.files ?? []).some((file) => fs.existsSync(file));
}

let updated = false;

/** @param {readonly string[]} args */
async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // apt has a lock of its own: wait for it rather than fail beside another installation.
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-q', ...args], { env, onLine: () => undefined });
}

/**
 * Sees to it that Debian packages are installed. As root on Debian (or a child of it) it installs
 * the missing ones; elsewhere it changes nothing.
 * @param {readonly string[]} names
 * @returns {Promise<string | undefined>} why they are not there, with what to do; undefined when they are
 */
export async function ensureDebian(names) {
  const missing = names.filter((name) => !isThere(name));
  if (missing.length === 0) return undefined;
  const ask = `not installed: ${missing.join(', ')}. On Debian or Ubuntu: sudo apt-get install ${missing.join(' ')}`;
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !inPath('apt-get')) return ask;
  if (!updated) {
    console.log('[Debian] reading the lists of packages');
    await apt(['update']);
    updated = true;
  }
  console.log(`[Debian] installing ${missing.join(', ')}`);
  const result = await apt(['install', '-y', '--no-install-recommends', ...missing]);
  const still = missing.filter((name) => !isThere(name));
  if (still.length === 0) return undefined;
  return `apt-get could not install ${still.join(', ')}:\n${result.tail}`;
}
