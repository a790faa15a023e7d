import { expect, it, vi } from 'vitest';

const listeners = new Map<string, () => void>();
const on = (name: string) => (listener: () => void) => { listeners.set(name, listener); };
const box = {
  value: '', items: [] as readonly unknown[], activeItems: [] as readonly unknown[], selectedItems: [] as readonly unknown[],
  onDidAccept: on('accept'), onDidTriggerButton: on('button'), onDidHide: on('hide'), onDidChangeValue: on('value'), show: () => undefined, dispose: () => undefined,
};
vi.mock('vscode', () => ({ l10n: { t: (text: string) => text }, QuickPickItemKind: { Separator: -1 }, ThemeIcon: class { readonly id = ''; }, window: { createQuickPick: () => box } }));

const { pickStep } = await import('../../../src/shell/pick.js');

function opened() {
  return pickStep<string>({ title: 'Choose', placeholder: '', canGoBack: false, fill: () => Promise.resolve(), typed: (text) => (text.startsWith('sg-') ? { label: text, value: text.toUpperCase() } : undefined) });
}

it('takes what was typed where Enter comes before a row for it is there, and waits where that is nothing', async () => {
  const picked = opened();
  box.value = 'web';
  listeners.get('accept')?.();
  box.value = ' sg-1 ';
  listeners.get('accept')?.();
  expect(await picked).toEqual({ kind: 'picked', value: 'SG-1' });
});

it('takes the row that stands out before what was typed', async () => {
  const picked = opened();
  box.value = 'sg-1';
  box.activeItems = [{ label: 'web', value: 'sg-2' }];
  listeners.get('accept')?.();
  expect(await picked).toEqual({ kind: 'picked', value: 'sg-2' });
});
