import { describe, expect, it } from 'vitest';
import { accountTrouble, deniedActionOf, troubleKind, type TroubleKind } from '../../../src/domain/accountTrouble.js';
import { AUTH } from '../../../src/domain/catalogue/auth.js';
import { CREDENTIALS } from '../../../src/domain/catalogue/credentials.js';
import { ERROR_CATALOGUE } from '../../../src/domain/errorCatalogue.js';
import { clientFailure } from '../../../src/domain/failure.js';
import { refusal } from '../support/failures.js';

/** Codes of the catalogue by the kind of trouble that they tell. */
function codesOf(kind: TroubleKind): readonly string[] {
  return Object.keys(ERROR_CATALOGUE).filter((code) => troubleKind(code) === kind).sort();
}

describe('a code of the catalogue', () => {
  it.each<[TroubleKind, readonly string[]]>([
    ['expired', ['Client.SignInExpired', 'InvalidSecurityToken.Expired']],
    ['disabled', ['Abs.InvalidAccount.NotFound', 'Forbidden.AccessKeyDisabled', 'InvalidAccessKeyId.Inactive']],
    ['unknown', ['InvalidAccessKeyId.NotFound', 'InvalidSecurityToken.Malformed', 'InvalidSecurityToken.MismatchWithAccessKey', 'MissingSecurityToken', 'SignatureDoesNotMatch']],
    ['denied', ['Forbidden.RAM', 'Forbidden.SubUser', 'InvalidUser.Unauthorized', 'NoPermission']],
    ['clock', ['IllegalTimestamp', 'InvalidTimeStamp.Expired', 'InvalidTimeStamp.Format']],
  ])('tells that the account is %s', (kind, codes) => {
    expect(codesOf(kind)).toEqual(codes);
  });

  it('tells that no keys could be got, for every such code but that of a sign-in that ran out', () => {
    expect(codesOf('unusable')).toEqual([...Object.keys(CREDENTIALS).filter((code) => code !== 'Client.SignInExpired'), 'Client.NoCredentials'].sort());
  });

  it('of the credentials and permissions says nothing of the account only where the request, the operation or the person is meant', () => {
    expect(Object.keys(AUTH).filter((code) => troubleKind(code) === undefined)).toEqual([
      'IncompleteSignature', 'SignatureNonceUsed', 'InvalidSignatureMethod', 'Forbidden.NotSupportRAM', 'InvalidUserType.NotSupported', 'Forbidden.RiskControl', 'Unauthorized.EmptyRegion',
    ]);
  });

  it('is a denial exactly where a RAM policy would help', () => {
    expect(Object.entries(ERROR_CATALOGUE).filter(([, { fix }]) => fix === 'copyRamPolicy').map(([code]) => code).sort()).toEqual(codesOf('denied'));
  });
});

describe('a code that nobody knows', () => {
  it.each<[string, TroubleKind | undefined]>([
    ['InvalidSecurityToken.Revoked', 'unknown'],
    ['Forbidden.RAM.Something.New', 'denied'],
    ['invalidtimestamp.expired', 'clock'],
    ['InvalidTimeStamp', 'clock'],
    ['InvalidTimeStampFormat', undefined],
    ['Forbidden', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['.'.repeat(100_000), undefined],
  ])('%s is judged by its longest known part', (code, kind) => {
    expect(troubleKind(code)).toBe(kind);
  });
});

describe('a failure', () => {
  it('is kept whole in the trouble', () => {
    const failure = refusal('InvalidAccessKeyId.Inactive', 400, 'DescribeRegions');
    expect(accountTrouble(failure)).toEqual({ kind: 'disabled', failure });
  });

  it.each(['Client.Offline', 'Client.Tls', 'Client.Timeout', 'Client.NoAccount', 'Client.Cancelled'] as const)('of the way to the service is no trouble of the account: %s', (code) => {
    expect(accountTrouble(clientFailure(code))).toBeUndefined();
  });
});

describe('the denied action', () => {
  it.each<[string | undefined, string, string | undefined]>([
    ['ecs:JoinSecurityGroup', 'DescribeInstances', 'ecs:JoinSecurityGroup'],
    ['vpc:DescribeVpcs', 'DescribeInstances', 'vpc:DescribeVpcs'],
    [undefined, 'DescribeInstances', 'ecs:DescribeInstances'],
    [undefined, '', undefined],
    ['ecs:*', 'DescribeInstances', 'ecs:DescribeInstances'],
    ['*', '', undefined],
    ['ecs:Describe?', 'DescribeInstances', 'ecs:DescribeInstances'],
    ['ecs:Join\nSecurityGroup', 'JoinSecurityGroup', 'ecs:JoinSecurityGroup'],
    ['', 'JoinSecurityGroup', 'ecs:JoinSecurityGroup'],
    [`ecs:${'A'.repeat(200)}`, 'JoinSecurityGroup', 'ecs:JoinSecurityGroup'],
  ])('%j of %j is %j: a plain name and never a wildcard', (deniedAction, operation, expected) => {
    expect(deniedActionOf({ operation, ...(deniedAction === undefined ? {} : { deniedAction }) })).toBe(expected);
  });
});
