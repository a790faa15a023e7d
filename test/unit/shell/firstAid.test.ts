import { homedir } from 'node:os';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const done: unknown[] = [];
vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  env: { clipboard: { writeText: (text: string) => { done.push(['copied', text]); } }, openExternal: (address: string) => { done.push(['opened', new URL(address).host]); } },
  commands: { executeCommand: (...args: readonly unknown[]) => { done.push(args); } },
  Uri: { file: (path: string) => ({ file: path }), parse: (text: string) => text },
  workspace: { getConfiguration: () => ({ get: (key: string) => (key === 'accounts' ? { 'cli:cn': { site: 'china' } } : undefined) }) },
}));

const { firstAid } = await import('../../../src/shell/firstAid.js');
type Next = Parameters<typeof firstAid>[1];
type Fix = Parameters<typeof firstAid>[0];

/** The button's label, and what pressing it does. */
function pressed(fix: Fix, next: Next): readonly unknown[] {
  const aid = firstAid(fix, next);
  aid?.run();
  return [aid?.label, ...done.splice(0)];
}

beforeEach(() => { done.length = 0; });

describe('the way on', () => {
  it('from a sign-in that ran out is the command that signs in again', () => {
    expect([pressed('signIn', { account: { id: "cli:it's", mode: 'OAuth' } }), pressed('signIn', { account: { id: 'cli:prod' } })]).toEqual([
      ['Copy Sign-in Command', ['copied', String.raw`aliyun configure --profile 'it'\''s' --mode 'OAuth'`]],
      ['Copy Sign-in Command', ['copied', "aliyun configure --profile 'prod'"]],
    ]);
  });

  it('from other keys that ran out is another account', () => {
    const switching = ['Switch Account', ['ecsExplorer.switchAccount']];
    expect([pressed('signIn', { account: { id: 'env' } }), pressed('signIn', {}), pressed('switchAccount', {})]).toEqual([switching, switching, switching]);
  });

  it('from a file that is wrong is that file, in the home folder where it is there', () => {
    expect([pressed('openCredentialFile', { place: { file: '~/.aliyun/config.json', field: 'profiles[0]' } }), pressed('openCredentialFile', { place: { file: '/etc/~/keys' } }), pressed('openCredentialFile', {})]).toEqual([
      ['Open File', ['vscode.open', { file: `${homedir()}/.aliyun/config.json` }]],
      ['Open File', ['vscode.open', { file: '/etc/~/keys' }]],
      [undefined],
    ]);
  });

  it('in the console is the one of the site where the account is', () => {
    const resource = { kind: 'instance', id: 'i-1', regionId: 'cn-hangzhou' } as const;
    expect([pressed('openConsole', { resource, account: { id: 'cli:cn' } }), pressed('openConsole', { resource, account: { id: 'env' } }), pressed('openConsole', { resource })].map(([, opened]) => opened)).toEqual([
      ['opened', 'ecs.console.aliyun.com'],
      ['opened', 'ecs.console.alibabacloud.com'],
      ['opened', 'ecs.console.alibabacloud.com'],
    ]);
    const [cn, other] = [pressed('openQuota', { account: { id: 'cli:cn' } })[1], pressed('openQuota', { account: { id: 'env' } })[1]];
    expect([cn, other]).toEqual([['opened', 'quotas.console.aliyun.com'], ['opened', 'quotas.console.alibabacloud.com']]);
  });

  it('from a key that is gone is to add it again', () => {
    expect(pressed('addAccessKey', {})).toEqual(['Add AccessKey', ['ecsExplorer.addAccessKey']]);
  });

  it('from a denial is the policy of the call, else the choice of policies', () => {
    const policy = { action: 'ecs:DescribeRegions', regionId: '*' };
    const [label, copied] = pressed('copyRamPolicy', { policy });
    expect([label, copied, pressed('copyRamPolicy', {})]).toEqual([
      'Copy RAM Policy',
      ['copied', JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: ['ecs:DescribeRegions'], Resource: ['*'] }] }, undefined, 2)],
      ['Copy RAM Policy', ['ecsExplorer.copyRamPolicy']],
    ]);
  });
});
