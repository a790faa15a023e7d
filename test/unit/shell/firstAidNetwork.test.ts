import { beforeEach, describe, expect, it, vi } from 'vitest';
import { firstAid } from '../../../src/shell/firstAid.js';

/** Of VS Code what decides where the extension runs, and a record of the commands that were run. */
const editor = vi.hoisted(() => ({ remoteName: undefined as string | undefined, extensionKind: 1, ran: [] as unknown[] }));

vi.mock('vscode', () => ({
  ExtensionKind: { UI: 1, Workspace: 2 },
  l10n: { t: (text: string) => text },
  env: { get remoteName() { return editor.remoteName; } },
  extensions: { getExtension: (id: string) => (id === 'ecs-explorer.ecs-explorer' ? { extensionKind: editor.extensionKind } : undefined) },
  commands: {
    executeCommand: (...call: unknown[]) => {
      editor.ran.push(call);
      return Promise.resolve();
    },
  },
}));

beforeEach(() => { Object.assign(editor, { remoteName: undefined, extensionKind: 1, ran: [] }); });

describe('the button of a refusal by address', () => {
  it.each<[string, string | undefined, number, string | undefined]>([
    ['a remote host, and this runs on the person\'s machine', 'ssh-remote', 1, 'Run in Remote Host'],
    ['a remote host, and this runs there', 'ssh-remote', 2, undefined],
    ['no remote host', undefined, 1, undefined],
  ])('where there is %s', (_where, remoteName, extensionKind, label) => {
    Object.assign(editor, { remoteName, extensionKind });
    const aid = firstAid('runInRemoteHost', {});
    aid?.run();
    expect([aid?.label, editor.ran]).toEqual([label, label === undefined ? [] : [['workbench.action.openSettings', '@id:remote.extensionKind']]]);
  });
});

describe('the button of a failure of the network', () => {
  it('opens the settings of VS Code that an extension\'s requests obey', () => {
    firstAid('openNetworkSettings', {})?.run();
    expect(editor.ran).toEqual([['workbench.action.openSettings', '@id:http.proxy @id:http.proxySupport @id:http.noProxy @id:http.systemCertificates @id:http.fetchAdditionalSupport']]);
  });
});
