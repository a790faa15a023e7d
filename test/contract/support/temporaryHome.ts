import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';

export interface TemporaryHome {
  readonly path: string;
  write(name: string, content: string | Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** A home folder of the test's own, with these files: what `~` means until the environment is put back. */
export async function temporaryHome(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<TemporaryHome> {
  const path = await mkdtemp(join(tmpdir(), 'ecs-explorer-home-'));
  vi.stubEnv('HOME', path);
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  };
  for (const [name, content] of Object.entries(files)) await write(name, content);
  return { path, write, remove: () => rm(path, { recursive: true, force: true }) };
}
