import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from '../../../src/domain/errorCatalogue.js';
import { redact } from '../../../src/domain/redact.js';

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
/** Looks like an AccessKey secret. */
const keySecret = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 16, maxLength: 64 });
/** Looks like a security token: long, with everything that base64 has. */
const token = fc.string({ unit: fc.constantFrom(...LETTERS, '+', '/', '='), minLength: 16, maxLength: 300 });

function survives(text: string, secret: string): string | undefined {
  for (let at = 0; at + 8 <= secret.length; at += 1) {
    if (text.includes(secret.slice(at, at + 8))) return secret.slice(at, at + 8);
  }
  return undefined;
}

type Place = readonly [name: string, put: (secret: string) => string];

/** Where secrets were seen or may be seen, none of them known beforehand. */
const PLACES: readonly Place[] = [
  ['the query of an address', (secret) => `GET https://ecs.aliyuncs.com/?Action=JoinSecurityGroup&SecurityToken=${encodeURIComponent(secret)}&Signature=${encodeURIComponent(secret)} failed`],
  ['a bare query', (secret) => `POST /?AccessKeyId=LTAI5tAbCdEfGhIj&Signature=${encodeURIComponent(secret)}&Version=2014-05-26`],
  ['the user part of a proxy address', (secret) => `connect ECONNREFUSED http://me:${encodeURIComponent(secret)}@proxy.example:8080`],
  ['a header', (secret) => `x-acs-security-token: ${secret}\nhost: ecs.aliyuncs.com`],
  ['a V3 authorization', (secret) => `Authorization: ACS3-HMAC-SHA256 Credential=LTAI5tAbCdEfGhIj,SignedHeaders=host;x-acs-date,Signature=${secret}`],
  ['an old authorization', (secret) => `Authorization: acs LTAI5tAbCdEfGhIj:${secret}`],
  ['a bearer authorization', (secret) => `authorization: Bearer ${secret}`],
  ['printed headers', (secret) => `{ host: 'a', authorization: 'Bearer ${secret}', 'x-acs-security-token': '${secret}' }`],
  ['printed raw headers', (secret) => `[ 'Host', 'a', 'x-acs-security-token', '${secret}', 'Authorization', 'acs a:${secret}' ]`],
  ['JSON', (secret) => JSON.stringify({ Credentials: { AccessKeySecret: secret, SecurityToken: secret } })],
  ['indented JSON', (secret) => JSON.stringify({ access_key_secret: secret, sts_token: secret, private_key: secret, oauth_access_token: secret }, null, 2)],
  ['JSON in JSON', (secret) => JSON.stringify({ message: JSON.stringify({ accessKeySecret: secret, securityToken: secret }) })],
  ['JSON in JSON in JSON', (secret) => JSON.stringify(JSON.stringify(JSON.stringify({ accessKeySecret: secret })))],
  ['JSON that was cut off', (secret) => `{"Code":"OddAnswer","AccessKeySecret":"${secret}`],
  ['encoded JSON', (secret) => `body=${encodeURIComponent(JSON.stringify({ accessKeySecret: secret }))}`],
  ['XML', (secret) => `<Credentials><AccessKeyId>STS.NUabcdefgh</AccessKeyId><AccessKeySecret>${secret}</AccessKeySecret><SecurityToken>${secret}</SecurityToken></Credentials>`],
  ['a line of an ini file', (secret) => `[default]\naccess_key_id = LTAI5tAbCdEfGhIj\naccess_key_secret = ${secret}\nregion_id = cn-hangzhou`],
  ['an environment variable', (secret) => `ALIBABA_CLOUD_ACCESS_KEY_SECRET=${secret} ALIBABA_CLOUD_SECURITY_TOKEN=${secret} node`],
  ['options of a command line', (secret) => `aliyun configure set --access-key-secret=${secret} --sts-token="${secret}"`],
  ['the string to sign of a refusal', (secret) => `SignatureDoesNotMatch: server string to sign is:POST&%2F&AccessKeyId%3DLTAI5tAbCdEfGhIj%26SecurityToken%3D${encodeURIComponent(encodeURIComponent(secret))}`],
  ['a private key', (secret) => `private key:\n-----BEGIN RSA PRIVATE KEY-----\n${secret}\n${secret}\n-----END RSA PRIVATE KEY-----`],
  ['a printed object of the SDK', (secret) => `Error: { accessKeyId: 'LTAI5tAbCdEfGhIj', accessKeySecret: '${secret}', securityToken: "${secret}", sessionToken: \`x\` }`],
];

describe('a secret that nobody told the redactor of', () => {
  it.each(PLACES)('does not survive in %s', (_name, put) => {
    fc.assert(
      fc.property(keySecret, (secret) => {
        expect(survives(redact(put(secret)), secret)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(token, (secret) => {
        expect(survives(redact(put(secret)), secret)).toBeUndefined();
      }),
    );
  });

  it('does not survive after other text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), keySecret, fc.string({ unit: fc.constantFrom('a', ' ', '.', 'ß', '中'), maxLength: 40 }), ([, put], secret, before) => {
        expect(survives(redact(`${before} ${put(secret)}`), secret)).toBeUndefined();
      }),
    );
  });
});

describe('a secret of this session', () => {
  it('leaves no eight characters in a row, wherever it stands and however it was cut', () => {
    const cut = fc.tuple(fc.string({ minLength: 8, maxLength: 60 }), fc.nat(50), fc.nat(60)).map(([secret, start, length]) => [secret, secret.slice(start, start + length)] as const);
    fc.assert(
      fc.property(cut, fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), ([secret, part], before, after) => {
        // What hides it is no secret, even if the secret is spelled like it.
        const rest = redact(`${before}${part}${after}`, [secret]).replaceAll('[hidden]', '').replaceAll(/ACS3-HMAC-SHA256/g, '');
        if (survives(before + after, secret) === undefined && part.length >= 8) expect(rest.includes(part)).toBe(false);
      }),
    );
  });

  it('is hidden whole, in part, twice and beside its neighbour', () => {
    const secrets = ['aB3dE5fG7hJ9kL1m', 'zY8xW6vU4tS2rQ0p'];
    expect(redact('aB3dE5fG7hJ9kL1m, aB3dE5fG7hJ9kL… zY8xW6vU4tS2rQ0paB3dE5fG7hJ9kL1m dE5fG7h', secrets)).toBe('[hidden], [hidden]… [hidden][hidden] dE5fG7h');
  });

  it('is ignored when it is shorter than eight characters', () => {
    expect(redact('an abc', ['abc', ''])).toBe('an abc');
  });

  it('is hidden once where it also stands in a field of that kind', () => {
    expect(redact('AccessKeySecret=aB3dE5fG7hJ9kL1m&Version=1', ['aB3dE5fG7hJ9kL1m'])).toBe('AccessKeySecret=[hidden]&Version=1');
  });
});

describe('what is left', () => {
  it.each([
    ['AccessKeyId=LTAI5tAbCdEfGhIj', 'AccessKeyId=LTAI…GhIj'],
    ['LTAIabcd1234 but LTAIabc1234', 'LTAI…1234 but LTAIabc1234'],
    ['STS.NUabcdEFGH1234 and TMP.abcdEFGH1234', 'STS.…1234 and TMP.…1234'],
    ['POST&%2F&AccessKeyId%3DLTAI5tAbCdEfGhIj%26Action%3DJoin', 'POST&%2F&AccessKeyId%3DLTAI…GhIj%26Action%3DJoin'],
    ['GET https://ecs.cn-hangzhou.aliyuncs.com/?Action=DescribeRegions answered 400', 'GET https://ecs.cn-hangzhou.aliyuncs.com/?… answered 400'],
    ['connect http://me:hunter2@proxy.example:8080/', 'connect http://[hidden]@proxy.example:8080/'],
    ['{"AccessKeySecret":"abc","RegionId":"cn-hangzhou"}', '{"AccessKeySecret":[hidden],"RegionId":"cn-hangzhou"}'],
    ['access_key_secret = abc\nregion_id = cn-hangzhou', 'access_key_secret = [hidden]\nregion_id = cn-hangzhou'],
    ['authorization: Bearer abc.def\nhost: a', 'authorization: [hidden]\nhost: a'],
    ['Authorization: ACS3-HMAC-SHA256 Credential=a,Signature=b\nhost: a', 'Authorization: [hidden]\nhost: a'],
    ['<SecurityToken>abc</SecurityToken><Expiration>2026</Expiration>', '<SecurityToken>[hidden]</SecurityToken><Expiration>2026</Expiration>'],
  ])('of %j says what it was', (text, left) => {
    expect(redact(text)).toBe(left);
  });

  it.each(Object.keys(ERROR_CATALOGUE))('of a sentence behind the code %s is all of it', (code) => {
    expect(redact(`${code}: Parts were missing.`)).toBe(`${code}: Parts were missing.`);
  });

  it('is left alone by a second look', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), token, ([, put], secret) => {
        const once = redact(put(secret));
        expect(redact(once)).toBe(once);
      }),
    );
  });
});

describe('harmless text', () => {
  it.each([
    'The specified instance i-bp1000000000000000001 is not found.',
    'Specified signature is not matched with our calculation.',
    'Specified access key is not found or invalid.',
    'RequestId: 473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E',
    'SignatureMethod=HMAC-SHA1&SignatureVersion=1.0&SignatureNonce=abcdefgh',
    '{"NextToken":"caeba0bbb2be03f84eb48b699f0a4883","MaxResults":100,"PageSize":10}',
    'The security group sg-bp1 has 3 rules: TCP 443/443 ← 0.0.0.0/0',
    'https://help.aliyun.com/en/ecs/api-joinsecuritygroup',
    'getaddrinfo ENOTFOUND ecs.cn-nowhere.aliyuncs.com',
    'me@example.com wrote to https://example.com/@name',
    '安全组 sg-1 由云产品托管，不能修改。',
    'Basic networking, Bearer of news',
    "Unexpected token 'H', \"Hello\" is not valid JSON",
  ])('stays as it is: %s', (text) => {
    expect(redact(text, ['aB3dE5fG7hJ9kL1m'])).toBe(text);
  });

  it('stays as it is without any sign that joins a name and a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...LETTERS, ' ', '.', '-', '_', '(', ')', '中', '，'), maxLength: 200 }), (text) => {
        fc.pre(!/LTAI|STS\.|TMP\.|bearer/i.test(text));
        expect(redact(text)).toBe(text);
      }),
    );
  });
});
