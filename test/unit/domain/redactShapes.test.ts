import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from '../../../src/domain/errorCatalogue.js';
import { redact, withoutSecrets } from '../../../src/domain/redact.js';
import { jsonOf } from '../support/sources.js';

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const secretOf = (minLength: number, more: readonly string[]) => fc.string({ unit: fc.constantFrom(...LETTERS, ...more), minLength, maxLength: 120 });

/** Of eight characters and more, as a person may choose one. */
const anySecret = fc.oneof(secretOf(8, []), secretOf(8, ['+', '/', '=', '-', '_', '.', '~']));

/** Eight of its characters in a row that are still there. */
function left(text: string, secret: string): string | undefined {
  for (let at = 0; at + 8 <= secret.length; at += 1) if (text.includes(secret.slice(at, at + 8))) return secret.slice(at, at + 8);
  return undefined;
}

/** The fields as the service, the libraries, the aliyun CLI, token services and gateways spell them. */
const NAMES = [
  'AccessKeySecret', 'accessKeySecret', 'access_key_secret', 'access-key-secret', 'ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'access key secret', 'aws_secret_access_key',
  'SecurityToken', 'securityToken', 'security_token', 'x-acs-security-token', 'X-Acs-Security-Token', 'sts_token', 'StsToken', 'sessionToken', 'X-Amz-Security-Token',
  'oauth_refresh_token', 'oauth_access_token', 'access_token', 'AccessToken', 'refresh_token', 'id_token', 'oauth_id_token', 'bearer_token', 'x-acs-bearer-token', 'OIDCToken', 'oidc_token', 'subject_token', 'X-aliyun-ecs-metadata-token',
  'private_key', 'privateKey', 'client_secret', 'ClientSecret', 'device_code', 'code_verifier', 'SAMLAssertion', 'password', 'passphrase', 'Signature', 'signature', 'authorization', 'Cookie', 'Set-Cookie', 'x-ecs-sandbox-control-token',
] as const;

type Shape = readonly [name: string, put: (field: string, secret: string) => string];

const SHAPES: readonly Shape[] = [
  ['JSON', (field, secret) => JSON.stringify({ a: 1, [field]: secret, b: 2 })],
  ['indented JSON', (field, secret) => JSON.stringify({ [field]: secret }, null, '\t')],
  ['JSON with a list', (field, secret) => JSON.stringify({ [field]: [secret] })],
  ['JSON in JSON', (field, secret) => JSON.stringify(JSON.stringify({ [field]: secret }))],
  ['JSON in JSON in JSON', (field, secret) => JSON.stringify({ body: JSON.stringify(JSON.stringify({ [field]: secret })) })],
  ['JSON that is cut off', (field, secret) => `{"mode":"StsToken","${field}":"${secret}`],
  ['JSON in JSON that is cut off', (field, secret) => JSON.stringify(JSON.stringify({ [field]: secret })).slice(0, -3)],
  ['a form', (field, secret) => `grant_type=x&${field}=${encodeURIComponent(secret)}&RoleArn=acs`],
  ['an encoded form', (field, secret) => encodeURIComponent(`a=1&${field}=${secret}&b=2`)],
  ['a form that is encoded twice', (field, secret) => encodeURIComponent(encodeURIComponent(`a=1&${field}=${secret}&b=2`))],
  ['encoded JSON', (field, secret) => encodeURIComponent(JSON.stringify({ [field]: secret }))],
  ['JSON that is encoded twice', (field, secret) => encodeURIComponent(encodeURIComponent(JSON.stringify({ [field]: secret })))],
  ['a header', (field, secret) => `host: a\r\n${field}: ${secret}\r\naccept: b`],
  ['printed headers', (field, secret) => inspect({ host: 'a', [field]: secret })],
  ['printed lists of headers', (field, secret) => inspect({ host: ['a'], [field]: [secret] })],
  ['a printed map', (field, secret) => inspect(new Map([[field, secret]]))],
  ['raw headers', (field, secret) => inspect(['Host', 'a', field, secret])],
  ['a line of an ini file', (field, secret) => `[default]\n${field} = ${secret}\nregion = cn-hangzhou`],
  ['a quoted line of an ini file', (field, secret) => `${field}="${secret}"`],
  ['YAML', (field, secret) => `profile:\n  ${field}: ${secret}\n`],
  ['a block of YAML', (field, secret) => `profile:\n  ${field}: |\n    ${secret}\n`],
  ['a literal of Python', (field, secret) => `{'${field}': b'${secret}'}`],
  ['a structure of Go', (field, secret) => `{Mode:AK ${field}:${secret} RegionId:cn}`],
  ['XML', (field, secret) => `<R><${field}>${secret}</${field}></R>`],
  ['XML with a namespace and an attribute', (field, secret) => `<a:${field} type="s">\n  ${secret}\n</a:${field}>`],
  ['CDATA of XML', (field, secret) => `<${field}><![CDATA[${secret}]]></${field}>`],
  ['XML in a page', (field, secret) => `<pre>&lt;${field}&gt;${secret}&lt;/${field}&gt;</pre>`],
  ['JSON in a page', (field, secret) => `<pre>{&quot;${field}&quot;:&quot;${secret}&quot;}</pre>`],
  ['lines of a wrapped value', (field, secret) => `${field}=${(secret + secret).replace(/.{10}/g, '$&\n')}`],
];

/** Names with a space or a dash in front are no names of elements. */
const isElement = (field: string) => /^[\w-]+$/.test(field);

describe('a secret in a field that says so', () => {
  it.each(SHAPES)('leaves no eight of its characters in %s', (name, put) => {
    const fields = name.includes('XML') ? NAMES.filter(isElement) : NAMES;
    fc.assert(
      fc.property(fc.constantFrom(...fields), anySecret, (field, secret) => {
        fc.pre(left(put(field, ''), secret) === undefined);
        // A wrapped value is cut into lines of ten: only then is there something to be found.
        expect(left(redact(put(field, secret)).replaceAll('\n', ''), secret)).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });

  it.each(NAMES.filter(isElement))('leaves none behind the option of a command line: --%s', (field) => {
    fc.assert(
      fc.property(anySecret, fc.constantFrom(' ', '=', ' "', " '"), (secret, between) => {
        expect(left(redact(`aliyun configure set --${field}${between}${secret}`), secret)).toBeUndefined();
      }),
    );
  });

  it('leaves none after the word Bearer, wherever it stands', () => {
    fc.assert(
      fc.property(secretOf(16, ['+', '/', '=', '-', '_', '.', '~']), fc.constantFrom('Bearer ', 'bearer  ', 'curl -H "x: Bearer ', 'x=Bearer%20', 'x=Bearer+'), (secret, before) => {
        expect(left(redact(`${before}${secret}`), secret)).toBeUndefined();
      }),
    );
    expect(redact('Bearer aB3dE5fG')).toBe('Bearer [hidden]');
  });

  it('is hidden with the rest of its line where a cookie or an authorization is told', () => {
    expect(redact('cookie: a=aB3dE5fG7h; b=zY8xW6vU4t\nhost: a')).toBe('cookie: [hidden]\nhost: a');
    expect(redact('set-cookie: login_aliyunid_ticket=aB3dE5fG7h; Path=/\nhost: a')).toBe('set-cookie: [hidden]\nhost: a');
  });
});

describe('what is no secret', () => {
  const texts = Object.values(ERROR_CATALOGUE).flatMap(({ meaning, remedy }) => [meaning, remedy]).flatMap(({ en, zh }) => [en, zh]);
  const shown = ['l10n/bundle.l10n.zh-cn.json', 'package.nls.json', 'package.nls.zh-cn.json'].flatMap((file) => Object.entries(jsonOf(file) as Readonly<Record<string, string>>).flat());

  it('is every text of ours: the catalogue, the labels and the messages', () => {
    expect(texts.length).toBeGreaterThan(200);
    expect([...texts, ...shown].filter((text) => redact(text) !== text)).toEqual([]);
  });

  it.each([
    'The security token included in the request is expired or invalid.',
    'SignatureDoesNotMatch: The signature does not match.',
    'access_key_id = abc\nregion_id = cn-hangzhou\noutput_format = json',
    '{"PageToken":"abcdefgh","NextToken":"ijklmnop","MaxResults":10}',
    'https://example.com/cookie/password',
    'See the page of --region and --profile options.',
    'Secrets are kept in the secret storage of the editor.',
    '<SecurityGroupId>sg-bp1</SecurityGroupId>',
    'Bearer authentication is not used, and basic groups have no password',
    'The device code of the sign-in has run out',
  ])('stays as it is: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('is the rest of a list of settings around a secret', () => {
    expect(redact('[default]\ntype = access_key\naccess_key_id = abc\naccess_key_secret = aB3dE5fG7h\nregion = cn-hangzhou')).toBe('[default]\ntype = access_key\naccess_key_id = abc\naccess_key_secret = [hidden]\nregion = cn-hangzhou');
    expect(redact(JSON.stringify({ name: 'a', access_key_secret: 'aB3dE5fG7h', region_id: 'cn-hangzhou' }))).toBe('{"name":"a","access_key_secret":[hidden],"region_id":"cn-hangzhou"}');
  });
});

describe('the redactor', () => {
  it('comes to an end in a number of steps that grows with the text, whatever the text is', () => {
    // Repetitions that a pattern which looks back over and over would never get through.
    const pieces = ['secret=', 'secret="', "\\\\'", 'authorization', 'Bearer ', '&quot;', '%2525', '<secret', '-----BEGIN PRIVATE KEY-----', 'aaaaaaaa\n', 'x://', '--', ' ', '\\', '[', 'LTAI'];
    for (const piece of pieces) for (const other of pieces) {
      const text = `${piece}${other}`.repeat(500);
      expect(redact(text).length).toBeLessThanOrEqual(text.length * 3);
    }
  });

  it('says the same of what it has said', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHAPES), fc.constantFrom(...NAMES), anySecret, ([, put], field, secret) => {
        const once = redact(put(field, secret));
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes known secrets out of a word and leaves the rest of it', () => {
    expect(withoutSecrets('Forbidden.aB3dE5fG7hJ9kL1m secret=abc', ['aB3dE5fG7hJ9kL1m'])).toBe('Forbidden.[hidden] secret=abc');
    expect(withoutSecrets('aB3dE5fG7hJ9', ['aB3dE5fG7hJ9kL1m'])).toBe('[hidden]');
  });
});
