import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve('../shared/reference/samples');

/** The synthetic answers that lie beside the repository, where they do. */
export const samples: ((name: string) => unknown) | undefined = existsSync(folder) ? (name) => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as unknown : undefined;
