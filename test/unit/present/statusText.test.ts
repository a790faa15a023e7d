import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountTrouble } from '../../../src/domain/accountTrouble.js';
import { explain } from '../../../src/domain/explain.js';
import { clientFailure } from '../../../src/domain/failure.js';
import { statusText, type AccountStatus } from '../../../src/present/statusText.js';
import { refusal } from '../support/failures.js';
import { drawn, hostileText, unseen } from '../support/hostile.js';

const of = (more: Partial<AccountStatus> = {}): AccountStatus => ({ name: 'Environment variables', sandbox: false, opening: false, readOnly: false, ...more });
const texts = (more: Partial<AccountStatus>) => [statusText(of(more), 'en').text, statusText(of(more), 'zh').text];

describe('the status bar', () => {
  it('names the account and what a click does', () => {
    expect([statusText(of(), 'en'), statusText(of({ name: '环境变量' }), 'zh')]).toEqual([
      { text: '$(cloud) ECS: Environment variables', tooltip: 'ECS Explorer: Account Environment variables\nClick to switch the account', warning: false },
      { text: '$(cloud) ECS: 环境变量', tooltip: 'ECS Explorer：账号 环境变量\n单击可切换账号', warning: false },
    ]);
  });

  it('marks the sandbox, an opening, read-only mode and an endpoint that is not the usual one', () => {
    expect(texts({ sandbox: true })).toEqual(['$(beaker) ECS: Environment variables', '$(beaker) ECS: Environment variables']);
    expect(texts({ opening: true })).toEqual(['$(sync~spin) ECS: Environment variables', '$(sync~spin) ECS: Environment variables']);
    expect(texts({ endpoint: 'https://ecs.example', readOnly: true })).toEqual([
      '$(cloud) ECS: Environment variables @ https://ecs.example $(lock) read-only',
      '$(cloud) ECS: Environment variables @ https://ecs.example $(lock) 只读',
    ]);
    expect(statusText(of({ sandbox: true, endpoint: 'https://ecs.example', readOnly: true }), 'en').tooltip.split('\n')).toEqual([
      'ECS Explorer: Account Environment variables',
      'The sandbox on this machine. Nothing here reaches the cloud.',
      'Endpoint: https://ecs.example',
      'Read-only mode: no change leaves the editor',
      'Click to switch the account',
    ]);
  });

  it('says what is wrong with the account in a word, warns, and tells the rest when somebody points at it', () => {
    const trouble = accountTrouble({ ...refusal('InvalidTimeStamp.Expired', 400), clockDifferenceMs: 1_200_000 });
    const { meaning, remedy } = explain(trouble?.failure ?? clientFailure('Client.Unexpected'));
    expect(statusText(of({ trouble }), 'en')).toEqual({
      text: '$(watch) ECS: Environment variables $(warning) Clock is wrong by 20 minutes',
      tooltip: ['ECS Explorer: Account Environment variables', `InvalidTimeStamp.Expired: ${meaning.en}`, remedy.en, 'Click to switch the account'].join('\n'),
      warning: true,
    });
    expect(meaning.en).toMatch(/^The clock of this machine is 20 minutes ahead\. /);
  });

  it('says the same of an account that could not be opened, and where it is to be mended', () => {
    const failure = clientFailure('Client.CredentialFileMalformed', { place: { file: '~/.aliyun/config.json' } });
    const { text, tooltip, warning } = statusText(of({ failure }), 'zh');
    expect([text, tooltip.split('\n').at(-2), warning]).toEqual(['$(key) ECS: Environment variables $(warning) 没有可用的凭证', '位置：~/.aliyun/config.json', true]);
  });

  it('does not warn of the account where something else failed', () => {
    const { text, warning } = statusText(of({ failure: clientFailure('Client.SandboxFailed') }), 'en');
    expect([text, warning]).toEqual(['$(error) ECS: Environment variables', false]);
  });

  it('makes nothing of what is in a name', () => {
    fc.assert(fc.property(hostileText, (name) => {
      const failure = { ...refusal('Forbidden.RAM'), code: 'Forbidden.RAM', serviceMessage: name, deniedAction: name };
      const { text, tooltip } = statusText(of({ name, endpoint: name, failure }), 'en');
      expect([unseen(text), tooltip.split('\n').flatMap(unseen)]).toEqual([[], []]);
      expect(drawn(text).icons).toEqual(['$(lock)', '$(warning)']);
    }));
  });
});
