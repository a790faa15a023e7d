// @ts-check
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './json.mjs';
import { ROOT } from './paths.mjs';

/**
 * Whose work stands in the bundles, and under which licence: read from what the bundler says it took, so that
 * nothing has to be listed by hand and nothing is forgotten.
 *
 * @typedef {Record<string, { bytesInOutput: number }>} Taken
 * @typedef {{ outputs: Record<string, { inputs: Taken }> }} Metafile the part of esbuild's metafile that is read
 * @typedef {{ name?: unknown, version?: unknown, license?: unknown, author?: unknown }} Manifest
 */

/** Licences that allow what we do, as their packages spell them; another one is for a person to look at. */
const PERMISSIVE = new Map([
  ['MIT', 'MIT'],
  ['ISC', 'ISC'],
  ['Apache-2.0', 'Apache-2.0'],
  ['Apache License 2.0', 'Apache-2.0'],
  ['BSD-2-Clause', 'BSD-2-Clause'],
  ['BSD-3-Clause', 'BSD-3-Clause'],
  ['0BSD', '0BSD'],
]);

/** Standard words for packages that name a licence and forgot its text; that of Apache-2.0 is our own `LICENSE`. */
const STANDARD = join(import.meta.dirname, 'licences');
const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const LICENCE_FILE = /^(?:licen[cs]e|copying)(?:[.-][\w.-]*)?$/i;
const NOTICE_FILE = /^notice(?:\.(?:md|txt))?$/i;

/**
 * Folders of the packages of which at least one byte stands in a bundle.
 * @param {readonly Metafile[]} metafiles
 * @returns {string[]} relative to the project's root, with forward slashes
 */
export function bundledFolders(metafiles) {
  const taken = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)));
  const folders = taken.filter(([, { bytesInOutput }]) => bytesInOutput > 0).flatMap(([file]) => PACKAGE_FOLDER.exec(file)?.[0] ?? []);
  return [...new Set(folders)];
}

/** @param {string} text */
const tidy = (text) => text.replaceAll('\r\n', '\n').replace(/[ \t]+$/gm, '').trim();

/**
 * The text of the files of a folder whose name says what they are.
 * @param {string} folder
 * @param {RegExp} name
 */
function textsOf(folder, name) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => entry.name)
    .sort()
    .map((file) => tidy(readFileSync(join(folder, file), 'utf8')));
}

/**
 * The line that names the holder of the rights, as the package's own README has it, else made of its author.
 * @param {string} folder
 * @param {Manifest} manifest
 */
function holderLine(folder, { name, author }) {
  const said = textsOf(folder, /^readme(?:\.md)?$/i).flatMap((text) => /^Copyright .+$/im.exec(text)?.[0] ?? [])[0];
  const person = typeof author === 'object' && author !== null && 'name' in author ? author.name : author;
  return said ?? `Copyright (c) ${typeof person === 'string' && person !== '' ? person : `the authors of ${String(name)}`}`;
}

/**
 * @param {string} licence
 * @param {string} folder
 * @param {Manifest} manifest
 */
function standardText(licence, folder, manifest) {
  const words = "The package brings no text of its licence; this is the licence's own.";
  const holder = holderLine(folder, manifest);
  if (licence === 'Apache-2.0') return `${words}\n\n${holder}\n\nSee the end of this file.`;
  const file = join(STANDARD, `${licence}.txt`);
  if (!existsSync(file)) throw new Error(`${String(manifest.name)} names the licence ${licence} but brings no text of it.`);
  return `${words}\n\n${holder}\n\n${tidy(readFileSync(file, 'utf8'))}`;
}

/**
 * @param {string} folder absolute
 * @returns {{ title: string, licence: string, text: string }} throws where the licence is missing or unknown to us
 */
function noticeOf(folder) {
  const manifest = /** @type {Manifest} */ (readJson(join(folder, 'package.json')));
  const title = `${String(manifest.name)} ${String(manifest.version)}`;
  if (typeof manifest.license !== 'string' || manifest.license === '') throw new Error(`${title} is bundled and names no licence.`);
  const licence = PERMISSIVE.get(manifest.license);
  if (licence === undefined) throw new Error(`${title} is bundled, and its licence is not on the list of tools/notices.mjs: ${manifest.license}`);
  const own = textsOf(folder, LICENCE_FILE);
  return { title, licence, text: [...(own.length > 0 ? own : [standardText(licence, folder, manifest)]), ...textsOf(folder, NOTICE_FILE)].join('\n\n') };
}

const RULE = '='.repeat(78);

/**
 * @param {readonly Metafile[]} metafiles
 * @param {string} [root] where the paths of the metafiles begin
 * @returns {string} the same for the same packages, wherever and whenever it is made
 */
export function noticesText(metafiles, root = ROOT) {
  const found = new Map(bundledFolders(metafiles).map((folder) => noticeOf(join(root, folder))).map((notice) => [notice.title, notice]));
  const notices = [...found.values()].sort((one, other) => (one.title < other.title ? -1 : 1));
  const apache = notices.some(({ licence }) => licence === 'Apache-2.0') ? [`The text of Apache-2.0\n\n${tidy(readFileSync(join(ROOT, 'LICENSE'), 'utf8'))}`] : [];
  const head = `ECS Explorer for Alibaba Cloud contains parts of these packages, unaltered or shortened by what is not used:\n\n${notices.map(({ title, licence }) => `- ${title} (${licence})`).join('\n')}`;
  return `${[head, ...notices.map(({ title, licence, text }) => `${title}\nLicence: ${licence}\n\n${text}`), ...apache].join(`\n\n${RULE}\n\n`)}\n`;
}

/**
 * Writes `ThirdPartyNotices.txt` beside the bundles.
 * @param {string} dist the folder with the bundles and `meta.json`
 */
export function writeNotices(dist) {
  const metafiles = /** @type {Metafile[]} */ (readJson(join(dist, 'meta.json')));
  writeFileSync(join(dist, 'ThirdPartyNotices.txt'), noticesText(metafiles));
}
