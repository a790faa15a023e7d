import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Messages } from './messages.js';

interface Report {
  readonly outcome: string;
  readonly sent: boolean;
  readonly code?: string;
  readonly message: string;
  readonly targets: readonly { readonly instanceId?: string; readonly securityGroupId?: string; readonly securityGroupIds?: readonly string[]; readonly outcome: string }[];
}

/** Resources of the sandbox's demo world; their ids are the same in every run, and no other test changes them. */
const WEB_03 = 'i-bp15mj7t7l011lxezhx6';
const PRIMARY = 'eni-bp1ib1h702gmpoegkoan';
const WEB_PUBLIC = 'sg-bp12jsj05mnpvaj2za75';
const SSH_OFFICE = 'sg-bp1qd2pmavymtcwkgos0';
const ADVANCED = 'sg-bp12uje4njdmuoarpls0';
const MONITORING = 'sg-bp1uhgph6i5o4zep8n0j';
const REGION = 'cn-hangzhou';

function leave(args: unknown): Thenable<Report> {
  return vscode.commands.executeCommand<Report>('ecsExplorer.leaveSecurityGroup', args);
}

function replace(args: unknown): Thenable<Report> {
  return vscode.commands.executeCommand<Report>('ecsExplorer.replaceSecurityGroups', args);
}

describe('changes by argument', () => {
  const dialogs = new Messages();
  const configuration = () => vscode.workspace.getConfiguration('ecsExplorer');

  before(async () => {
    dialogs.install();
    await vscode.commands.executeCommand('ecsExplorer.switchAccount', 'sandbox');
    await vscode.commands.executeCommand('ecsExplorer.sandbox.reset');
  });

  beforeEach(() => { dialogs.clear(); });

  afterEach(() => { assert.ok(dialogs.asked.length <= 1, `asked more than once: ${dialogs.asked.join(' | ')}`); });

  after(() => { dialogs.restore(); });

  it('leave a group after one question that says what is closed', async () => {
    const report = await leave({ securityGroupId: SSH_OFFICE, instanceId: WEB_03 });
    assert.deepEqual([report.outcome, report.sent, report.targets[0]?.securityGroupId], ['left', true, SSH_OFFICE]);
    const [asked = ''] = dialogs.asked;
    for (const part of ['Remove instance shop-web-03', 'Sandbox', REGION, 'No longer accepts', '910 seconds']) assert.ok(asked.includes(part), `${part} is not in: ${asked}`);
  });

  it('are taken back by Undo, which asks and says what it undoes', async () => {
    await vscode.commands.executeCommand('ecsExplorer.undo');
    const [asked = ''] = dialogs.asked;
    for (const part of ['Join instance shop-web-03', 'Undoes a change made']) assert.ok(asked.includes(part), `${part} is not in: ${asked}`);
    assert.match(dialogs.shown[0]?.message ?? '', /^shop-web-03 \(.*\) joined security group hz-ssh-office/);
  });

  it('do not leave a group twice, nor the last one', async () => {
    const stranger = await leave({ securityGroupId: MONITORING, instanceId: WEB_03 });
    assert.deepEqual([stranger.outcome, stranger.sent], ['notMember', false]);
    assert.equal((await leave({ securityGroupId: SSH_OFFICE, instanceId: WEB_03 })).outcome, 'left');
    dialogs.clear();
    const last = await leave({ securityGroupId: WEB_PUBLIC, instanceId: WEB_03 });
    assert.deepEqual([last.outcome, last.sent, last.code], ['refused', false, 'InstanceLastSecurityGroup']);
    assert.deepEqual(dialogs.asked, []);
  });

  it('replace the whole list, also from basic groups to advanced ones, which is always asked about', async () => {
    const report = await replace({ regionId: REGION, instanceId: WEB_03, securityGroupIds: [ADVANCED] });
    assert.deepEqual([report.outcome, report.targets[0]?.securityGroupIds], ['replaced', [ADVANCED]]);
    const [asked = ''] = dialogs.asked;
    for (const part of ['Replace the security groups of instance shop-web-03', 'Leaves: hz-web-public', 'Joins: payments-advanced', 'advanced ones', 'may still be lost']) assert.ok(asked.includes(part), `${part} is not in: ${asked}`);
  });

  it('restore the former list when a replacement is undone', async () => {
    await vscode.commands.executeCommand('ecsExplorer.undo');
    assert.match(dialogs.shown[0]?.message ?? '', /^shop-web-03 \(.*\) is now in security group hz-web-public/);
  });

  it('refuse an empty list, a primary interface and groups of both types, and send nothing', async () => {
    const empty = await replace({ regionId: REGION, instanceId: WEB_03, securityGroupIds: [] });
    const primary = await replace({ regionId: REGION, networkInterfaceId: PRIMARY, securityGroupIds: [MONITORING] });
    const mixed = await replace({ regionId: REGION, instanceId: WEB_03, securityGroupIds: [MONITORING, ADVANCED] });
    assert.deepEqual([empty, primary, mixed].map(({ outcome, sent, code }) => [outcome, sent, code]), [
      ['refused', false, 'MissingParameter'],
      ['refused', false, 'InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc'],
      ['refused', false, 'EnterpriseGroupLimited.MutliGroupType'],
    ]);
  });

  it('do not leave the editor in read-only mode', async () => {
    await configuration().update('readOnly', true, vscode.ConfigurationTarget.Global);
    try {
      const report = await leave({ securityGroupId: WEB_PUBLIC, instanceId: WEB_03 });
      assert.deepEqual([report.outcome, report.sent, dialogs.asked], ['notSent', false, []]);
      assert.match(dialogs.shown[0]?.message ?? '', /Read-only mode is on/);
    } finally {
      await configuration().update('readOnly', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
