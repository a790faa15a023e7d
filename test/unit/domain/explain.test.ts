import { describe, expect, it } from 'vitest';
import { EXPLICIT_DENIAL } from '../../../src/domain/catalogue/denial.js';
import { GENERIC_ENTRIES } from '../../../src/domain/catalogue/generic.js';
import { ERROR_CATALOGUE } from '../../../src/domain/errorCatalogue.js';
import type { Explanation } from '../../../src/domain/explain.js';
import { ERROR_CENTRE, explain, explainCode, searchCatalogue } from '../../../src/domain/explain.js';
import type { Failure } from '../../../src/domain/failure.js';
import { clientFailure } from '../../../src/domain/failure.js';

function entryOf(code: string): Omit<Explanation, 'code' | 'match' | 'matchedCode' | 'link'> {
  const entry = ERROR_CATALOGUE[code];
  if (!entry) throw new Error(`No entry: ${code}`);
  const { meaning, remedy, retry, fix, page } = entry;
  return { meaning, remedy, retry, fix, page };
}

function known(code: string, match: 'exact' | 'prefix', matchedCode: string): Explanation {
  const entry = entryOf(matchedCode);
  return { ...entry, code, match, matchedCode, link: entry.page };
}

function generic(code: string, kind: keyof typeof GENERIC_ENTRIES): Explanation {
  return { ...GENERIC_ENTRIES[kind], code, match: 'class', matchedCode: '', link: ERROR_CENTRE };
}

function answered(code: string, more: Partial<Failure> = {}): Failure {
  return { code, operation: 'JoinSecurityGroup', reached: 'yes', ...more };
}

describe('a known code', () => {
  it('is explained by its own entry', () => {
    expect(explainCode('AclLimitExceed', 403)).toEqual(known('AclLimitExceed', 'exact', 'AclLimitExceed'));
  });

  it('means the same under every HTTP status', () => {
    const code = 'InstanceSecurityGroupLimitExceeded';
    expect([400, 403, 404, 500, undefined].map((status) => explainCode(code, status))).toEqual(
      [1, 2, 3, 4, 5].map(() => known(code, 'exact', code)),
    );
  });

  it('is found in another spelling of its letters, an exact spelling first', () => {
    expect(['InvalidInstanceId.Malformed', 'InvalidInstanceID.Malformed', 'invalidinstanceid.malformed', 'InvalidRegionId.Malformed'].map((code) => explainCode(code))).toEqual([
      known('InvalidInstanceId.Malformed', 'exact', 'InvalidInstanceId.Malformed'),
      known('InvalidInstanceID.Malformed', 'exact', 'InvalidInstanceID.Malformed'),
      known('invalidinstanceid.malformed', 'exact', 'InvalidInstanceId.Malformed'),
      known('InvalidRegionId.Malformed', 'exact', 'InvalidRegionId.MalFormed'),
    ]);
  });
});

describe('a code that refines a known one', () => {
  it('is explained by its longest known part before a dot', () => {
    expect(['IncorrectInstanceStatus.Foo', 'IncorrectInstanceStatus.Initializing.Disk', 'Throttling.User.Burst', 'missingparameter.SecurityGroupId'].map((code) => explainCode(code, 403))).toEqual([
      known('IncorrectInstanceStatus.Foo', 'prefix', 'IncorrectInstanceStatus'),
      known('IncorrectInstanceStatus.Initializing.Disk', 'prefix', 'IncorrectInstanceStatus.Initializing'),
      known('Throttling.User.Burst', 'prefix', 'Throttling.User'),
      known('missingparameter.SecurityGroupId', 'prefix', 'MissingParameter'),
    ]);
  });

  it('is not taken for a code that merely begins with the same letters', () => {
    expect(explainCode('InvalidParameterValue', 400)).toEqual(generic('InvalidParameterValue', 'refused'));
  });
});

describe('an unknown code', () => {
  it('is explained by the class of its HTTP status', () => {
    expect([400, 404, 429, 500, 503, 200, 302, undefined].map((status) => explainCode('No.Such', status))).toEqual([
      generic('No.Such', 'refused'),
      generic('No.Such', 'refused'),
      generic('No.Such', 'throttled'),
      generic('No.Such', 'failed'),
      generic('No.Such', 'failed'),
      generic('No.Such', 'unclear'),
      generic('No.Such', 'unclear'),
      generic('No.Such', 'unclear'),
    ]);
  });

  it('counts as throttled wherever the word stands in it, also behind a known part of another kind', () => {
    expect(['Quota.Throttling', 'RequestThrottlingByGateway', 'OperationDenied.Throttling'].map((code) => explainCode(code, 400))).toEqual([
      generic('Quota.Throttling', 'throttled'),
      generic('RequestThrottlingByGateway', 'throttled'),
      generic('OperationDenied.Throttling', 'throttled'),
    ]);
  });

  it('is no trouble when it is empty, a word of JavaScript, or very long', () => {
    const dots = '.'.repeat(1_000_000);
    expect(['', 'constructor', '__proto__', 'toString.x', dots].map((code) => explainCode(code, 403))).toEqual(
      ['', 'constructor', '__proto__', 'toString.x', dots].map((code) => generic(code, 'refused')),
    );
  });

  it('asks to look first when it may have been carried out', () => {
    expect([explainCode('X', 500).retry, explainCode('X').retry, explainCode('X', 403).retry]).toEqual(['rereadFirst', 'rereadFirst', 'never']);
  });
});

describe('a failure', () => {
  it('is explained by its code and status', () => {
    expect([explain(answered('InvalidInstanceId.Mismatch')), explain(answered('No.Such', { httpStatus: 502, operation: '' }))]).toEqual([
      known('InvalidInstanceId.Mismatch', 'exact', 'InvalidInstanceId.Mismatch'),
      generic('No.Such', 'failed'),
    ]);
  });

  it('of this side has no link', () => {
    expect(explain(clientFailure('Client.Offline'))).toEqual({ ...known('Client.Offline', 'exact', 'Client.Offline'), link: '' });
  });

  it('of a removal is done when the instance is no member, of a replacement it is not', () => {
    const retry = (operation: string): string => explain(answered('InstanceNotInSecurityGroup', { operation })).retry;
    expect(['LeaveSecurityGroup', 'ModifyInstanceAttribute', ''].map(retry)).toEqual(['done', 'never', 'done']);
  });

  it('leads to checking after a change and to trying again after a read', () => {
    const fix = (code: string) => (operation: string) => explain(answered(code, { operation })).fix;
    const operations = ['JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute', 'DescribeInstances', 'GetCallerIdentity', ''];
    expect([operations.map(fix('InternalError')), operations.map(fix('Client.Timeout')), operations.map(fix('AclLimitExceed'))]).toEqual([
      ['checkAgain', 'checkAgain', 'checkAgain', 'retry', 'retry', 'checkAgain'],
      ['checkAgain', 'checkAgain', 'checkAgain', 'openTimeoutSetting', 'openTimeoutSetting', 'openTimeoutSetting'],
      operations.map(() => 'pickAnotherGroup'),
    ]);
  });
});

describe('a refusal by a policy', () => {
  const refusal = (more: Partial<Failure>): Explanation => explain(answered('Forbidden.RAM', { operation: 'JoinSecurityGroup', ...more }));

  it('that forbids outright is explained as that, and more permissions are no way on', () => {
    const { code, match, matchedCode, page, link } = refusal({});
    expect(refusal({ deniedBy: 'explicit' })).toEqual({ code, match, matchedCode, page, link, ...EXPLICIT_DENIAL });
    expect([EXPLICIT_DENIAL.fix, EXPLICIT_DENIAL.retry]).toEqual(['runInRemoteHost', 'never']);
  });

  it('of which none allows it is a missing permission', () => {
    expect(refusal({ deniedBy: 'implicit' })).toEqual(refusal({}));
  });

  it('names in both languages what it may be bound to, and how to ask from within', () => {
    for (const language of ['en', 'zh'] as const) {
      expect(EXPLICIT_DENIAL.meaning[language]).toMatch(/acs:SourceIp.*acs:SourceVpc/);
      expect(EXPLICIT_DENIAL.remedy[language]).toContain('"remote.extensionKind": {"ecs-explorer.ecs-explorer": ["workspace"]}');
    }
  });

  it('leads to the service\'s own diagnosis where it names one', () => {
    expect(refusal({ deniedBy: 'explicit', recommend: 'https://api.aliyun.com/troubleshoot' }).link).toBe('https://api.aliyun.com/troubleshoot');
  });
});

describe("the service's own link", () => {
  const page = entryOf('AclLimitExceed').page;

  it.each([
    'https://api.aliyun.com/troubleshoot?q=InvalidInstanceId.AlreadyExists&product=Ecs&requestId=6F1C3B52-0C4B',
    'https://next.api.aliyun.com/troubleshoot',
    'https://error-center.alibabacloud.com/status/product/Ecs',
    'https://aliyun.com',
    'https://ECS.aliyuncs.com/a',
  ])('is taken from Alibaba Cloud: %s', (recommend) => {
    expect(explain(answered('AclLimitExceed', { recommend })).link).toBe(recommend);
  });

  it.each([
    '',
    'http://api.aliyun.com/x',
    'https://evil.example/aliyun.com',
    'https://aliyun.com.evil.example/',
    'https://evilaliyun.com/',
    'https://user@aliyun.com/',
    'https://aliyun.com@evil.example/',
    'https://aliyun.com:8443/',
    'https://aliyun.com?@evil.example/',
    'https://aliyun.com\\@evil.example/',
    'https://aliyun.com/a b',
    'https://aliyun.com/)[x](command:evil',
    'https://aliyun.com/<b>',
    'https://aliyun.com/\n',
    'javascript:alert(1)//https://aliyun.com/',
    ' https://aliyun.com/',
    'command:workbench.action.quit',
    `https://aliyun.com/${'a'.repeat(3000)}`,
  ])('gives way to the page when it could lead elsewhere: %s', (recommend) => {
    expect(explain(answered('AclLimitExceed', { recommend })).link).toBe(page);
  });

  it('stands in for the error centre when the code is unknown', () => {
    const recommend = 'https://api.aliyun.com/troubleshoot?q=No.Such';
    expect(explain(answered('No.Such', { httpStatus: 400, recommend }))).toEqual({ ...generic('No.Such', 'refused'), link: recommend });
  });
});

describe('searching the catalogue', () => {
  const codes = (query: string, language: 'en' | 'zh' = 'en'): readonly string[] => searchCatalogue(query, language).map(({ code }) => code);

  it('finds codes that begin with the query before codes that contain it', () => {
    expect(codes('instancen')).toEqual(['InstanceNotInSecurityGroup']);
    expect(codes('throttling')).toEqual(['Throttling', 'Throttling.Api', 'Throttling.User', 'Rejected.Throttling']);
    expect(codes(' InternalError ')[0]).toBe('InternalError');
  });

  it('finds words of the texts in both languages, those of the reader first', () => {
    expect(codes('65,536 replacement')).toEqual(['InvalidOperation.EniCountExceeded']);
    expect(codes('prefix list rules')).toEqual(['AclLimitExceed']);
    expect(codes('prefix list rules', 'zh')).toEqual(['AclLimitExceed']);
    expect(codes('前缀列表')).toEqual(['AclLimitExceed', 'InvalidPrefixListId.NotFound']);
    expect([codes('max', 'en'), codes('max', 'zh')]).toEqual([
      ['AclLimitExceed', 'NotSupported.PageNumberAndPageSize'],
      ['NotSupported.PageNumberAndPageSize', 'AclLimitExceed'],
    ]);
    expect([codes('proxy POST', 'zh'), codes('代理 POST', 'en')]).toEqual([['UnsupportedHTTPMethod'], ['UnsupportedHTTPMethod']]);
  });

  it('returns the entries themselves', () => {
    expect(searchCatalogue('aclLimit', 'en')).toEqual([{ code: 'AclLimitExceed', entry: ERROR_CATALOGUE['AclLimitExceed'] }]);
  });

  it('finds everything, by code, for an empty query and nothing for words that nobody wrote', () => {
    expect(codes('  ')).toEqual(Object.keys(ERROR_CATALOGUE).sort());
    expect(codes('xyzzy plugh')).toEqual([]);
  });
});

describe('a refused time', () => {
  const refused = answered('InvalidTimeStamp.Expired');
  const { meaning } = entryOf('InvalidTimeStamp.Expired');

  it('says how far the clock is off, where that was measured', () => {
    expect([explain({ ...refused, clockDifferenceMs: -1_200_000 }).meaning, explain(refused).meaning]).toEqual([
      { en: 'The clock of this machine is 20 minutes behind. The service allows 15 minutes at most, so the request was not carried out.', zh: '本机时钟慢了 20 分钟。服务最多允许相差 15 分钟，因此请求未执行。' },
      meaning,
    ]);
  });

  it('that the difference does not account for keeps its own words', () => {
    expect(explain({ ...refused, clockDifferenceMs: 1_000 }).meaning).toEqual({
      en: `${meaning.en} The clock of this machine agrees with the one of the service to within a minute.`,
      zh: `${meaning.zh}本机时钟与服务时钟相差不到一分钟。`,
    });
  });
});

describe('a denied permission', () => {
  const remedy = (operation: string, code = 'Forbidden.RAM', more: Partial<Failure> = {}) => explain(answered(code, { operation, ...more })).remedy;

  it.each(['Forbidden.RAM', 'NoPermission', 'Forbidden.SubUser'])('to read asks for reading and says nothing of joining: %s', (code) => {
    expect(remedy('DescribeInstances', code)).toEqual({
      en: 'Have ecs:DescribeInstances granted to the RAM user or role, which lets it read and nothing more; then refresh.',
      zh: '申请为该 RAM 用户或角色授予 ecs:DescribeInstances，此权限只允许读取；然后刷新。',
    });
  });

  it('to change asks for the very action on all that it touches', () => {
    expect(['JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'].map((operation) => remedy(operation).en)).toEqual([
      'Have ecs:JoinSecurityGroup granted on both instance and securitygroup; for an ENI, grant it on eni as well.',
      'Have ecs:LeaveSecurityGroup granted on both instance and securitygroup; for an ENI, grant it on eni as well.',
      'Have ecs:ModifyInstanceAttribute granted on both instance and securitygroup.',
      'Have ecs:ModifyNetworkInterfaceAttribute granted on both eni and securitygroup.',
    ]);
    expect(remedy('JoinSecurityGroup').zh).toBe('申请对 instance 和 securitygroup 都授予 ecs:JoinSecurityGroup；如果目标是弹性网卡，对 eni 也一并授权。');
  });

  it('names the action that the service named', () => {
    expect(remedy('DescribeInstances', 'Forbidden.RAM', { deniedAction: 'ecs:DescribeInstanceStatus' }).en).toContain('Have ecs:DescribeInstanceStatus granted');
    expect(remedy('JoinSecurityGroup', 'Forbidden.RAM', { deniedAction: 'vpc:DescribeVpcs' }).en).toBe('Have vpc:DescribeVpcs granted to the RAM user or role.');
    expect(remedy('JoinSecurityGroup', 'Forbidden.RAM', { deniedAction: 'ecs:DescribeInstances' })).toEqual({ en: 'Have ecs:DescribeInstances granted on instance.', zh: '申请对 instance 授予 ecs:DescribeInstances。' });
  });

  it('of no operation has the words of the catalogue', () => {
    expect(remedy('')).toEqual(entryOf('Forbidden.RAM').remedy);
  });
});
