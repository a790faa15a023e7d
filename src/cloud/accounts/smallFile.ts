import { open, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { clientFailure, failed, success, type CredentialCode, type Result } from '../../domain/failure.js';

/** A file of the person's, only ever read. */
export interface SmallFile {
  readonly path: string;
  /** As it is shown, with `~` for the home folder. */
  readonly name: string;
}

/** A file below the home folder, which is looked up each time: a test may have another one. */
export function homeFile(...steps: readonly string[]): SmallFile {
  return { path: below(home(), steps), name: ['~', ...steps].join('/') };
}

/** Empty where the system knows of none, or where it would be relative to wherever the editor was started. */
function home(): string {
  try {
    return isAbsolute(homedir()) ? homedir() : '';
  } catch {
    return '';
  }
}

function below(folder: string, steps: readonly string[]): string {
  return folder === '' ? '' : join(folder, ...steps);
}

/** A thousand profiles need less. */
const MOST_BYTES = 1024 * 1024;
/** UTF-16, as some editors of Windows write: JSON and ini are read as UTF-8 by every tool that shares these files. */
const UTF16 = /^(?:\xff\xfe|\xfe\xff)/;

/** The text of a file, without a byte order mark; anything but a plain file of reasonable size is a failure that names it. */
export async function readSmallFile({ path, name }: SmallFile): Promise<Result<string>> {
  const problem = (code: CredentialCode) => failed(clientFailure(code, { place: { file: name } }));
  try {
    // Looked at before it is opened: opening a pipe would wait for a writer.
    const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile) return problem('Client.CredentialFileUnreadable');
    if (size > MOST_BYTES) return problem('Client.CredentialFileTooLarge');
    const bytes = await firstBytes(path);
    if (bytes.byteLength > MOST_BYTES) return problem('Client.CredentialFileTooLarge');
    if (UTF16.test(bytes.toString('latin1', 0, 2))) return problem('Client.CredentialFileMalformed');
    return success(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return problem(code === 'ENOENT' || code === 'ENOTDIR' ? 'Client.CredentialFileMissing' : 'Client.CredentialFileUnreadable');
  }
}

/** One byte more than allowed, so that a file that grows meanwhile is noticed. */
async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}
