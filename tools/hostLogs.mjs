// @ts-check
import fs from 'node:fs';
import path from 'node:path';

/** @param {string} folder */
function list(folder) {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * The text of an output channel, from the files VS Code writes: the panel shows only what fits.
 * @param {string} dataDir the data folder given to `startHost`
 * @param {string} channel its name, such as "ECS Explorer"
 * @param {{ window?: 'latest' | 'all' }} [options] `latest` (the default): only of the extension host
 *   that wrote last, which is the window opened last
 * @returns {string} empty when there is no such channel yet
 */
export function channelText(dataDir, channel, { window = 'latest' } = {}) {
  const logs = path.join(dataDir, 'data', 'logs');
  /** @type {{ file: string, host: string, at: number }[]} */
  const found = [];
  for (const session of list(logs)) {
    for (const host of list(path.join(logs, session)).filter((name) => name.startsWith('exthost'))) {
      for (const folder of list(path.join(logs, session, host))) {
        for (const name of list(path.join(logs, session, host, folder))) {
          if (name === `${channel}.log` || (name.endsWith(`-${channel}.log`) && /^\d+-/.test(name))) {
            const file = path.join(logs, session, host, folder, name);
            found.push({ file, host: path.join(session, host), at: fs.statSync(file).mtimeMs });
          }
        }
      }
    }
  }
  found.sort((a, b) => a.at - b.at);
  const last = found.at(-1)?.host;
  return found
    .filter(({ host }) => window === 'all' || host === last)
    .map(({ file }) => fs.readFileSync(file, 'utf8'))
    .join('');
}
