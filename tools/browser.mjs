// @ts-check
import fs from 'node:fs';

/** Chromium, or a browser that is one: Debian's name first. */
const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** Nothing but this machine can be reached, and nothing is looked for. */
const FLAGS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** @returns {string | undefined} */
function program() {
  return PROGRAMS.find((file) => fs.existsSync(file));
}

/** @returns {string | undefined} why no browser can be driven; undefined when one can */
export function browserMissing() {
  return program() === undefined ? 'no Chromium found. On Debian or Ubuntu: sudo apt-get install chromium fonts-wqy-microhei' : undefined;
}

/** @returns {import('playwright-core').LaunchOptions} */
export function browserOptions() {
  const executablePath = program();
  if (executablePath === undefined) throw new Error(browserMissing());
  // Chromium refuses its own sandbox to root, which is who runs in a container.
  return { executablePath, args: FLAGS, headless: true, chromiumSandbox: process.getuid?.() !== 0 };
}
