import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCancelSource, NEVER } from '../../src/app/cancelSource.js';
import type { CancelSignal } from '../../src/app/ports/cancel.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server.js';
import type { LoggedRequest } from '../../src/sandbox/requestLog.js';
import { buildDemoWorld } from '../../src/sandbox/worlds/demo.js';
import { buildRulesWorld, RULE_CASES, type RuleCase } from '../../src/sandbox/worlds/rules.js';
import { MOST_READS, READS } from '../live/announcement.js';
import { cleanCode, cleaned, MADE_UP, Pseudonyms } from '../live/pseudonyms.js';
import { compareShapes, shapeOf } from '../live/shapes.js';
import { writeTranscript, type Transcript } from '../live/transcript.js';
import { verifyLive } from '../live/verifyLive.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';

/** The program is never run against the cloud here: a sandbox stands for it, at the endpoint option. */

const REGION = 'cn-hangzhou';
const CONSENT = '--yes-use-my-account';
const web = idOf('i', 'shop-web-01');
const nic = idOf('eni', 'spare-nic-web');
const partner = idOf('sg', 'partner-api');
const JOIN = ['--allow-join', '--instance', web, '--group', partner, '--visibility-seconds', '5'];

let folder: string;
let sandbox: Sandbox;
const children: ChildProcess[] = [];

beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'verify-live-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  vi.unstubAllEnvs();
  await sandbox.stop();
});

async function cloud(options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox({ visibilityMs: 0, ...options });
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', sandbox.accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', sandbox.accessKeySecret);
  vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', undefined);
}

interface Ran {
  readonly code: number;
  readonly said: string;
}

const out = () => path.join(folder, 'transcript.json');
const usual = () => ['--region', REGION, '--endpoint', sandbox.endpoint, '--out', out()];

async function run(args: readonly string[], signal: CancelSignal = NEVER): Promise<Ran> {
  const lines: string[] = [];
  await rm(out(), { force: true });
  const code = await verifyLive(args, { say: (line) => void lines.push(line), signal });
  return { code, said: lines.join('\n') };
}

const transcript = async () => JSON.parse(await readFile(out(), 'utf8')) as Transcript;
const requests = async () => (await control(sandbox, 'requests'))['requests'] as readonly LoggedRequest[];
const actions = async () => (await requests()).map(({ action }) => action);
const writes = async () => (await actions()).filter((action) => !action.startsWith('Describe'));
const groupsOf = async (resource: string) => (await control(sandbox, 'state', { resource }))['securityGroupIds'] as readonly string[];
const named = ({ checks }: Transcript, verdict: string) => checks.filter((check) => check.verdict === verdict).map(({ name }) => name);

function ruleCase(wanted: string): RuleCase {
  const found = RULE_CASES.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`There is no such case: ${wanted}`);
  return found;
}

/** What no reading can settle. */
const OPEN = [
  'join-primary-interface', 'join-interface-twice', 'ram-interface', 'replace-interface-type', 'group-limit', 'order-of-checks', 'throttle-numbers', 'conflict', 'wrong-signature', 'wrong-key', 'wrong-clock',
];
const JOIN_CHECKS = ['join-accepted', 'join-visible', 'leave-accepted', 'leave-visible', 'groups-as-before'];
/** Too few rules for two pages, none with a prefix list, and one endpoint for every region. */
const UNSEEN = ['regions-endpoints', 'rules-paging', 'prefix-list-entries'];

describe('without consent', () => {
  it('everything is said and nothing is sent', async () => {
    await cloud();
    const { code, said } = await run([...usual(), '--group', partner, '--other-region', 'cn-beijing']);
    expect([code, await actions()]).toEqual([0, []]);
    for (const words of [REGION, 'cn-beijing', sandbox.endpoint, partner, out(), 'Writes: none.', 'Nothing was sent.', CONSENT, ...Object.keys(READS)]) expect(said).toContain(words);
    await expect(readFile(out())).rejects.toThrow('ENOENT');
  });

  it('a join that is allowed is announced with the way back, and not sent either', async () => {
    await cloud();
    const { code, said } = await run([...usual(), ...JOIN]);
    expect([code, await actions()]).toEqual([0, []]);
    expect(said).toContain(`one JoinSecurityGroup (${web} into ${partner})`);
    expect(said).toContain(`aliyun ecs LeaveSecurityGroup --RegionId ${REGION} --SecurityGroupId ${partner} --InstanceId ${web}`);
  });

  it('the help is all there is to see', async () => {
    await cloud();
    const { code, said } = await run(['--help']);
    expect([code, await actions(), said.startsWith('Usage: npm run verify:live')]).toEqual([0, [], true]);
  });
});

describe('wrong usage', () => {
  const place = ['--region', REGION, CONSENT];
  it.each([
    ['no region', [CONSENT], '--region is missing'],
    ['a region that would be another host', ['--region', 'evil.com/x?', CONSENT], 'not a region id'],
    ['the same region twice', [...place, '--other-region', REGION], "not another region's id"],
    ['plain http elsewhere', [...place, '--endpoint', 'http://ecs.example.com'], '(Client.InvalidEndpoint.PlainHttp)'],
    ['an endpoint with a path', [...place, '--endpoint', 'https://ecs.example.com/x'], '(Client.InvalidEndpoint.Path)'],
    ['an option that there is not', [...place, '--force'], "Unknown option '--force'"],
    ['a word too many', [...place, 'please'], 'Unexpected argument'],
    ['no file', [...place, '--out', ''], '--out needs a file'],
    ['no time to look', [...place, '--visibility-seconds', '0'], '--visibility-seconds takes 1 to 600'],
    ['the id of another kind as a group', [...place, '--group', web], 'not the id of a security group'],
    ['a target without leave to join', [...place, '--instance', web], 'go with --allow-join only'],
    ['a join without a group', [...place, '--allow-join', '--instance', web], '--allow-join needs --group'],
    ['a join without a target', [...place, '--allow-join', '--group', partner], 'exactly one of --instance and --eni'],
    ['a join of two targets', [...place, ...JOIN, '--eni', nic], 'exactly one of --instance and --eni'],
    ['a join of an id with a blank', [...place, '--allow-join', '--group', partner, '--instance', 'i-bp1 x'], 'not the id of an instance'],
    ['a join of an interface that is none', [...place, '--allow-join', '--group', partner, '--eni', web], 'not the id of a network interface'],
  ])('is said, exits with 2 and sends nothing: %s', async (_what, args, problem) => {
    await cloud();
    const { code, said } = await run(['--endpoint', sandbox.endpoint, ...args]);
    expect([code, said.includes(problem), said.includes('Usage: npm run verify:live'), await actions()]).toEqual([2, true, true, []]);
  });

  it('is also to have no keys', async () => {
    await cloud();
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', undefined);
    const { code, said } = await run([...usual(), CONSENT]);
    expect([code, await actions()]).toEqual([2, []]);
    expect(said).toContain('No request was sent: Client.NoCredentials. Set ALIBABA_CLOUD_ACCESS_KEY_ID');
  });
});

describe('reading', () => {
  it('finds the sandbox as the sandbox is, with what it announced and no write', async () => {
    await cloud();
    const { code, said } = await run([...usual(), CONSENT, '--compare']);
    const told = await transcript();
    expect([code, named(told, 'differs'), named(told, 'not checked')]).toEqual([0, [], [...UNSEEN, ...JOIN_CHECKS, ...OPEN]]);
    expect(new Set(await actions())).toEqual(new Set(Object.keys(READS)));
    expect((await actions()).length).toBeLessThanOrEqual(MOST_READS);
    expect(said).toContain(`${told.counts.agrees} agree, 0 differ, ${UNSEEN.length + JOIN_CHECKS.length + OPEN.length} not checked.`);
  });

  it('agrees with the world of rules, too, whatever group it reads', async () => {
    await cloud({ world: 'rules' });
    const { code } = await run([...usual(), CONSENT, '--compare', '--group', ruleCase('v16-near-limit').securityGroupId]);
    const told = await transcript();
    expect([code, named(told, 'differs'), named(told, 'not checked')]).toEqual([0, [], ['regions-endpoints', 'prefix-list-entries', ...JOIN_CHECKS, ...OPEN]]);
    expect((await actions()).every((action) => action in READS)).toBe(true);
  });

  it('looks into a prefix list where the group that it reads names one', async () => {
    await cloud();
    const { code } = await run([...usual(), CONSENT, '--compare', '--group', idOf('sg', 'staging-all')]);
    expect([code, named(await transcript(), 'agrees').filter((name) => /^(?:references|prefix-list)/.test(name))]).toEqual([0, ['references-facts', 'references-unknown-group', 'prefix-list-entries', 'prefix-list-unknown']]);
  });

  it('names every check once', async () => {
    await cloud();
    await run([...usual(), CONSENT, '--compare']);
    const names = (await transcript()).checks.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('notes every request with the shape of its answer', async () => {
    await cloud();
    await run([...usual(), CONSENT]);
    const { requests: noted, shapes } = await transcript();
    expect(noted.map(({ operation, status, code }) => [operation, status, code])).toEqual((await requests()).map(({ action, status, code }) => [action, status, code]));
    expect(noted.every(({ ms, shape }) => typeof ms === 'number' && String(shape) in shapes)).toBe(true);
    const [first] = noted;
    expect([first?.['parameters'], shapes[String(first?.['shape'])]]).toEqual([
      { AcceptLanguage: 'en-US' },
      { $: ['object'], '$.RequestId': ['string'], '$.Regions': ['object'], '$.Regions.Region': ['array'], '$.Regions.Region[]': ['object'], '$.Regions.Region[].LocalName': ['string'], '$.Regions.Region[].RegionEndpoint': ['string'], '$.Regions.Region[].RegionId': ['string'], '$.Regions.Region[].Status': ['string'] },
    ]);
  });

  it('that is interrupted says so, and still writes what it has', async () => {
    await cloud();
    const { signal, cancel } = createCancelSource();
    cancel();
    const { code } = await run([...usual(), CONSENT, ...JOIN], signal);
    expect([code, await actions(), (await transcript()).counts.agrees]).toEqual([1, [], 0]);
  });
});

describe('a service that is not as we believe', () => {
  const page = { action: 'DescribeInstances' };
  it.each([
    ['a number that is an object', { kind: 'oddFieldType', ...page, field: 'Memory' }, ['types-DescribeInstances']],
    ['a state that is a number', { kind: 'oddFieldType', ...page, field: 'Status', type: 'number' }, ['instances-states', 'types-DescribeInstances']],
    ['an item twice', { kind: 'duplicatedItems', ...page }, ['instances-paging']],
    ['a token that comes again', { kind: 'tokenRepeated', action: 'DescribeNetworkInterfaces' }, ['interfaces-paging']],
    ['a list that is cut off', { kind: 'tokenDropped', action: 'DescribeSecurityGroups', nth: 3 }, ['groups-paging']],
    ['tokens that are over at once', { kind: 'tokenExpired', action: 'DescribeSecurityGroups' }, ['groups-paging']],
    ['another code for an odd language', { kind: 'error', action: 'DescribeRegions', nth: 6, code: 'InvalidParameter', status: 400 }, ['regions-unknown-language']],
    ['a region without an id', { kind: 'oddFieldType', action: 'DescribeRegions', field: 'RegionId' }, ['regions-fields', 'types-DescribeRegions']],
    ['groups that refer to one without an id', { kind: 'oddFieldType', action: 'DescribeSecurityGroupReferences', field: 'SecurityGroupId', type: 'null' }, ['references-facts', 'types-DescribeSecurityGroupReferences']],
    ['a group without its type', { kind: 'oddFieldType', action: 'DescribeSecurityGroups', field: 'SecurityGroupType', type: 'null' }, ['groups-types', 'types-DescribeSecurityGroups']],
    ['an error in a success', { kind: 'ok200WithErrorCode', action: 'DescribeSecurityGroupAttribute', code: 'InvalidParameter' }, ['rules-facts', 'rules-words', 'rules-paging', 'rules-count']],
    ['a page that the product cannot translate', { kind: 'oddFieldType', action: 'DescribeNetworkInterfaces', nth: 15, field: 'Type' }, ['translated-interfaces', 'types-DescribeNetworkInterfaces']],
  ])('differs: %s', async (_what, fault, names) => {
    await cloud();
    await control(sandbox, 'faults', fault);
    const { code, said } = await run([...usual(), CONSENT]);
    expect([code, named(await transcript(), 'differs')]).toEqual([1, names]);
    for (const name of names) expect(said).toMatch(new RegExp(`^differs +${name}: .*\\(expected: `, 'm'));
  });

  it('has a field more: with --compare that differs, without it is noted', async () => {
    await cloud();
    const fault = { kind: 'deep', action: 'DescribeInstances', depth: 2 };
    await control(sandbox, 'faults', fault);
    expect((await run([...usual(), CONSENT])).code).toBe(0);
    const lacks = ['$.Nested', '$.Nested[]'];
    expect((await transcript()).comparison['DescribeInstances']?.sandboxLacks).toEqual(lacks);
    await control(sandbox, 'faults', fault);
    const { code, said } = await run([...usual(), CONSENT, '--compare']);
    expect([code, named(await transcript(), 'differs')]).toEqual([1, ['fields-DescribeInstances']]);
    expect(said).toContain(`fields-DescribeInstances: ${lacks.join('; ')}`);
  });

  it.each([
    ['a permission that is missing', { kind: 'error', code: 'Forbidden.RAM', status: 403 }],
    ['a minute that is full', { kind: 'error', code: 'Throttling.User', status: 400 }],
    ['a connection that breaks', { kind: 'reset' }],
    ['a gateway in between', { kind: 'html503' }],
  ])('is not the same as %s, which leaves the check open', async (_what, fault) => {
    await cloud();
    await control(sandbox, 'faults', { ...fault, action: 'DescribeInstanceAttribute', times: 2 });
    const { code } = await run([...usual(), CONSENT]);
    const told = await transcript();
    expect([code, named(told, 'differs'), named(told, 'not checked').filter((name) => name.startsWith('instance-attribute'))]).toEqual([0, [], ['instance-attribute', 'instance-attribute-unknown']]);
  });

  it('that answers nothing at all is no agreement', async () => {
    await cloud();
    await control(sandbox, 'faults', { kind: 'error', code: 'InvalidAccessKeyId.Inactive', status: 400, times: 1000 });
    const { code } = await run([...usual(), CONSENT]);
    expect([code, named(await transcript(), 'differs')]).toEqual([1, []]);
  });
});

describe('a join that is allowed', () => {
  it.each([
    ['an instance', web, ['--instance', web]],
    ['an interface', nic, ['--eni', nic]],
  ])('is made once and taken back once: %s', async (_what, target, args) => {
    await cloud({ visibilityMs: 400 });
    const before = await groupsOf(target);
    const { code, said } = await run([...usual(), CONSENT, '--allow-join', '--group', idOf('sg', 'hz-monitoring'), ...args]);
    const told = await transcript();
    expect([code, await writes(), await groupsOf(target)]).toEqual([0, ['JoinSecurityGroup', 'LeaveSecurityGroup'], before]);
    expect([named(told, 'differs'), JOIN_CHECKS.filter((name) => !named(told, 'agrees').includes(name))]).toEqual([[], []]);
    expect(told.join).toEqual({ aftermath: 'as it was before', shownAfterMs: expect.any(Number) as unknown, goneAfterMs: expect.any(Number) as unknown });
    // Reads lag by 400 ms behind a write, and the clock starts when its answer is there.
    expect(Math.min(told.join?.shownAfterMs ?? 0, told.join?.goneAfterMs ?? 0)).toBeGreaterThan(200);
    expect([said.includes('The target is: as it was before; the join showed after'), said.includes('!!!')]).toEqual([true, false]);
  });

  it.each([
    ['blocks', 'v14-basic-to-advanced', 'blocked'],
    ['finds nothing to do', 'v13-already', 'nothingToDo'],
    ['warns', 'v22-kubernetes', 'warn and --allow-warnings is not given'],
  ])('is not made when the plan %s', async (_what, name, why) => {
    await cloud({ world: 'rules' });
    const { instanceId = '', securityGroupId } = ruleCase(name);
    const { code, said } = await run([...usual(), CONSENT, '--allow-join', '--instance', instanceId, '--group', securityGroupId]);
    const told = await transcript();
    expect([code, await writes(), named(told, 'not checked').filter((check) => JOIN_CHECKS.includes(check)), told.join]).toEqual([1, [], JOIN_CHECKS, { aftermath: 'nothing was sent' }]);
    expect(said).toContain(`Not joined, nothing was sent: the preflight rules say ${why}.`);
  });

  it('is made despite warnings where the person allows that', async () => {
    await cloud({ world: 'rules' });
    const { instanceId = '', securityGroupId } = ruleCase('v22-kubernetes');
    const { code } = await run([...usual(), CONSENT, '--allow-join', '--allow-warnings', '--instance', instanceId, '--group', securityGroupId]);
    expect([code, await writes()]).toEqual([0, ['JoinSecurityGroup', 'LeaveSecurityGroup']]);
  });

  it('that the service refuses although the plan is ready differs, and nothing is taken back', async () => {
    await cloud();
    await control(sandbox, 'faults', { action: 'JoinSecurityGroup', code: 'InvalidOperation.MultiGroupType', status: 400 });
    const { code } = await run([...usual(), CONSENT, ...JOIN]);
    const told = await transcript();
    expect([code, await writes(), named(told, 'differs'), told.join]).toEqual([1, ['JoinSecurityGroup'], ['join-accepted'], { aftermath: 'as it was before' }]);
  });

  it('whose answer is lost is taken back as well', async () => {
    await cloud();
    const before = await groupsOf(web);
    await control(sandbox, 'faults', { kind: 'reset', action: 'JoinSecurityGroup', when: 'afterWrite' });
    const { code } = await run([...usual(), CONSENT, ...JOIN]);
    expect([code, await writes(), await groupsOf(web), (await transcript()).join?.aftermath]).toEqual([0, ['JoinSecurityGroup', 'LeaveSecurityGroup'], before, 'as it was before']);
  });

  it('that never happened is found out by the leave', async () => {
    await cloud();
    const before = await groupsOf(web);
    await control(sandbox, 'faults', { kind: 'reset', action: 'JoinSecurityGroup' });
    const { code } = await run([...usual(), CONSENT, ...JOIN, '--visibility-seconds', '1']);
    expect([code, await groupsOf(web), (await requests()).find(({ action }) => action === 'LeaveSecurityGroup')?.code, (await transcript()).join]).toEqual([1, before, 'InvalidSecurityGroupAssociation.NotFound', { aftermath: 'as it was before' }]);
  });

  it('while somebody else changes the groups is told of', async () => {
    await cloud({ visibilityMs: 600 });
    const running = run([...usual(), CONSENT, ...JOIN]);
    await vi.waitFor(async () => { expect(await actions()).toContain('JoinSecurityGroup'); }, { timeout: 15_000 });
    await control(sandbox, 'touch', { resource: web, addGroup: idOf('sg', 'temporary-debug') });
    const { code, said } = await running;
    expect([code, (await transcript()).join?.aftermath, said.includes(`!!! The other groups of ${web} changed meanwhile.`)]).toEqual([1, 'changed by somebody else', true]);
  });
});

describe('a leave that fails is told loudly', () => {
  const byHand = `!!!   aliyun ecs LeaveSecurityGroup --RegionId ${REGION} --SecurityGroupId ${partner} --InstanceId ${web}`;

  it.each([
    ['refused', { code: 'Forbidden.RAM', status: 403 }],
    ['turned away by flow control', { code: 'Throttling.User', status: 400 }],
    ['lost before it was carried out', { kind: 'reset' }],
    ['broken inside the service', { code: 'InternalError', status: 500 }],
  ])('when it is %s: the target is still a member', async (_what, fault) => {
    await cloud();
    await control(sandbox, 'faults', { ...fault, action: 'LeaveSecurityGroup' });
    const { code, said } = await run([...usual(), CONSENT, ...JOIN, '--visibility-seconds', '1']);
    expect([code, await writes(), (await groupsOf(web)).includes(partner), (await transcript()).join?.aftermath]).toEqual([1, ['JoinSecurityGroup', 'LeaveSecurityGroup'], true, 'still a member']);
    expect(said).toContain(`!!! ${web} IS STILL A MEMBER of ${partner}.`);
    expect(said).toContain(byHand);
  });

  it('when it is accepted and does not show: that is unknown', async () => {
    await cloud({ visibilityMs: 500 });
    const running = run([...usual(), CONSENT, ...JOIN, '--visibility-seconds', '1']);
    await vi.waitFor(async () => { expect(await actions()).toContain('JoinSecurityGroup'); }, { timeout: 15_000 });
    // The join shows after half a second; what is written from now on does not.
    await control(sandbox, 'visibility', { ms: 60_000 });
    const { code, said } = await running;
    expect([code, (await groupsOf(web)).includes(partner), (await transcript()).join?.aftermath]).toEqual([1, false, 'unknown']);
    expect(said).toContain('!!! The service accepted the leave, and reads do not show it.');
    expect(said).toContain(byHand);
  });

  it('unless the change shows although its answer was lost', async () => {
    await cloud();
    const before = await groupsOf(web);
    await control(sandbox, 'faults', { kind: 'reset', action: 'LeaveSecurityGroup', when: 'afterWrite' });
    const { code, said } = await run([...usual(), CONSENT, ...JOIN]);
    expect([code, await groupsOf(web), (await transcript()).join?.aftermath, said.includes('!!!')]).toEqual([0, before, 'as it was before', false]);
  });

  it('when nothing can be read any more: that is unknown', async () => {
    await cloud({ visibilityMs: 500 });
    const running = run([...usual(), CONSENT, ...JOIN, '--visibility-seconds', '1']);
    await vi.waitFor(async () => { expect(await actions()).toContain('JoinSecurityGroup'); }, { timeout: 15_000 });
    await control(sandbox, 'faults', { action: 'DescribeInstances', code: 'Forbidden.RAM', status: 403, times: 1000 });
    const { code, said } = await running;
    expect([code, (await groupsOf(web)).includes(partner), (await transcript()).join?.aftermath]).toEqual([1, false, 'unknown']);
    expect(said).toContain(`!!! It is UNKNOWN whether ${web} is a member of ${partner}.`);
    expect(said).toContain(byHand);
  });
});

it('a person who interrupts between the two gets the target back as it was', async () => {
  await cloud({ visibilityMs: 60_000 });
  const before = await groupsOf(web);
  const { signal, cancel } = createCancelSource();
  const running = run([...usual(), CONSENT, '--allow-join', '--instance', web, '--group', partner], signal);
  await vi.waitFor(async () => { expect(await actions()).toContain('JoinSecurityGroup'); }, { timeout: 15_000 });
  cancel();
  const { code, said } = await running;
  expect([code, await writes(), await groupsOf(web), said.includes('Interrupted: leaving the group now.')]).toEqual([1, ['JoinSecurityGroup', 'LeaveSecurityGroup'], before, true]);
  const told = await transcript();
  expect([told.join, JOIN_CHECKS.filter((name) => named(told, 'not checked').includes(name))]).toEqual([{ aftermath: 'as it was before' }, ['join-visible', 'leave-visible']]);
});

describe('the transcript', () => {
  /** Every id, name and address of a world's resources, wherever it stands. */
  function tellingStrings(value: unknown, telling = false): readonly string[] {
    if (typeof value === 'string') return telling && value !== '' ? [value] : [];
    if (Array.isArray(value)) return value.flatMap((item) => tellingStrings(item, telling));
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => tellingStrings(inner, /^(?:id|name|serial|mac|ipv6|address|keyPair|.*Id|.*Ips|.*Ids)$/.test(key)));
  }

  it.each([
    ['demo', buildDemoWorld, web, partner],
    ['rules', buildRulesWorld, ruleCase('v22-kubernetes').instanceId ?? '', ruleCase('v22-kubernetes').securityGroupId],
  ] as const)('holds no id, name, address, key or request id of the %s world', async (world, build, instance, group) => {
    await cloud({ world });
    await run([...usual(), CONSENT, '--compare', '--allow-join', '--allow-warnings', '--instance', instance, '--group', group]);
    const text = await readFile(out(), 'utf8');
    const log = await requests();
    const { accessKeyId, accessKeySecret, accountId, endpoint } = sandbox;
    const sent = log.flatMap(({ requestId, parameters }) => [requestId, ...(parameters['NextToken'] === undefined ? [] : [parameters['NextToken']])]).filter((value) => value !== MADE_UP.token);
    const telling = [...new Set([...tellingStrings(build().regions), ...sent, accessKeyId, accessKeySecret, accountId, new URL(endpoint).host])];
    expect(telling.length).toBeGreaterThan(500);
    expect(telling.filter((value) => text.includes(value))).toEqual([]);
    expect(await writes()).toEqual(['JoinSecurityGroup', 'LeaveSecurityGroup']);
  });

  it('is not written at all with a secret in it', async () => {
    await cloud();
    await run([...usual(), CONSENT]);
    const told = await transcript();
    await rm(out());
    await expect(writeTranscript(out(), told, ['another-secret', told.checks[0]?.name ?? ''])).rejects.toThrow('A secret is in the transcript, so it was not written.');
    await expect(readFile(out())).rejects.toThrow('ENOENT');
  });

  it('gives the same value the same name, and what is made up its own', () => {
    const names = new Pseudonyms();
    expect([
      names.parameters({ RegionId: 'cn-hangzhou', InstanceIds: '["i-1","i-2"]', MaxResults: '10', NextToken: 'abc' }),
      names.parameters({ 'NetworkInterfaceId.1': 'eni-1', 'NetworkInterfaceId.2': MADE_UP.interface, InstanceId: 'i-2', Odd: 'secret', RegionId: 'cn-beijing' }),
    ]).toEqual([
      { RegionId: 'region#1', InstanceIds: 'instance#1, instance#2', MaxResults: '10', NextToken: 'token#1' },
      { 'NetworkInterfaceId.1': 'interface#1', 'NetworkInterfaceId.2': MADE_UP.interface, InstanceId: 'instance#2', Odd: 'value#1', RegionId: 'region#2' },
    ]);
  });

  it('repeats no code and no field name that is none', () => {
    expect([cleanCode('InvalidParameter.NextToken'), cleanCode('i-bp1abcdef said no'), cleaned('not i-bp1abcdef at 10.0.0.1')]).toEqual(['InvalidParameter.NextToken', '(odd code)', 'not [hidden] at [hidden]']);
    expect(shapeOf({ Good: [1, 'a', null], 'i-bp1abcdef': true })).toEqual({ $: ['object'], '$.(odd name)': ['boolean'], '$.Good': ['array'], '$.Good[]': ['null', 'number', 'string'] });
  });

  it('tells fields that only one side has from fields of another type', () => {
    expect(compareShapes(shapeOf({ a: 1, b: 'x', c: [] }), shapeOf({ a: '1', b: 'y', d: 1 }))).toEqual({ sandboxLacks: ['$.c'], notSeen: ['$.d'], otherTypes: ['$.a: number, the sandbox: string'] });
  });
});

describe('the command', () => {
  const start = (...args: readonly string[]) => {
    const child = spawn(process.execPath, ['tools/verifyLive.mjs', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { said += text; });
    return { child, ended: once(child, 'close').then(([code]) => [code as unknown, said] as const) };
  };

  it('exits with 2 for wrong usage', async () => {
    await cloud();
    expect(await start('--region', 'Nowhere!').ended).toEqual([2, expect.stringContaining('not a region id: --region Nowhere!\n\nUsage:')]);
  }, 60_000);

  it('leaves the group again on Ctrl-C', async () => {
    await cloud({ visibilityMs: 60_000 });
    const before = await groupsOf(web);
    const { child, ended } = start(...usual(), CONSENT, '--allow-join', '--instance', web, '--group', partner);
    await vi.waitFor(async () => { expect(await actions()).toContain('JoinSecurityGroup'); }, { timeout: 40_000 });
    child.kill('SIGINT');
    const [code, said] = await ended;
    expect([code, await writes(), await groupsOf(web), said.includes('Interrupted: leaving the group now.')]).toEqual([130, ['JoinSecurityGroup', 'LeaveSecurityGroup'], before, true]);
  }, 60_000);
});
