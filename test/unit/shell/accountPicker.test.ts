import { describe, expect, it, vi } from 'vitest';
import type { AccountEntry } from '../../../src/app/ports/accounts.js';
import type { Services } from '../../../src/shell/services.js';
import { settled } from '../support/deferred.js';

interface Item {
  readonly entry?: AccountEntry;
  readonly detail?: string;
  readonly buttons?: readonly unknown[];
}

type On = (event: { readonly item: Item | undefined; readonly button: unknown }) => void;

const events = new Map<string, On>();
const on = (name: string) => (listener: On) => { events.set(name, listener); };
const box = { items: [] as readonly Item[], activeItems: [], selectedItems: [], onDidAccept: on('accept'), onDidTriggerItemButton: on('button'), onDidHide: on('hide'), show: () => undefined, hide: () => undefined, dispose: () => undefined };
vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  QuickPickItemKind: { Separator: -1 },
  ThemeIcon: class { readonly id = ''; },
  window: { createQuickPick: () => box, showErrorMessage: () => Promise.resolve() },
  workspace: { getConfiguration: () => ({ get: () => undefined }) },
}));

const { pickAccount } = await import('../../../src/shell/accountPicker.js');

describe('the box of all accounts', () => {
  it('says that something went wrong where a question of whose keys these are breaks, and waits for no answer to it', async () => {
    const broken = new Error('no bundle');
    const told: unknown[] = [];
    const directory = { list: () => Promise.resolve({ entries: [{ id: 'cli:prod', kind: 'cli', name: 'prod' }], failures: [] }), caller: () => Promise.reject(broken) };
    const log = { unexpected: (what: string, error: unknown) => { told.push(what, error); }, clean: (text: string) => text };
    void pickAccount({ directory, log, language: 'en', accounts: { main: { account: undefined, state: { kind: 'none' } } } } as unknown as Services);
    await settled();
    const row = () => box.items.find(({ entry }) => entry !== undefined);
    events.get('button')?.({ item: row(), button: row()?.buttons?.[0] });
    expect(row()?.detail).toBe('asking…');
    await settled();
    expect([told, row()?.detail]).toEqual([['GetCallerIdentity', broken], '']);
  });
});
