import fc from 'fast-check';
import { planJoin } from '../../unit/support/joinPlan.js';
import { verdictOf } from '../../../src/domain/finding.js';
import { judgeArguments, type JoinArguments } from '../../../src/domain/joinArguments.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { CONTEXT, failureOf } from '../support/cloudConnection.js';
import { send } from '../support/signedRequest.js';
import { asTarget, REAL_CLOCK, type PairObservation } from './pairTrials.js';
import { HERE } from './randomWorld.js';
import { saidBy, takeBack, type Service, type Trial } from './trial.js';

/** An instance or an interface, and a group that it may join. */
export interface FittingPair {
  readonly ref: TargetRef;
  readonly securityGroupId: string;
}

/** An instance and an interface, each with a group that it may join. */
export interface FittingPairs {
  readonly instance: FittingPair;
  readonly networkInterface: FittingPair;
}

const PREFIXES = ['i-', 'eni-', 'sg-', 'vpc-', 'vsw-', 'sgr-', 'eip-', 'd-', 's-', 'm-', 'pl-'];
const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz0123456789');
const tail = (minLength: number, maxLength: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...LETTERS), minLength, maxLength });

/** Texts that are no id of this kind, or ids that nobody has. */
function strangeId(prefix: string): fc.Arbitrary<string> {
  return fc.oneof(
    fc.tuple(fc.constantFrom(...PREFIXES), tail(3, 20)).map((parts) => parts.join('')),
    tail(60, 120).map((text) => `${prefix}${text}`),
    fc.tuple(tail(1, 8), fc.constantFrom(' ', '_', '.', ';', '/', '%', '\u4e2d'), tail(1, 8)).map((parts) => `${prefix}${parts.join('')}`),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    // Very old ids have no prefix.
    tail(8, 20).map((text) => text.toUpperCase()),
  );
}

/** Absent and empty are the same. */
const nothing: fc.Arbitrary<string | undefined> = fc.constantFrom('', undefined);

/** Requests that are wrong in themselves, or nearly: everything fits but what the arguments alone are wrong in. */
export function requests({ instance, networkInterface }: FittingPairs): fc.Arbitrary<JoinArguments> {
  const instanceId = fc.oneof({ weight: 3, arbitrary: fc.constant(instance.ref.id) }, { weight: 2, arbitrary: strangeId('i-') });
  const interfaceId = fc.oneof({ weight: 3, arbitrary: fc.constant(networkInterface.ref.id) }, { weight: 2, arbitrary: strangeId('eni-') });
  const groupFor = (id: string): fc.Arbitrary<string> => fc.oneof({ weight: 5, arbitrary: fc.constant(id) }, { weight: 2, arbitrary: strangeId('sg-') }, { weight: 1, arbitrary: fc.constant('') });
  const regionId = fc.oneof({ weight: 3, arbitrary: fc.constant(HERE) }, { weight: 2, arbitrary: nothing });
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ regionId, instanceId, securityGroupId: groupFor(instance.securityGroupId) }) },
    { weight: 3, arbitrary: fc.record({ regionId, networkInterfaceId: interfaceId, securityGroupId: groupFor(networkInterface.securityGroupId) }) },
    { weight: 2, arbitrary: fc.record({ regionId, instanceId, networkInterfaceId: interfaceId, securityGroupId: groupFor(instance.securityGroupId) }) },
    { weight: 1, arbitrary: fc.record({ regionId, instanceId: nothing, networkInterfaceId: nothing, securityGroupId: groupFor(instance.securityGroupId) }) },
  );
}

/** That an id which could be one is nobody's, only facts tell: that is for V4 and V5. */
function unknownIds({ instanceId = '', networkInterfaceId = '', securityGroupId }: JoinArguments, pairs: FittingPairs): readonly string[] {
  const known = [pairs.instance.ref.id, pairs.networkInterface.ref.id, pairs.instance.securityGroupId, pairs.networkInterface.securityGroupId, ''];
  return [
    ...(known.includes(instanceId) ? [] : ['InvalidInstanceId.NotFound']),
    ...(known.includes(networkInterfaceId) ? [] : ['InvalidEniId.NotFound']),
    ...(known.includes(securityGroupId) ? [] : ['InvalidSecurityGroupId.NotFound']),
  ];
}

/** What the rules that need no facts say of a request, and how to send it as it is. */
export function rawTrial(asked: JoinArguments, pairs: FittingPairs): Trial {
  const findings = judgeArguments(asked);
  return {
    what: `the request ${JSON.stringify(asked)}`,
    verdict: verdictOf(findings),
    ...saidBy(findings),
    hidden: unknownIds(asked, pairs),
    edges: [],
    send: (to) => sendRaw(to, asked),
  };
}

async function sendRaw(to: Service, { regionId, securityGroupId, instanceId, networkInterfaceId }: JoinArguments): Promise<string> {
  const given = { RegionId: regionId, SecurityGroupId: securityGroupId, InstanceId: instanceId, NetworkInterfaceId: networkInterfaceId };
  const query = Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const { body } = await send(to.sandbox, 'JoinSecurityGroup', { query });
  if (typeof body['Code'] === 'string') return body['Code'];
  await takeBack(to, instanceId === undefined || instanceId === '' ? (networkInterfaceId ?? '') : instanceId, securityGroupId);
  return 'ok';
}

const nowhere = fc.tuple(fc.constantFrom('cn-', 'eu-', 'ap-'), tail(4, 12)).map(([start, rest]) => `${start}${rest}-9`);

/** Requests for a region that the account does not have: no plan can be made, for the reason that the service would give for the join. */
export async function regionTrials(service: Service, pairs: FittingPairs, options: { readonly seed: number; readonly count: number }): Promise<readonly Trial[]> {
  const regions = fc.sample(fc.tuple(nowhere, fc.constantFrom(pairs.instance, pairs.networkInterface)), { seed: options.seed, numRuns: options.count });
  return Promise.all(regions.map(([regionId, { ref, securityGroupId }]) => regionTrial(service, { regionId, ref, securityGroupId })));
}

async function regionTrial({ ecs }: Service, { regionId, ref, securityGroupId }: FittingPair & { readonly regionId: string }): Promise<Trial> {
  const plan = await planJoin({ regionId, securityGroupId, targets: [ref] }, { ecs, clock: REAL_CLOCK, limits: { groupsPerInterface: 5 } }, CONTEXT);
  return {
    what: `${ref.id} into ${securityGroupId} in ${regionId}`,
    verdict: 'blocked',
    rules: [],
    predicted: [failureOf(plan).code],
    hidden: [],
    edges: [],
    send: (to) => sendRaw(to, { regionId, securityGroupId, ...asTarget(ref) }),
  };
}

/** The first pairs that were called ready and accepted. */
export function fittingPairs(observations: readonly PairObservation[]): FittingPairs {
  const find = (kind: TargetRef['kind']): FittingPair => {
    const found = observations.find(({ trial, code }) => trial.ref.kind === kind && trial.verdict === 'ready' && code === 'ok');
    if (found === undefined) throw new Error(`No ${kind} of this world may join anything.`);
    return found.trial;
  };
  return { instance: find('instance'), networkInterface: find('networkInterface') };
}
