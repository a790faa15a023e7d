import { spawn } from 'node:child_process';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { KeyName, KeyPair } from '../../../src/sandbox/keys.js';
import { stableId } from '../../../src/sandbox/worlds/build.js';
import { ROOT } from '../../../tools/paths.mjs';

/** A server that speaks ECS, of the test's own: the extension knows it only by its endpoint. */
export interface EcsServer {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** All keys that it knows, by what they may do; the one above is `good`. */
  readonly keys: Readonly<Record<KeyName, KeyPair>>;
  /** Settings and environment with which the extension uses it, as a person would set them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  /** The same with one of its other keys. */
  envOf(key: KeyName): Readonly<Record<string, string>>;
  control(verb: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Requests of this action that arrived so far. */
  requests(action: string): Promise<readonly Record<string, unknown>[]>;
  /** Ids of the groups that an instance in Hangzhou is in, sorted, as the service itself knows them. */
  groupsOf(instance: string): Promise<readonly string[]>;
  /** From here on it answers nothing, and takes in nothing, until it is resumed: whatever is seen meanwhile came from elsewhere. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/** The region in which the tests change something. */
const HERE = 'cn-hangzhou';

/** The id of an instance of the world. */
export const instanceId = (name: string): string => stableId('i', HERE, name);

/** The id of a security group of the world. */
export const groupId = (name: string): string => stableId('sg', HERE, name);

interface Ready {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly controlToken: string;
  readonly keys: Readonly<Record<KeyName, KeyPair>>;
}

/** A key in the variables that the SDKs of Alibaba Cloud read. */
function environmentOf({ accessKeyId, accessKeySecret, securityToken }: KeyPair): Readonly<Record<string, string>> {
  const token = securityToken === undefined ? {} : { ALIBABA_CLOUD_SECURITY_TOKEN: securityToken };
  return { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret, ...token };
}

/** Starts `dist/sandbox.js` as a program; the caller stops it (or `forTest` does). */
export async function startEcs(world: 'demo' | 'rules' | 'hostile' | 'heavy' | 'fleet', size?: { readonly seed: number; readonly resources: number }): Promise<EcsServer> {
  const generated = size === undefined ? [] : ['--seed', String(size.seed), '--resources', String(size.resources)];
  const child = spawn(process.execPath, [path.join(ROOT, 'dist', 'sandbox.js'), '--world', world, ...generated, '--port', '0', '--visibility-ms', '100'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = await new Promise<Ready>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      if (output.includes('\n')) resolve(JSON.parse(output.slice(0, output.indexOf('\n'))) as Ready);
    });
    child.once('exit', (code) => { reject(new Error(`The ECS server ended with code ${String(code)}.`)); });
  });
  const control = async (verb: string, body: unknown = {}): Promise<Record<string, unknown>> => {
    const response = await fetch(`${ready.endpoint}/_control/${verb}`, { method: 'POST', headers: { 'x-sandbox-control': ready.controlToken }, body: JSON.stringify(body) });
    const answer = (await response.json()) as Record<string, unknown>;
    if (response.status !== 200) throw new Error(`${verb}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    ...ready,
    settings: { 'ecsExplorer.account': 'env', 'ecsExplorer.endpoint': ready.endpoint },
    env: environmentOf(ready),
    envOf: (key) => environmentOf(ready.keys[key]),
    control,
    requests: async (action) => {
      const { requests } = (await control('requests')) as { requests: readonly Record<string, unknown>[] };
      return requests.filter((request) => request['action'] === action);
    },
    groupsOf: async (instance) => {
      const { securityGroupIds } = (await control('state', { resource: instanceId(instance) })) as { securityGroupIds: readonly string[] };
      return [...securityGroupIds].sort();
    },
    pause: () => { child.kill('SIGSTOP'); },
    resume: () => { child.kill('SIGCONT'); },
    stop: () => {
      child.kill();
      // One that is paused ends when it is resumed.
      child.kill('SIGCONT');
    },
  };
}

/** The same, stopped by itself after the test. */
export async function ecsForTest(world: 'demo' | 'rules'): Promise<EcsServer> {
  const server = await startEcs(world);
  onTestFinished(() => { server.stop(); });
  return server;
}
