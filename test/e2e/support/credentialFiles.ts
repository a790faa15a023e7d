import fs from 'node:fs';
import path from 'node:path';
import type { KeyPair } from '../../../src/sandbox/keys.js';
import type { HostHandle } from '../../../tools/host.mjs';

/** A profile of `~/.aliyun/config.json`, as the aliyun CLI writes it. */
export type CliProfile = Readonly<Record<string, unknown>>;

/** Keys as a profile of the CLI. */
export function keysProfile(name: string, { accessKeyId, accessKeySecret, securityToken }: KeyPair, region = 'cn-hangzhou'): CliProfile {
  const keys = { name, access_key_id: accessKeyId, access_key_secret: accessKeySecret, region_id: region };
  return securityToken === undefined ? { ...keys, mode: 'AK' } : { ...keys, mode: 'StsToken', sts_token: securityToken };
}

/** Writes `~/.aliyun/config.json` in the host's home folder. */
export function writeProfiles(host: Pick<HostHandle, 'home'>, profiles: readonly CliProfile[]): void {
  write(path.join(host.home, '.aliyun', 'config.json'), JSON.stringify({ current: profiles[0]?.['name'], profiles }, null, 2));
}

/** Writes `~/.alibabacloud/credentials`, from sections of fields. */
export function writeCredentials(host: Pick<HostHandle, 'home'>, sections: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  const text = Object.entries(sections).map(([name, fields]) => [`[${name}]`, ...Object.entries(fields).map(([field, value]) => `${field} = ${value}`)].join('\n'));
  write(path.join(host.home, '.alibabacloud', 'credentials'), `${text.join('\n\n')}\n`);
}

/** Written beside and renamed: a reader sees the old or the new, never a half. */
function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.new`, text);
  fs.renameSync(`${file}.new`, file);
}
