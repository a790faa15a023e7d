import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planChanges, type PlannedStep } from '../../src/app/plan.js';
import type { Clock } from '../../src/app/ports/clock.js';
import type { Ecs } from '../../src/app/ports/ecs.js';
import type { Change } from '../../src/domain/change.js';
import { judgeArguments } from '../../src/domain/joinArguments.js';
import type { TargetRef } from '../../src/domain/resources.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { MODIFY_CASES, RULE_CASES, type RuleCase } from '../../src/sandbox/worlds/rules.js';
import type { ModifyCase } from '../../src/sandbox/worlds/modifyCases.js';
import { LEAVE_CASES } from './peers/leaveCases.js';
import { CONTEXT, ecsOf, valueOf } from './support/cloudConnection.js';


/**
 * The preflight rules of leaving and replacing and the sandbox were written apart from the same documents. Here each
 * checks the other: what the rules block, the service refuses with one of the codes that they predicted; what they
 * call ready, it accepts.
 */

const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: () => Promise.resolve() };
const limits = { groupsPerInterface: 5 };

let sandbox: Sandbox;
let ecs: Ecs;
// A case changes the world for the next one where it is accepted.
beforeEach(async () => {
  sandbox = await startSandbox({ world: 'rules', visibilityMs: 0 });
  ecs = await ecsOf(sandbox);
});
afterEach(() => sandbox.stop());

async function judged(regionId: string, ref: TargetRef, change: Change): Promise<PlannedStep> {
  const plan = valueOf(await planChanges({ kind: change.kind, regionId, steps: [{ ref, change }] }, { ecs, clock, limits, accountId: sandbox.accountId }, CONTEXT));
  const [planned] = plan.planned;
  if (planned === undefined) throw new Error('The plan has no step.');
  return planned;
}

async function groupsOf(regionId: string, { kind, id }: TargetRef): Promise<readonly string[]> {
  const query = { regionId, ids: [id] };
  const { items } = kind === 'instance' ? valueOf(await ecs.listInstances(query, CONTEXT)) : valueOf(await ecs.listNetworkInterfaces(query, CONTEXT));
  return items[0]?.securityGroupIds ?? [];
}

/** Rules that guard what the service would let pass: an empty list, and a list that somebody else has changed. */
const OUR_OWN = new Set(['V23', 'V24']);

/** What the rules said and what the service answered, held against each other. `hidden`: no read tells the refusal. */
function expectAgreement({ verdict, findings }: PlannedStep, code: string, { hidden = false } = {}): void {
  const predicted = findings.filter(({ severity }) => severity !== 'inform').flatMap(({ codes }) => codes);
  const guarded = findings.some(({ rule, severity, codes }) => severity === 'block' && OUR_OWN.has(rule) && codes.length === 0);
  if (verdict === 'blocked' && !guarded) expect(predicted).toContain(code);
  if (verdict === 'ready' && !hidden) expect(code).toBe('ok');
  if (code === 'ok' || hidden) return;
  expect(verdict).not.toBe('ready');
  expect(predicted).toContain(code);
}

interface LeaveRequest {
  readonly regionId: string;
  readonly securityGroupId: string;
  readonly ref: TargetRef;
}

async function leave({ regionId, securityGroupId, ref }: LeaveRequest) {
  const planned = await judged(regionId, ref, { kind: 'leave', securityGroupId });
  const target = ref.kind === 'instance' ? { instanceId: ref.id } : { networkInterfaceId: ref.id };
  const answer = await ecs.leaveSecurityGroup({ regionId, securityGroupId, ...target }, CONTEXT);
  return { planned, code: answer.ok ? 'ok' : answer.failure.code };
}

const requested = LEAVE_CASES.map(({ title, code, write }) => {
  const { regionId, instanceId, networkInterfaceId, securityGroupIds: [securityGroupId = ''] } = write;
  return { name: title, code, args: { securityGroupId, ...(regionId !== undefined && { regionId }), ...(instanceId !== undefined && { instanceId }), ...(networkInterfaceId !== undefined && { networkInterfaceId }) } };
});
const malformed = requested.filter(({ args }) => judgeArguments(args).length > 0);
const wellFormed = requested.filter(({ args }) => judgeArguments(args).length === 0);

function refOf({ instanceId, networkInterfaceId = '' }: { readonly instanceId?: string; readonly networkInterfaceId?: string }): TargetRef {
  return instanceId === undefined ? { kind: 'networkInterface', id: networkInterfaceId } : { kind: 'instance', id: instanceId };
}

describe('the rules of a leave and the service', () => {
  it.each(wellFormed)('agree on $name ($code)', async ({ args, code }) => {
    const { planned, code: answered } = await leave({ regionId: args.regionId ?? '', securityGroupId: args.securityGroupId, ref: refOf(args) });
    expect(answered).toBe(code);
    expectAgreement(planned, answered);
  });

  it.each(malformed)('agree on $name, which needs no facts ($code)', ({ args, code }) => {
    expect(judgeArguments(args).flatMap(({ codes }) => codes)).toContain(code);
  });

  const listed = (row: RuleCase) => row.regionId !== undefined && row.regionId !== 'cn-nowhere' && judgeArguments(row).length === 0;
  it.each(RULE_CASES.filter(listed))('agree on leaving the group of $name, and one that its target is in', async (row) => {
    const { regionId = '', securityGroupId } = row;
    const ref = refOf(row);
    const asked = await leave({ regionId, securityGroupId, ref });
    expectAgreement(asked.planned, asked.code);
    const [own = securityGroupId] = await groupsOf(regionId, ref);
    const again = await leave({ regionId, securityGroupId: own, ref });
    expectAgreement(again.planned, again.code);
  });
});

/** Cases that fail because of what no fact about the target shows: its type's age and its owner. */
const HIDDEN_MODIFY = new Set(['old-type', 'foreign-instance']);
const isAboutIds = ({ name, regionId, action }: ModifyCase) =>
  name.startsWith('malformed') || name.startsWith('no-') || name === 'unknown-region' || (action === 'ModifyNetworkInterfaceAttribute' && regionId === undefined);
const modify = MODIFY_CASES.filter((row) => !isAboutIds(row));

describe('the rules of a replacement and the service', () => {
  it.each(modify)('agree on $action $name ($code)', async (row) => {
    const { regionId = 'cn-hangzhou', securityGroupIds, name, code } = row;
    const ref = refOf(row);
    const planned = await judged(regionId, ref, { kind: 'replace', before: await groupsOf(regionId, ref), after: securityGroupIds });
    if (planned.change.kind !== 'replace') throw new Error('The plan made something else of it.');
    const { after } = planned.change;
    const sent = { regionId, securityGroupIds: after };
    const answer = ref.kind === 'instance' ? await ecs.replaceInstanceGroups({ ...sent, instanceId: ref.id }, CONTEXT) : await ecs.replaceInterfaceGroups({ ...sent, networkInterfaceId: ref.id }, CONTEXT);
    const answered = answer.ok ? 'ok' : answer.failure.code;
    // A list that repeats or is empty never leaves this machine so.
    const expected = { repeated: 'ok', 'empty-list': 'Client.NoGroups' }[name] ?? code;
    expect(answered).toBe(expected);
    if (name === 'empty-list') expect(planned.findings).toContainEqual({ rule: 'V23', severity: 'block', because: { reason: 'noGroups' }, codes: [], evidence: 'documented' });
    else expectAgreement(planned, answered, { hidden: HIDDEN_MODIFY.has(name) });
  });
});
