import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ERROR_CATALOGUE } from '../../../src/domain/errorCatalogue.js';
import { explain } from '../../../src/domain/explain.js';
import { recordedLog } from './channel.js';
import { Messages } from './messages.js';

/**
 * Every error code of the service goes through the extension to the message and the log, in the language of the
 * window (the stage "integration-chinese" runs this in the other one).
 */

const REGION = 'cn-hangzhou';
const WEB_01 = 'i-bp13ml6dcwd862cblxx4';
const PARTNER_API = 'sg-bp160niivhbw98k1xqp9';

interface Ready {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly controlToken: string;
}

function startServer(): { readonly child: ChildProcess; readonly ready: Promise<Ready> } {
  const root = vscode.extensions.getExtension('ecs-explorer.ecs-explorer')?.extensionPath ?? '';
  const child = spawn(process.execPath, [path.join(root, 'dist', 'sandbox.js'), '--world', 'demo', '--port', '0', '--visibility-ms', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ready = new Promise<Ready>((resolve) => {
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      if (output.includes('\n')) resolve(JSON.parse(output.slice(0, output.indexOf('\n'))) as Ready);
    });
  });
  return { child, ready };
}

const language = vscode.env.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
const settings = () => vscode.workspace.getConfiguration('ecsExplorer');
const codes = Object.entries(ERROR_CATALOGUE).filter(([code]) => !code.startsWith('Client.'));

describe('error codes', () => {
  const messages = new Messages();
  let server: ChildProcess | undefined;
  let control: (verb: string, body?: unknown) => Promise<void>;

  before(async () => {
    messages.install();
    const { child, ready } = startServer();
    server = child;
    const { endpoint, accessKeyId, accessKeySecret, controlToken } = await ready;
    control = async (verb, body = {}) => {
      const answer = await fetch(`${endpoint}/_control/${verb}`, { method: 'POST', headers: { 'x-sandbox-control': controlToken }, body: JSON.stringify(body) });
      assert.equal(answer.status, 200, await answer.text());
    };
    process.env['ALIBABA_CLOUD_ACCESS_KEY_ID'] = accessKeyId;
    process.env['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] = accessKeySecret;
    await settings().update('endpoint', endpoint, vscode.ConfigurationTarget.Global);
    await settings().update('join.verifySeconds', 0, vscode.ConfigurationTarget.Global);
    // So many refusals in one minute, throttled ones among them, which halve the share: the next one would have to wait.
    await settings().update('requests.writesPerMinute', 1000, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('ecsExplorer.switchAccount', 'env');
  });

  beforeEach(() => { messages.clear(); });

  afterEach(() => control('clearFaults'));

  after(async () => {
    messages.restore();
    server?.kill();
    delete process.env['ALIBABA_CLOUD_ACCESS_KEY_ID'];
    delete process.env['ALIBABA_CLOUD_ACCESS_KEY_SECRET'];
    await settings().update('endpoint', undefined, vscode.ConfigurationTarget.Global);
    await settings().update('join.verifySeconds', undefined, vscode.ConfigurationTarget.Global);
    await settings().update('requests.writesPerMinute', undefined, vscode.ConfigurationTarget.Global);
  });

  /** Lets the service refuse every join with this code, joins, and gives message and log block. */
  async function refused(code: string, httpStatus: number): Promise<{ readonly message: string; readonly buttons: readonly string[]; readonly block: string }> {
    const begin = recordedLog().length;
    await control('faults', { action: 'JoinSecurityGroup', code, status: httpStatus, message: `The service says: ${code}`, retryAfterMs: 1, times: 20 });
    await vscode.commands.executeCommand('ecsExplorer.joinSecurityGroup', { regionId: REGION, instanceId: WEB_01, securityGroupId: PARTNER_API });
    const shown = messages.shown.filter(({ message }) => message.includes('shop-web-01'));
    assert.equal(shown.length, 1, `${String(shown.length)} messages`);
    return { message: shown[0]?.message ?? '', buttons: shown[0]?.buttons ?? [], block: recordedLog().slice(begin) };
  }

  function assertExplained(code: string, httpStatus: number, seen: Awaited<ReturnType<typeof refused>>): void {
    const { meaning, remedy } = explain({ code, operation: 'JoinSecurityGroup', reached: 'yes', httpStatus });
    for (const part of [code, meaning[language], remedy[language]]) assert.ok(seen.message.includes(part), `${part} is not in the message: ${seen.message}`);
    const rows = [`HTTP status:     ${String(httpStatus)}`, `Code:            ${code}`, `Service message: The service says: ${code}`, `Meaning:         ${meaning[language]}`, `What to do:      ${remedy[language]}`];
    for (const row of rows) assert.ok(seen.block.includes(row), `${row} is not in the log: ${seen.block}`);
    assert.match(seen.block, /RequestId: {7}[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/);
    assert.ok(seen.buttons.length <= 3 && seen.buttons.length >= 1, seen.buttons.join(', '));
  }

  it('are enough to be the catalogue', () => {
    assert.ok(codes.length > 80, String(codes.length));
  });

  for (const [code, { retry }] of codes) {
    it(`explain ${code}`, async () => {
      const httpStatus = retry === 'rereadFirst' ? 500 : 403;
      assertExplained(code, httpStatus, await refused(code, httpStatus));
    });
  }

  for (const [what, code] of [['a code that nobody has documented', 'BrandNew.Refusal'], ['a sub-code by the code it refines', 'IncorrectInstanceStatus.Hibernating'], ['a code of another operation', 'InvalidDiskId.NotFound']] as const) {
    it(`explain ${what}`, async () => { assertExplained(code, 403, await refused(code, 403)); });
  }
});
