import { splitProcessCommand } from '@alicloud/credentials/dist/src/utils/command.js';
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { clientFailure, failed, success, type Failure, type Result } from '../../domain/failure.js';
import type { Profile } from '../accounts/profile.js';
import type { Keys } from '../client.js';
import { fields, type Fields } from '../fields.js';
import { MARGIN_MS, type KeySource, type SourceParts } from './keySource.js';
import { tellKeys, usableKeys } from './usableKeys.js';

const LONGEST_MS = 60_000;
const MOST_BYTES = 1024 * 1024;

/**
 * Keys that a command of the person prints, as the aliyun CLI's mode External has them: a JSON object with
 * access_key_id, access_key_secret, sts_token and expiration. Run here and not by the library, which runs it in
 * whatever folder the editor was started from: on Windows a program of that folder goes before those of the PATH,
 * and the folder may be a workspace (law 11).
 * @param longestMs how long it may take
 */
export function commandKeys(profile: Extract<Profile, { readonly way: 'command' }>, { now, onSecret }: SourceParts, longestMs = LONGEST_MS): KeySource['get'] {
  const problem = clientFailure('Client.CredentialCommand', { place: profile.place('process_command') });
  let last: { readonly keys: Keys; readonly until: number } | undefined;
  return async () => {
    if (last !== undefined && now() < last.until) return success(last.keys);
    const printed = fields(await outputOf(profile.command, longestMs));
    const keys = printed === undefined ? failed(problem) : printedKeys(printed, problem);
    if (!keys.ok) return keys;
    tellKeys(keys.value, { onSecret });
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
async function outputOf(command: string, longestMs: number): Promise<unknown> {
  try {
    const [program = '', ...args] = splitProcessCommand(command);
    return JSON.parse(await printed(program, args, longestMs)) as unknown;
  } catch {
    return undefined;
  }
}

/** Rejects when the time is over, also where the command has left something behind that keeps its output open. */
function printed(program: string, args: readonly string[], longestMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { cwd: homedir(), maxBuffer: MOST_BYTES, killSignal: 'SIGKILL', windowsHide: true, encoding: 'utf8' }, (error, stdout) => {
      clearTimeout(timer);
      if (error === null) resolve(stdout);
      else reject(new Error('failed'));
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
      reject(new Error('late'));
    }, longestMs);
    child.stdin?.end();
  });
}
