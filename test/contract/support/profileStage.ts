import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Connection } from '../../../src/app/ports/accounts.js';
import type { CloudOptions, CredentialSource } from '../../../src/app/ports/cloud.js';
import { connect } from '../../../src/cloud/ecsCloud.js';
import type { Result } from '../../../src/domain/failure.js';
import type { KeyPair } from '../../../src/sandbox/keys.js';
import { VirtualClock } from '../../unit/support/virtualClock.js';
import { options } from './cloudConnection.js';
import { temporaryHome, type TemporaryHome } from './temporaryHome.js';
import { tokenServices, type TokenServices } from './tokenServices.js';

/** A secret, and the id of the key that is signed with it. */
export interface KnownSecret {
  readonly secret: string;
  readonly id?: string;
}

/** A home folder with profiles, stand-ins of the services that they ask, and what is told and kept of all that. */
export interface ProfileStage {
  readonly home: TemporaryHome;
  readonly services: TokenServices;
  /** What was told as secret, in this order. */
  readonly secrets: readonly string[];
  /** Secrets that a request carried, or was signed with, before they were told. */
  readonly untold: readonly string[];
  /** How often it was told that the account is somebody else's by now. */
  readonly others: () => number;
  /** Wall time is that of this process; the other moves only when told to. */
  readonly clock: VirtualClock;
  open(credentials: CredentialSource, more?: Partial<CloudOptions>): Promise<Result<Connection>>;
  leave(): Promise<void>;
}

export interface StageParts {
  /** Of the service whose account it is. */
  readonly endpoint: string;
  readonly session: KeyPair;
  /** Keys that STS knows. */
  readonly keys?: readonly KeyPair[];
  readonly known?: readonly KnownSecret[];
}

export async function profileStage({ endpoint, session, keys = [], known = [] }: StageParts): Promise<ProfileStage> {
  const home = await temporaryHome();
  // The files of a home are not all that Windows and others look at.
  vi.stubEnv('USERPROFILE', home.path);
  for (const name of Object.keys(process.env)) if (name.startsWith('ALIBABA_CLOUD_')) vi.stubEnv(name, undefined);
  const services = await tokenServices(session, keys);
  const secrets: string[] = [];
  const untold: string[] = [];
  let others = 0;
  const clock = Object.assign(new VirtualClock('manual'), { now: () => Date.now() });
  watchRequests([...known, ...[...keys, session].flatMap(secretsOf)], secrets, untold);
  return {
    home,
    services,
    secrets,
    untold,
    clock,
    others: () => others,
    open: (credentials, more = {}) =>
      connect(options(endpoint, { credentials, clock, onSecret: (secret) => secrets.push(secret), onOtherIdentity: () => { others += 1; }, routeTokenServices: services.route, ...more })),
    leave: async () => {
      vi.unstubAllGlobals();
      vi.unstubAllEnvs();
      await services.stop();
      await home.remove();
    },
  };
}

export function secretsOf({ accessKeyId, accessKeySecret, securityToken }: KeyPair): readonly KnownSecret[] {
  return [{ secret: accessKeySecret, id: accessKeyId }, ...(securityToken === undefined ? [] : [{ secret: securityToken, id: accessKeyId }])];
}

function watchRequests(known: readonly KnownSecret[], told: readonly string[], untold: string[]): void {
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const text = decoded(url) + JSON.stringify(init.headers) + decoded(typeof init.body === 'string' ? init.body : '');
    for (const { secret, id } of known) {
      const isUsed = text.includes(secret) || (id !== undefined && (text.includes(`Credential=${id},`) || text.includes(`AccessKeyId=${id}&`)));
      if (isUsed && !told.includes(secret)) untold.push(secret);
    }
    return real(url, init);
  });
}

/** An address within an address is encoded twice. */
function decoded(text: string): string {
  return decodeURIComponent(decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')).replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));
}

/** `~/.aliyun/config.json` with these profiles. */
export function cliFile(...profiles: readonly object[]): string {
  return JSON.stringify({ current: 'default', profiles, meta_path: '' }, undefined, '\t');
}

/** Every file below a folder, with its bytes and the time of its last change. */
export async function snapshot(folder: string): Promise<Readonly<Record<string, readonly [string, number]>>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, [(await readFile(file)).toString('base64'), (await stat(file)).mtimeMs]] as const)));
}
