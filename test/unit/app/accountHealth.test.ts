import { describe, expect, it } from 'vitest';
import { AccountHealth } from '../../../src/app/accountHealth.js';
import type { Ecs } from '../../../src/app/ports/ecs.js';
import { clientFailure, failed, success, type Failure, type Result } from '../../../src/domain/failure.js';
import { refusal } from '../support/failures.js';

type Answer = readonly [asked: keyof Ecs, result: Result<unknown>];
const good = (asked: keyof Ecs): Answer => [asked, success(undefined)];
const bad = (asked: keyof Ecs, failure: Failure): Answer => [asked, failed(failure)];
const denied = (operation: string): Failure => refusal('Forbidden.RAM', 403, operation);

const REGIONS_DENIED = bad('listRegions', denied('DescribeRegions'));
const LISTS_DENIED = [
  bad('listInstances', denied('DescribeInstances')),
  bad('countResources', denied('DescribeNetworkInterfaces')),
  bad('checkAccess', denied('DescribeSecurityGroups')),
];
const EXPIRED = bad('listRegions', refusal('InvalidSecurityToken.Expired', 400, 'DescribeRegions'));
const DISABLED = bad('listInstances', refusal('InvalidAccessKeyId.Inactive', 400, 'DescribeInstances'));

/** What is known after each answer, and whether that was news. */
function after(...answers: readonly Answer[]): readonly string[] {
  const health = new AccountHealth();
  return answers.map(([asked, result]) => {
    const news = health.hear(asked, result);
    return `${health.trouble?.kind ?? 'fine'}${news ? '!' : ''}`;
  });
}

describe('the health of an account', () => {
  it('is the last trouble, until the service answers well', () => {
    expect(after(good('listRegions'), EXPIRED, EXPIRED, DISABLED, good('listInstances'), good('listInstances'))).toEqual(['fine', 'expired!', 'expired', 'disabled!', 'fine!', 'fine']);
  });

  it('is news again when the same trouble has another code', () => {
    expect(after(bad('listRegions', refusal('MissingSecurityToken', 400)), bad('listRegions', refusal('SignatureDoesNotMatch', 400)))).toEqual(['unknown!', 'unknown!']);
  });

  it('is not touched by the way to the service, or by a word about a resource', () => {
    const others = [clientFailure('Client.Offline'), clientFailure('Client.Cancelled'), refusal('InvalidInstanceId.NotFound', 404), refusal('Throttling.User', 400)];
    expect(after(EXPIRED, ...others.map((failure) => bad('listInstances', failure)))).toEqual(['expired!', 'expired', 'expired', 'expired', 'expired']);
  });
});

describe('a denial', () => {
  it('of one kind of resource stays with it', () => {
    expect(after(good('listRegions'), ...LISTS_DENIED.slice(0, 2), bad('joinSecurityGroup', denied('JoinSecurityGroup')))).toEqual(['fine', 'fine', 'fine', 'fine']);
  });

  it('of the regions is the trouble of the account, until they are listed', () => {
    expect(after(REGIONS_DENIED, ...LISTS_DENIED.slice(0, 1), good('listRegions'))).toEqual(['denied!', 'denied', 'fine!']);
  });

  it('of every kind is one, too, though everybody may list the regions', () => {
    expect(after(...LISTS_DENIED, good('listRegions'), good('readRules'), ...LISTS_DENIED.slice(0, 1))).toEqual(['fine', 'fine', 'denied!', 'denied', 'fine!', 'fine']);
  });

  it('proves that the key is good', () => {
    expect(after(EXPIRED, ...LISTS_DENIED.slice(0, 1))).toEqual(['expired!', 'fine!']);
  });

  it('of before a trouble counts no more after it', () => {
    expect(after(...LISTS_DENIED.slice(0, 2), EXPIRED, ...LISTS_DENIED.slice(2))).toEqual(['fine', 'fine', 'expired!', 'fine!']);
  });
});
