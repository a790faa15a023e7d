import { splitProcessCommand } from '@alicloud/credentials/dist/src/utils/command.js';
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { clientFailure, failed, success, type Failure, type Result } from '../../domain/failure.js';
import type { Profile } from '../accounts/profile.js';
import type { Keys } from '../client.js';
import { fields, type Fields } from '../fields.js';
import type { KeySource, SourceParts } from './keySource.js';
import { usableKeys } from './usableKeys.js';

const LONGEST_MS = 60_000;
const MOST_BYTES = 1024 * 1024;
/** The CLI takes new keys so long before the old ones run out. */
const MARGIN_MS = 3 * 60_000;

/**
 * Keys that a command of the person prints, as the aliyun CLI's mode External has them: a JSON object with
 * access_key_id, access_key_secret, sts_token and expiration. Run here and not by the library, which runs it in
 * whatever folder the editor was started from: on Windows a program of that folder goes before those of the PATH,
 * and the folder may be a workspace (law 11).
 */
export function commandKeys(profile: Extract<Profile, { readonly way: 'command' }>, { now, onSecret }: SourceParts): KeySource['get'] {
  const problem = clientFailure('Client.CredentialCommand', { place: profile.place('process_command') });
  let last: { readonly keys: Keys; readonly until: number } | undefined;
  return async () => {
    if (last !== undefined && now() < last.until) return success(last.keys);
    const printed = fields(await outputOf(profile.command));
    const keys = printed === undefined ? failed(problem) : printedKeys(printed, problem);
    if (!keys.ok) return keys;
    onSecret(keys.value.accessKeySecret);
    if (keys.value.securityToken !== undefined) onSecret(keys.value.securityToken);
    const expires = Date.parse(printed?.text('expiration') ?? '');
    // Keys that name no end are asked for anew when they are refused.
    last = { keys: keys.value, until: Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires - MARGIN_MS };
    return keys;
  };
}

function printedKeys(printed: Fields, problem: Failure): Result<Keys> {
  const text = (name: string) => printed.text(name) ?? '';
  const securityToken = text('sts_token');
  if (text('mode') === 'StsToken' && securityToken === '') return failed(problem);
  return usableKeys({ accessKeyId: text('access_key_id'), accessKeySecret: text('access_key_secret'), securityToken }, problem);
}

/** What the command printed, as JSON; undefined where it failed in any way. Its words may have keys in them and are not kept. */
async function outputOf(command: string): Promise<unknown> {
  try {
    const [program = '', ...args] = splitProcessCommand(command);
    const output = await new Promise<string>((resolve, reject) => {
      execFile(program, args, { cwd: homedir(), timeout: LONGEST_MS, maxBuffer: MOST_BYTES, windowsHide: true, encoding: 'utf8' }, (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(new Error('failed'));
      }).stdin?.end();
    });
    return JSON.parse(output) as unknown;
  } catch {
    return undefined;
  }
}
