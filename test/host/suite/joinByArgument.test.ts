import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Messages } from './messages.js';

/** The report of design.md, section 3. */
interface Report {
  readonly outcome: string;
  readonly sent: boolean;
  readonly code?: string;
  readonly httpStatus?: number;
  readonly requestId?: string;
  readonly message: string;
  readonly targets: readonly { readonly instanceId?: string; readonly networkInterfaceId?: string; readonly securityGroupId: string; readonly outcome: string; readonly sent: boolean; readonly requestId?: string }[];
}

/** Resources of the sandbox's demo world; their ids are the same in every run. */
const WEB_01 = 'i-bp13ml6dcwd862cblxx4';
const LOCKED = 'i-bp1d6hgzogynx7a8dqua';
const SPARE_NIC = 'eni-bp158m11sz249x1uxpql';
const PARTNER_API = 'sg-bp160niivhbw98k1xqp9';
const OTHER_VPC = 'sg-bp15nu5nyt6gbuaf1kf9';
const REGION = 'cn-hangzhou';

function join(args: unknown): Thenable<Report> {
  return vscode.commands.executeCommand<Report>('ecsExplorer.joinSecurityGroup', args);
}

describe('join by argument', () => {
  const dialogs = new Messages();

  before(async () => {
    dialogs.install();
    await vscode.commands.executeCommand('ecsExplorer.switchAccount', 'sandbox');
  });

  beforeEach(() => {
    dialogs.clear();
  });

  afterEach(() => { assert.ok(dialogs.asked.length <= 1, `asked more than once: ${dialogs.asked.join(' | ')}`); });

  after(() => { dialogs.restore(); });

  it('refuses both ids with the documented code, and sends nothing', async () => {
    const report = await join({ regionId: REGION, securityGroupId: PARTNER_API, instanceId: WEB_01, networkInterfaceId: SPARE_NIC });
    assert.deepEqual([report.outcome, report.sent, report.code], ['refused', false, 'InvalidParam.EniIdAndInstanceId.Conflict']);
    assert.deepEqual(dialogs.asked, []);
  });

  it('refuses neither id', async () => {
    const report = await join({ regionId: REGION, securityGroupId: PARTNER_API });
    assert.deepEqual([report.outcome, report.sent, report.code], ['refused', false, 'MissingParameter']);
  });

  it('refuses a network interface without its region', async () => {
    const report = await join({ securityGroupId: PARTNER_API, networkInterfaceId: SPARE_NIC });
    assert.deepEqual([report.outcome, report.sent, report.code], ['refused', false, 'MissingParameter.RegionId']);
    assert.deepEqual(report.targets, [{ networkInterfaceId: SPARE_NIC, securityGroupId: PARTNER_API, outcome: 'refused', sent: false, code: 'MissingParameter.RegionId', message: report.message }]);
  });

  it('refuses arguments of the wrong type, and opens no picker', async () => {
    const report = await join({ securityGroupId: 7, instanceId: ['i-1'] });
    assert.deepEqual([report.outcome, report.sent], ['refused', false]);
  });

  it('refuses a region id that could lead a signed request elsewhere', async () => {
    const report = await join({ regionId: 'evil.example/x?', securityGroupId: PARTNER_API, instanceId: WEB_01 });
    assert.deepEqual([report.outcome, report.sent, report.code], ['notSent', false, 'Client.InvalidRegionId']);
    assert.match(dialogs.shown[0]?.message ?? '', /^Client\.InvalidRegionId: /);
  });

  it('always asks once, naming account, region, target and group, and sends nothing when told not to', async () => {
    dialogs.answer = 'no';
    const report = await join({ regionId: REGION, securityGroupId: PARTNER_API, instanceId: WEB_01 });
    assert.deepEqual([report.outcome, report.sent], ['notSent', false]);
    const [asked = ''] = dialogs.asked;
    for (const part of ['Sandbox', REGION, `shop-web-01 (${WEB_01})`, `partner-api (${PARTNER_API})`]) assert.ok(asked.includes(part), `${part} is not in: ${asked}`);
  });

  it('finds the region of an instance by its id, joins, and proves it', async () => {
    const report = await join({ securityGroupId: PARTNER_API, instanceId: WEB_01 });
    assert.deepEqual([report.outcome, report.sent, report.httpStatus, report.code], ['joined', true, 200, undefined]);
    assert.match(report.requestId ?? '', /^[0-9A-F-]{36}$/);
    assert.equal(dialogs.asked.length, 1);
  });

  it('says that a member is one, and sends nothing', async () => {
    const report = await join({ regionId: REGION, securityGroupId: PARTNER_API, instanceId: WEB_01 });
    assert.deepEqual([report.outcome, report.sent], ['alreadyMember', false]);
    assert.deepEqual(dialogs.asked, []);
  });

  it('joins a network interface', async () => {
    const report = await join({ regionId: REGION, securityGroupId: PARTNER_API, targets: [{ networkInterfaceId: SPARE_NIC }, { networkInterfaceId: SPARE_NIC }] });
    assert.deepEqual(report.targets.map(({ networkInterfaceId, outcome }) => [networkInterfaceId, outcome]), [[SPARE_NIC, 'joined']]);
  });

  it('blocks what a document makes certain: another VPC, a security lock', async () => {
    const otherVpc = await join({ regionId: REGION, securityGroupId: OTHER_VPC, instanceId: WEB_01 });
    assert.deepEqual([otherVpc.outcome, otherVpc.sent, otherVpc.code], ['refused', false, 'InvalidInstanceId.Mismatch']);
    const locked = await join({ regionId: REGION, securityGroupId: PARTNER_API, instanceId: LOCKED });
    assert.deepEqual([locked.outcome, locked.sent, locked.code], ['refused', false, 'InstanceLockedForSecurity']);
    assert.deepEqual(dialogs.asked, []);
  });

  it('lets the person insist where a group is only not visible, and gives the words of the service', async () => {
    const report = await join({ regionId: REGION, securityGroupId: 'sg-bp1nobodyhasthisone0', instanceId: WEB_01 });
    assert.deepEqual([report.outcome, report.sent, report.code, report.httpStatus], ['refused', true, 'InvalidSecurityGroupId.NotFound', 404]);
    assert.ok(dialogs.asked[0]?.includes('not listed in cn-hangzhou'), dialogs.asked[0]);
  });

  it('takes the gravest of several targets for the whole', async () => {
    const report = await join({ regionId: REGION, securityGroupId: 'sg-bp1uhgph6i5o4zep8n0j', targets: [{ instanceId: 'i-bp12284sqolcsb6mncd4' }, { instanceId: LOCKED }] });
    assert.deepEqual(report.targets.map(({ instanceId, outcome }) => [instanceId, outcome]), [['i-bp12284sqolcsb6mncd4', 'joined'], [LOCKED, 'refused']]);
    assert.equal(report.outcome, 'refused');
  });

  it('does not switch the account that the person looks at', async () => {
    const report = await join({ account: 'env', regionId: REGION, securityGroupId: PARTNER_API, instanceId: WEB_01 });
    assert.deepEqual([report.outcome, report.sent], ['notSent', false]);
  });
});
