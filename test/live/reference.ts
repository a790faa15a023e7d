import { NEVER } from '../../src/app/cancelSource.js';
import { parseEndpoint } from '../../src/cloud/endpoints.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { stableId } from '../../src/sandbox/worlds/build.js';
import { connect } from '../../src/cloud/ecsCloud.js';
import { prefixList, prefixListIds, referencesTo } from './detailClaims.js';
import { GROUPS, LISTS, idsOf, tokenOf, INSTANCES } from './lists.js';
import { MADE_UP } from './pseudonyms.js';
import { recorded, Recorder, type Exchange } from './recorder.js';
import { Service, PRODUCT, TIMEOUT_SECONDS, WRITES } from './service.js';
import { mergedShape, shapeOf, type Shape } from './shapes.js';

/** Shapes by operation; refusals, which are alike for all, under one name. */
export type Shapes = Readonly<Record<string, Shape>>;

export const REFUSAL = 'a refusal';

/** What was answered, by operation. */
export function shapesOf(exchanges: readonly Exchange[]): Shapes {
  const byName = new Map<string, Shape[]>();
  for (const { operation, code, json } of exchanges) {
    if (json === undefined) continue;
    const name = code === '' ? operation : REFUSAL;
    byName.set(name, [...(byName.get(name) ?? []), shapeOf(json)]);
  }
  return Object.fromEntries([...byName].map(([name, shapes]) => [name, mergedShape(shapes)]));
}

let known: Promise<Shapes> | undefined;

/** Every shape that the sandbox's answers can have, from the two worlds that hold one of everything. Nothing leaves this machine. */
export function sandboxShapes(): Promise<Shapes> {
  return (known ??= readSandboxes());
}

async function readSandboxes(): Promise<Shapes> {
  const recorder = new Recorder();
  for (const world of ['demo', 'rules'] as const) {
    const sandbox = await startSandbox({ world, visibilityMs: 0 });
    try {
      await recorded(recorder, () => readWorld(sandbox, recorder));
    } finally {
      await sandbox.stop();
    }
  }
  return shapesOf(recorder.exchanges);
}

async function readWorld(sandbox: Sandbox, recorder: Recorder): Promise<void> {
  const { accessKeyId, accessKeySecret } = sandbox;
  const parsed = parseEndpoint(sandbox.endpoint);
  if (!parsed.ok) throw new Error(`The sandbox has an odd endpoint: ${sandbox.endpoint}`);
  const place = { endpoint: parsed.value, recorder, signal: NEVER };
  const regions = new Service('cn-hangzhou', { accessKeyId, accessKeySecret }, place);
  const answer = await regions.ask('DescribeRegions', {});
  for (const regionId of regionIds(answer)) await readRegion(new Service(regionId, { accessKeyId, accessKeySecret }, place));
  await regions.here('DescribeInstances', { NextToken: MADE_UP.token });
  if (sandbox.world === 'demo') await joinAndLeave(sandbox);
}

function regionIds({ json }: Exchange): readonly string[] {
  return (json as { readonly Regions: { readonly Region: readonly { readonly RegionId: string }[] } }).Regions.Region.map(({ RegionId }) => RegionId);
}

async function readRegion(service: Service): Promise<void> {
  for (const list of LISTS) {
    await service.here(list.operation);
    for (let token = ''; ;) {
      const page = await service.here(list.operation, { MaxResults: '100', ...(token === '' ? {} : { NextToken: token }) });
      if (list === GROUPS) for (const id of idsOf(page, GROUPS)) await readGroup(service, id);
      if (list === INSTANCES) for (const InstanceId of idsOf(page, INSTANCES)) await service.ask('DescribeInstanceAttribute', { InstanceId });
      token = tokenOf(page);
      if (token === '') break;
    }
  }
}

async function readGroup(service: Service, SecurityGroupId: string): Promise<void> {
  const rules = await service.here('DescribeSecurityGroupAttribute', { SecurityGroupId });
  for (const id of prefixListIds(rules)) await prefixList(service, id);
  await referencesTo(service, [SecurityGroupId]);
}

/** The answers of the two writes, and of a refused one that says which permission was missing. */
async function joinAndLeave(sandbox: Sandbox): Promise<void> {
  const regionId = 'cn-hangzhou';
  const pair = { regionId, instanceId: stableId('i', regionId, 'shop-web-01'), securityGroupId: stableId('sg', regionId, 'partner-api') };
  for (const { accessKeyId, accessKeySecret } of [sandbox.keys.good, sandbox.keys.limited]) {
    const credentials = { kind: 'keys', accessKeyId, accessKeySecret } as const;
    const connection = await connect({ credentials, sandbox: true, endpoint: sandbox.endpoint, network: 'public', timeoutSeconds: TIMEOUT_SECONDS, concurrentReads: 1, ...WRITES, product: PRODUCT, onSecret: () => undefined });
    if (!connection.ok) throw new Error(connection.failure.code);
    const { ecs } = connection.value;
    await ecs.joinSecurityGroup(pair, { signal: NEVER });
    await ecs.leaveSecurityGroup(pair, { signal: NEVER });
  }
}
