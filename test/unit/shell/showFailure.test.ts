import { beforeEach, describe, expect, it, vi } from 'vitest';
import { failed } from '../../../src/domain/failure.js';
import type { Services } from '../../../src/shell/services.js';
import { refusal } from '../support/failures.js';

const SIGN_IN = 'Copy Sign-in Command';
const copied: string[] = [];
vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  env: { clipboard: { writeText: (text: string) => { copied.push(text); } } },
  window: { showErrorMessage: (_text: string, ...buttons: readonly string[]) => Promise.resolve(buttons.find((button) => button === SIGN_IN)) },
  workspace: { getConfiguration: () => ({ get: () => undefined }) },
}));

const { openExplorer } = await import('../../../src/shell/openExplorer.js');
const { ofAccount, showFailure } = await import('../../../src/shell/showFailure.js');
const { showReport } = await import('../../../src/shell/report.js');
type Report = Parameters<typeof showReport>[1];

const EXPIRED = refusal('InvalidSecurityToken.Expired');

/** The services as far as a message of a failure uses them, with two accounts of which neither can be opened. */
function services(): Services {
  const session = { open: () => Promise.resolve(failed(EXPIRED)) };
  const log = { failure: () => undefined, clean: (text: string) => text };
  const accounts = { main: { account: 'cli:main' }, shown: ['cli:main', 'cli:other'], session: () => session };
  return { accounts, log, language: 'en', operations: { find: () => undefined } } as unknown as Services;
}

beforeEach(() => { copied.length = 0; });

describe('the way on from expired keys', () => {
  it('is to sign in to the account whose keys they are, whichever is the chosen one', async () => {
    showFailure(services(), 'Find', EXPIRED, ofAccount('cli:other'));
    await vi.waitFor(() => { expect(copied).toEqual(["aliyun configure --profile 'other'"]); });
  });

  it('is to sign in to the chosen account where no other is named', async () => {
    showFailure(services(), 'Find', EXPIRED);
    await vi.waitFor(() => { expect(copied).toEqual(["aliyun configure --profile 'main'"]); });
  });

  it('is to sign in to the account that a row is of, where it could not be opened', async () => {
    expect(await openExplorer(services(), 'Find', ['cli:other'])).toBeUndefined();
    await vi.waitFor(() => { expect(copied).toEqual(["aliyun configure --profile 'other'"]); });
  });

  it('is to sign in to the account that a change was refused to', async () => {
    const change = { kind: 'join', securityGroupId: 'sg-1' };
    const step = { ref: { kind: 'instance', id: 'i-1' }, change, outcome: 'refused', sent: true, findings: [], failure: EXPIRED };
    // Of a report only what its message uses.
    const report = { operationId: 'o', kind: 'join', outcome: 'refused', sent: true, regionId: 'cn-hangzhou', groups: new Map(), steps: [step] } as unknown as Report;
    showReport(services(), report, { account: 'cli:other', next: ofAccount('cli:other') });
    await vi.waitFor(() => { expect(copied).toEqual(["aliyun configure --profile 'other'"]); });
  });
});
