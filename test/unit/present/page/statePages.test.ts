import { describe, expect, it } from 'vitest';
import { unreadPage } from '../../../../src/present/page/detailsPage.js';
import type { Reading } from '../../../../src/present/page/pageOptions.js';
import { clientFailure } from '../../../../src/domain/failure.js';
import { refusal } from '../../support/failures.js';
import { told } from './toldPage.js';
import { NOW, optionsIn, page, targetDetails } from './world.js';

const BOTH = ['en', 'zh'] as const;
const READINGS: readonly (Reading | undefined)[] = [
  undefined,
  { reading: 'underWay' },
  { reading: 'failed', failure: { ...refusal('InvalidAccessKeyId.Inactive', 403, 'DescribeInstances'), place: { file: '~/.aliyun/config.json', field: 'default' } } },
  { reading: 'failed', failure: clientFailure('Client.SignInExpired') },
  { reading: 'gone' },
  { reading: 'accountGone' },
];

describe('a page of which nothing was read', () => {
  it('says why there is no more, with the ways on', () => {
    expect(BOTH.map((language) => READINGS.map((reading) => told(unreadPage({ kind: 'networkInterface', id: 'eni-1', regionId: 'cn-hangzhou', name: 'first' }, optionsIn(language, { reading })))))).toEqual([
      [
        [
          'first',
          'Network interface · cn-hangzhou · dev',
          '. Reading…',
          '(Refresh)[refresh] (Copy ID)[copyId eni-1] (Open in Console)[console eni-1]',
        ],
        [
          'first',
          'Network interface · cn-hangzhou · dev',
          '. Reading…',
          '(Refresh)[refresh] (Copy ID)[copyId eni-1] (Open in Console)[console eni-1]',
        ],
        [
          'first',
          'Network interface · cn-hangzhou · dev',
          '! It could not be read: AccessKey is disabled. The AccessKey exists, but it has been disabled.',
          '    Code: InvalidAccessKeyId.Inactive',
          '    HTTP status: 403',
          '    What to do: Enable the AccessKey in the RAM console, or use one that is active.',
          '    Service message: The service says InvalidAccessKeyId.Inactive.',
          '    RequestId: ID-InvalidAccessKeyId.Inactive',
          '    Where: ~/.aliyun/config.json, default',
          '    (Switch Account…)[switchAccount] (Refresh)[refresh] (Show Output)[showOutput]',
          '(Refresh)[refresh] (Copy ID)[copyId eni-1] (Open in Console)[console eni-1]',
        ],
        [
          'first',
          'Network interface · cn-hangzhou · dev',
          '! It could not be read: Credentials have expired. The sign-in of this profile has run out, so no keys could be got with it.',
          '    Code: Client.SignInExpired',
          '    What to do: Sign in again with the aliyun CLI in a terminal, then try again; the file is read anew.',
          '    (Sign In Again)[signIn] (Refresh)[refresh] (Show Output)[showOutput]',
          '(Refresh)[refresh] (Copy ID)[copyId eni-1] (Open in Console)[console eni-1]',
        ],
        [
          'first',
          'Network interface · cn-hangzhou · dev',
          '? Not listed for this account: first (eni-1). It may be gone, or hidden from this account by its permissions.',
          '    (Refresh)[refresh]',
          '(Refresh)[refresh] (Copy ID)[copyId eni-1] (Open in Console)[console eni-1]',
        ],
        [
          'first',
          'Network interface · cn-hangzhou · dev',
          '? The account of this page is not shown or not there any more, so nothing can be read: dev',
          '    (Switch Account…)[switchAccount]',
          '(Refresh)[refresh] (Copy ID)[copyId eni-1] (Open in Console)[console eni-1]',
        ],
      ],
      [
        [
          'first',
          '弹性网卡 · cn-hangzhou · dev',
          '. 正在读取…',
          '(刷新)[refresh] (复制 ID)[copyId eni-1] (在控制台中打开)[console eni-1]',
        ],
        [
          'first',
          '弹性网卡 · cn-hangzhou · dev',
          '. 正在读取…',
          '(刷新)[refresh] (复制 ID)[copyId eni-1] (在控制台中打开)[console eni-1]',
        ],
        [
          'first',
          '弹性网卡 · cn-hangzhou · dev',
          '! 未能读取：AccessKey 已被禁用。该 AccessKey 存在，但已被禁用。',
          '    错误码：InvalidAccessKeyId.Inactive',
          '    HTTP 状态码：403',
          '    处理办法：在 RAM 控制台启用该 AccessKey，或改用处于启用状态的 AccessKey。',
          '    服务返回：The service says InvalidAccessKeyId.Inactive.',
          '    RequestId：ID-InvalidAccessKeyId.Inactive',
          '    位置：~/.aliyun/config.json, default',
          '    (切换账号…)[switchAccount] (刷新)[refresh] (显示输出)[showOutput]',
          '(刷新)[refresh] (复制 ID)[copyId eni-1] (在控制台中打开)[console eni-1]',
        ],
        [
          'first',
          '弹性网卡 · cn-hangzhou · dev',
          '! 未能读取：凭证已过期。此配置的登录已过期，无法用它获取密钥。',
          '    错误码：Client.SignInExpired',
          '    处理办法：在终端中用 aliyun CLI 重新登录，然后重试；届时会重新读取该文件。',
          '    (重新登录)[signIn] (刷新)[refresh] (显示输出)[showOutput]',
          '(刷新)[refresh] (复制 ID)[copyId eni-1] (在控制台中打开)[console eni-1]',
        ],
        [
          'first',
          '弹性网卡 · cn-hangzhou · dev',
          '? 此账号没有列出：first (eni-1)。它可能已被删除，或因权限对此账号不可见。',
          '    (刷新)[refresh]',
          '(刷新)[refresh] (复制 ID)[copyId eni-1] (在控制台中打开)[console eni-1]',
        ],
        [
          'first',
          '弹性网卡 · cn-hangzhou · dev',
          '? 此页面所属的账号现在不可用，因此无法读取任何内容：dev',
          '    (切换账号…)[switchAccount]',
          '(刷新)[refresh] (复制 ID)[copyId eni-1] (在控制台中打开)[console eni-1]',
        ],
      ],
    ]);
  });

  it('is called by its id where it has no name, and says when it is of the sandbox', () => {
    const { page: made } = unreadPage({ kind: 'securityGroup', id: 'sg-1', regionId: 'cn-hangzhou', name: '  ' }, optionsIn('en', { sandbox: true, reading: { reading: 'gone' } }));
    expect([made.title, made.kind, made.readAt, made.notes[0]?.text]).toEqual(['sg-1', 'Security group · cn-hangzhou · dev · sandbox on this machine', undefined, 'Not listed for this account: sg-1. It may be gone, or hidden from this account by its permissions.']);
  });
});

describe('a page of facts that could not be read again', () => {
  it('keeps them, and says above them that they are of before', () => {
    const notes = (reading: Reading | undefined, language: 'en' | 'zh') => told(page(targetDetails(), { language, reading })).slice(2).filter((line) => /^[?!.] /.test(line)).map((line) => line.slice(0, 60));
    expect(BOTH.map((language) => READINGS.map((reading) => notes(reading, language)))).toEqual([
      [
        [],
        ['. Reading again…'],
        ['! It could not be read again: AccessKey is disabled. The Acc', '. What stands below was read before that.'],
        ['! It could not be read again: Credentials have expired. The ', '. What stands below was read before that.'],
        ['? Not listed for this account: web-1 (i-1). It may be gone, ', '. What stands below was read before that.'],
        ['? The account of this page is not shown or not there any mor', '. What stands below was read before that.'],
      ],
      [
        [],
        ['. 正在重新读取…'],
        ['! 未能重新读取：AccessKey 已被禁用。该 AccessKey 存在，但已被禁用。', '. 以下是此前读取的内容。'],
        ['! 未能重新读取：凭证已过期。此配置的登录已过期，无法用它获取密钥。', '. 以下是此前读取的内容。'],
        ['? 此账号没有列出：web-1 (i-1)。它可能已被删除，或因权限对此账号不可见。', '. 以下是此前读取的内容。'],
        ['? 此页面所属的账号现在不可用，因此无法读取任何内容：dev', '. 以下是此前读取的内容。'],
      ],
    ]);
    expect(page(targetDetails()).page.readAt).toBe(NOW - 60_000);
  });
});
