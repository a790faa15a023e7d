import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permits, readPolicy } from '../../src/sandbox/policy.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { callAs } from './support/callAs.js';
import { idOf } from './support/demoIds.js';
import { control, tryControl } from './support/sandboxControl.js';
import { verdict } from './support/signedRequest.js';

const RegionId = 'cn-hangzhou';
const allow = (Action: unknown, Resource: unknown = '*', Effect = 'Allow') => ({ Effect, Action, Resource });
const policy = (...Statement: readonly unknown[]) => ({ Version: '1', Statement });

describe('a policy', () => {
  const may = (document: unknown, action: string, ...resources: readonly string[]) => {
    const read = readPolicy(document);
    if ('problem' in read) throw new Error(read.problem);
    return permits(read.value, action, resources);
  };

  it.each<[string, unknown, boolean]>([
    ['what it names', policy(allow('ecs:JoinSecurityGroup', 'acs:ecs:a:1:instance/i-1')), true],
    ['by patterns', policy(allow(['ecs:Join*', 'ecs:X'], ['acs:ecs:*:*:instance/*'])), true],
    ['by a pattern of one character', policy(allow('ecs:JoinSecurityGrou?', '*')), true],
    ['and nothing else', policy(allow('ecs:LeaveSecurityGroup', '*')), false],
    ['of other resources', policy(allow('ecs:JoinSecurityGroup', 'acs:ecs:a:1:instance/i-2')), false],
    ['unless it is denied', policy(allow('*'), allow('ecs:JoinSecurityGroup', '*', 'Deny')), false],
    ['where only others are denied', policy(allow('*'), allow('ecs:LeaveSecurityGroup', '*', 'Deny')), true],
    ['and takes dots for dots', policy(allow('ecs:JoinSecurity.roup')), false],
  ])('allows %s', (_what, document, expected) => {
    expect(may(document, 'ecs:JoinSecurityGroup', 'acs:ecs:a:1:instance/i-1')).toBe(expected);
  });

  it('has to allow every resource of a call', () => {
    const one = policy(allow('*', '*:instance/*'));
    expect([may(one, 'x', 'a:instance/i'), may(one, 'x', 'a:instance/i', 'a:eni/e')]).toEqual([true, false]);
  });

  it.each<[string, unknown]>([
    ['no object', []],
    ['another version', { Version: '2', Statement: [allow('*')] }],
    ['no statement', policy()],
    ['a statement that is none', policy('x')],
    ['an effect that is none', policy(allow('*', '*', 'Maybe'))],
    ['no action', policy({ Effect: 'Allow', Resource: '*' })],
    ['an empty list', policy(allow([]))],
    ['a condition, which is not played here', policy({ ...allow('*'), Condition: {} })],
    ['more than a policy has', { ...policy(allow('*')), Id: 'x' }],
  ])('is refused for %s', (_what, document) => {
    expect(readPolicy(document)).toEqual({ problem: expect.any(String) as string });
  });
});

describe('a key under a policy', () => {
  let sandbox: Sandbox;
  beforeAll(async () => { sandbox = await startSandbox({ visibilityMs: 0 }); });
  afterAll(() => sandbox.stop());
  const as = (action: string, query: Readonly<Record<string, string>>) => callAs(sandbox, 'limited', action, { query });

  it('may do what the policy says, and is told what else it would need', async () => {
    await control(sandbox, 'policy', { key: 'limited', policy: policy(allow('ecs:DescribeInstances', 'acs:ecs:cn-hangzhou:*:instance/*')) });
    const answers = [await as('DescribeInstances', { RegionId }), await as('DescribeInstances', { RegionId: 'cn-beijing' }), await as('DescribeSecurityGroups', { RegionId }), await as('DescribeRegions', {})];
    expect(answers.map(verdict)).toEqual(['200', '403 Forbidden.RAM', '403 Forbidden.RAM', '403 Forbidden.RAM']);
    expect(answers.at(-2)?.body['AccessDeniedDetail']).toMatchObject({ AuthAction: 'ecs:DescribeSecurityGroups' });
  });

  it('is told of a bad parameter before the permission is asked, and who it is without any', async () => {
    await control(sandbox, 'policy', { key: 'limited', policy: policy(allow('ecs:Nothing')) });
    expect(verdict(await as('JoinSecurityGroup', { RegionId, InstanceId: idOf('i', 'shop-web-01') }))).toBe('400 MissingParameter');
    expect(verdict(await callAs(sandbox, 'limited', 'GetCallerIdentity', { headers: { 'x-acs-version': '2015-04-01' } }))).toBe('200');
  });

  it('may do what it might before, once its state is set anew', async () => {
    await control(sandbox, 'key', { key: 'limited', state: 'active' });
    expect([verdict(await as('DescribeRegions', {})), verdict(await as('DescribeSecurityGroups', { RegionId }))]).toEqual(['200', '200']);
  });

  it.each<[string, unknown, string]>([
    ['the account itself', { key: 'good', policy: policy(allow('*')) }, 'a policy is for a RAM user or a role: good'],
    ['nobody', { key: 'golden', policy: policy(allow('*')) }, '"key" must be one of'],
    ['no policy', { key: 'limited' }, '"policy" must be a JSON object'],
  ])('is not bound by a mistake: %s', async (_what, body, error) => {
    expect(await tryControl(sandbox, 'policy', body)).toEqual({ status: 400, body: { error: expect.stringContaining(error) as string } });
  });
});

describe('a clock that is wrong', () => {
  let sandbox: Sandbox;
  beforeAll(async () => { sandbox = await startSandbox({ visibilityMs: 0 }); });
  afterAll(() => sandbox.stop());
  const turn = (offsetMs: number): Promise<unknown> => control(sandbox, 'clock', { offsetMs });

  it('refuses what it takes for old or not yet signed, and says what time it is', async () => {
    const verdicts: string[] = [];
    for (const minutes of [-20, -14, 14, 20]) {
      await turn(minutes * 60_000);
      const answer = await callAs(sandbox, 'good', 'DescribeRegions');
      const off = Math.round((Date.parse(answer.headers.get('date') ?? '') - Date.now()) / 60_000);
      verdicts.push(`${off}: ${verdict(answer)}`);
    }
    expect(verdicts).toEqual(['-20: 400 InvalidTimeStamp.Expired', '-14: 200', '14: 200', '20: 400 InvalidTimeStamp.Expired']);
  });

  it('is set by whole milliseconds within ten years', async () => {
    expect((await tryControl(sandbox, 'clock', { offsetMs: 1e15 })).status).toBe(400);
  });
});
