import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../src/domain/change.js';
import { copyAs, type CopyFormat } from '../../src/present/copyAs.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { hostileId, hostileSteps } from '../unit/support/hostileIds.js';
import { compileErrors, runProgram } from './support/copiedProgram.js';
import { idOf } from './support/demoIds.js';
import { clientFor } from './support/officialSdk.js';
import { control } from './support/sandboxControl.js';
import { cliParameters, stubShell, type StubShell } from './support/shellRun.js';
import { closedEndpoint } from './support/throwaway.js';

const regionId = 'cn-hangzhou';

function textOf(format: CopyFormat, steps: readonly Step[]): string {
  const copied = copyAs({ kind: steps[0]?.change.kind ?? 'join', regionId, steps }, format);
  if ('reason' in copied) throw new Error(copied.reason.en);
  return copied.text;
}

/** The call that a step is, written down a second time: what the service is to receive. */
function expectedCall({ ref, change }: Step): { readonly operation: string; readonly parameters: readonly (readonly [string, string])[] } {
  const target = [ref.kind === 'instance' ? 'InstanceId' : 'NetworkInterfaceId', ref.id] as const;
  const place = ['RegionId', regionId] as const;
  if (change.kind !== 'replace') {
    return { operation: change.kind === 'join' ? 'JoinSecurityGroup' : 'LeaveSecurityGroup', parameters: [place, target, ['SecurityGroupId', change.securityGroupId]] };
  }
  const groups = (name: string) => change.after.map((id, index) => [`${name}.${index + 1}`, id] as const);
  return ref.kind === 'instance'
    ? { operation: 'ModifyInstanceAttribute', parameters: [target, ...groups('SecurityGroupIds')] }
    : { operation: 'ModifyNetworkInterfaceAttribute', parameters: [place, target, ...groups('SecurityGroupId')] };
}

describe('what is copied for a shell', () => {
  let shell: StubShell;
  beforeAll(async () => { shell = await stubShell(); });
  afterAll(() => shell.remove());

  it('calls the aliyun CLI with exactly the ids, and does nothing else, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(hostileSteps(25), async (steps) => {
        const { calls, ...rest } = await shell.run(textOf('cli', steps));
        expect(rest).toEqual({ status: 0, stderr: '', files: [] });
        expect(calls.map(([product, operation, ...args]) => ({ product, operation, parameters: cliParameters(args) }))).toEqual(
          steps.map(expectedCall).map(({ operation, parameters }) => ({ product: 'ecs', operation, parameters: [['region', regionId], ...parameters] })),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('gives OOS parameters in JSON that hold exactly the ids, whatever they are', async () => {
    const withoutExpression = hostileId.filter((id) => !id.includes('{{'));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(withoutExpression, { minLength: 1, maxLength: 60 }), withoutExpression, async (ids, securityGroupId) => {
        const steps = ids.map((id): Step => ({ ref: { kind: 'instance', id }, change: { kind: 'join', securityGroupId } }));
        const { calls, ...rest } = await shell.run(textOf('oos', steps));
        expect(rest).toEqual({ status: 0, stderr: '', files: [] });
        const [product, operation, ...args] = calls[0] ?? [];
        const { Parameters: json = '', ...others } = Object.fromEntries(cliParameters(args));
        expect({ calls: calls.length, product, operation, others, parameters: JSON.parse(json) as unknown }).toEqual({
          calls: 1,
          product: 'oos',
          operation: 'StartExecution',
          others: { region: regionId, TemplateName: 'ACS-ECS-JoinSecurityGroupToMultipleInstance' },
          parameters: { regionId, targets: { Type: 'ResourceIds', RegionId: regionId, ResourceIds: ids }, securityGroupId, OOSAssumeRole: '' },
        });
      }),
      { numRuns: 25 },
    );
  });
});

/** One target of each kind, for each change. */
const group = (name: string): string => idOf('sg', name);
const web: Step['ref'] = { kind: 'instance', id: idOf('i', 'shop-web-01') };
const backup: Step['ref'] = { kind: 'networkInterface', id: idOf('eni', 'shop-db-primary-backup-nic') };
const JOINS: readonly Step[] = [web, backup].map((ref) => ({ ref, change: { kind: 'join', securityGroupId: group('partner-api') } }));
const LEAVES: readonly Step[] = [
  { ref: web, change: { kind: 'leave', securityGroupId: group('hz-ssh-office') } },
  { ref: backup, change: { kind: 'leave', securityGroupId: group('hz-monitoring') } },
];
const REPLACEMENTS: readonly Step[] = [web, backup].map((ref) => ({ ref, change: { kind: 'replace', before: [], after: [group('hz-app'), group('hz-db')] } }));
/** The service knows none of these, and its request log tells what it was asked for. */
const HOSTILE: readonly Step[] = fc.sample(hostileSteps(12), { numRuns: 3, seed: 20140526 }).flat();

describe('the TypeScript program', () => {
  it('compiles in a strict project, whatever the ids are', { timeout: 60_000 }, () => {
    const all = { joins: JOINS, leaves: LEAVES, replacements: REPLACEMENTS, mixed: [...JOINS, ...LEAVES, ...REPLACEMENTS], hostile: HOSTILE };
    const programs = Object.entries(all).map(([name, steps]) => [`${name}.ts`, textOf('sdk', steps)] as const);
    const broken = ['broken.ts', textOf('sdk', JOINS).replace('body?.requestId', 'body.requestId')] as const;
    expect(compileErrors(new Map([...programs, broken]))).toEqual(["broken.ts: 'body' is possibly 'undefined'."]);
  });
});

describe('the TypeScript program, run', { timeout: 60_000 }, () => {
  let sandbox: Sandbox;
  beforeAll(async () => { sandbox = await startSandbox({ visibilityMs: 0 }); });
  beforeEach(async () => {
    for (const verb of ['clearFaults', 'clearRequests', 'reset']) await control(sandbox, verb);
  });
  afterAll(() => sandbox.stop());

  const account = () => ({
    ALIBABA_CLOUD_ECS_ENDPOINT: sandbox.endpoint,
    ALIBABA_CLOUD_ACCESS_KEY_ID: sandbox.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: sandbox.accessKeySecret,
  });
  /** The groups of the instance and of the interface, as the service shows them. */
  async function groupsNow(): Promise<readonly (readonly string[])[]> {
    const client = clientFor(sandbox);
    const [ecs, request] = [await import('@alicloud/ecs20140526'), { regionId }];
    const instances = await client.describeInstances(new ecs.DescribeInstancesRequest({ ...request, instanceIds: JSON.stringify([web.id]) }));
    const interfaces = await client.describeNetworkInterfaces(new ecs.DescribeNetworkInterfacesRequest({ ...request, networkInterfaceId: [backup.id] }));
    return [instances.body?.instances?.instance?.[0]?.securityGroupIds?.securityGroupId ?? [], interfaces.body?.networkInterfaceSets?.networkInterfaceSet?.[0]?.securityGroupIds?.securityGroupId ?? []];
  }
  async function requests(): Promise<readonly { readonly operation: string; readonly parameters: Readonly<Record<string, string>> }[]> {
    const { requests: logged } = (await control(sandbox, 'requests')) as { readonly requests: readonly { readonly action: string; readonly parameters: Readonly<Record<string, string>> }[] };
    return logged.map(({ action, parameters }) => ({ operation: action, parameters }));
  }

  it.each([
    ['joins, bundled', JOINS, [['hz-web-public', 'hz-ssh-office', 'partner-api'], ['hz-db', 'hz-monitoring', 'partner-api']], 'bundled'],
    ['leaves, as a native module', LEAVES, [['hz-web-public'], ['hz-db']], 'module'],
    ['replaces, as a native module', REPLACEMENTS, [['hz-app', 'hz-db'], ['hz-app', 'hz-db']], 'module'],
  ] as const)('%s, and prints what it did', async (_does, steps, groups, form) => {
    const { status, stdout, stderr } = await runProgram(textOf('sdk', steps), account(), form);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toEqual([
      ...steps.map((step) => expect.stringMatching(new RegExp(`^done: ${expectedCall(step).operation} ${step.ref.id} .*\\(request [0-9A-F-]{36}\\)$`)) as unknown),
      '2 done, 0 failed',
    ]);
    expect(await groupsNow()).toEqual(groups.map((names) => names.map(group)));
  });

  it('goes on after a step that failed, and exits with 1', async () => {
    const unknown: Step = { ref: { kind: 'instance', id: 'i-unknown' }, change: { kind: 'join', securityGroupId: group('partner-api') } };
    const { status, stdout, stderr } = await runProgram(textOf('sdk', [unknown, ...JOINS]), account());
    expect({ status, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({ status: 1, last: '2 done, 1 failed' });
    expect(stderr).toMatch(/^failed: JoinSecurityGroup i-unknown sg-\S+ \{"code":"InvalidInstanceId.NotFound","statusCode":404,.*\}\n$/);
    expect((await groupsNow()).every((ids) => ids.includes(group('partner-api')))).toBe(true);
  });

  it('asks for exactly the ids, whatever they are, in order', async () => {
    const { status } = await runProgram(textOf('sdk', HOSTILE), account());
    const asked = HOSTILE.map(expectedCall).map(({ operation, parameters }) => ({ operation, parameters: Object.fromEntries(parameters) }));
    expect({ status, requests: await requests() }).toEqual({ status: 1, requests: asked });
  });

  it('says nothing of what it found where no keys are usable, not the profile file either, and asks for nothing', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'copied-home-'));
    await mkdir(path.join(home, '.aliyun'));
    await writeFile(path.join(home, '.aliyun', 'config.json'), '{ "access_key_secret": "topsecret-topsecret", broken');
    const { ALIBABA_CLOUD_ECS_ENDPOINT } = account();
    const env = { ALIBABA_CLOUD_ECS_ENDPOINT, HOME: home, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ALIBABA_CLOUD_CREDENTIALS_URI: await closedEndpoint() };
    try {
      expect(await runProgram(textOf('sdk', JOINS), env)).toEqual({ status: 1, stdout: '', stderr: 'No usable credentials were found.\n' });
      expect(await requests()).toEqual([]);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});
