import { describe, expect, it, vi } from 'vitest';
import { Accounts } from '../../../../src/app/accounts.js';
import { success } from '../../../../src/domain/failure.js';
import type { PageState } from '../../../../src/shell/details/pageState.js';
import type { Services } from '../../../../src/shell/services.js';
import { instance, REGION, securityGroup } from '../../support/builders.js';
import { connectionTo } from '../../support/connections.js';
import { settled } from '../../support/deferred.js';
import { FakeEcs } from '../../support/fakeEcs.js';
import { FakeListCache } from '../../support/fakeListCache.js';
import { VirtualClock } from '../../support/virtualClock.js';

const clipboard: string[] = [];

vi.mock('vscode', () => {
  class EventEmitter<T> {
    readonly listeners = new Set<(value: T) => void>();
    readonly event = (listener: (value: T) => void) => {
      this.listeners.add(listener);
      return { dispose: () => void this.listeners.delete(listener) };
    };
    fire(value: T): void {
      for (const listener of this.listeners) listener(value);
    }
  }
  return {
    EventEmitter,
    Disposable: { from: (...all: readonly { dispose(): void }[]) => ({ dispose: () => { for (const one of all) one.dispose(); } }) },
    Uri: { joinPath: (base: unknown, ...parts: readonly string[]) => `${String(base)}/${parts.join('/')}` },
    l10n: { t: (text: string) => text },
    env: { clipboard: { writeText: (text: string) => { clipboard.push(text); return Promise.resolve(); } } },
    window: { setStatusBarMessage: () => undefined },
    workspace: { getConfiguration: () => ({ get: () => undefined }) },
  };
});

const { EventEmitter } = await import('vscode');
const { DetailsPanel } = await import('../../../../src/shell/details/detailsPanel.js');
const { Explorers } = await import('../../../../src/shell/explorers.js');
const { createChangedHere } = await import('../../../../src/shell/changedHere.js');

const STATE: PageState = { account: 'env', kind: 'instance', regionId: REGION, id: 'i-1', name: 'web' };

/** A panel as VS Code gives one, with what was done to it. */
function fakePanel() {
  const received = new EventEmitter<unknown>();
  const viewState = new EventEmitter<undefined>();
  const disposed = new EventEmitter<undefined>();
  const drawn: string[] = [];
  const posted: { readonly is: string; readonly id: number; readonly body?: { readonly page: { readonly title: string; readonly actions: readonly { readonly text: string; readonly link: string }[] } } }[] = [];
  const webview = {
    cspSource: 'https://csp',
    asWebviewUri: (uri: unknown) => uri,
    onDidReceiveMessage: received.event,
    postMessage: (message: (typeof posted)[number]) => { posted.push(message); return Promise.resolve(true); },
    set html(html: string) { drawn.push(html); },
  };
  const panel = { webview, visible: true, title: '', reveal: () => undefined, onDidChangeViewState: viewState.event, onDidDispose: disposed.event };
  let id = 0;
  return {
    panel, drawn, posted,
    ask: (body: unknown) => { received.fire({ is: 'request', peer: 'page', id: (id += 1), body }); },
    say: (message: unknown) => { received.fire(message); },
    see: (visible: boolean) => { panel.visible = visible; viewState.fire(undefined); },
    close: () => { disposed.fire(undefined); },
  };
}

async function opened() {
  const clock = new VirtualClock('manual');
  const ecs = new FakeEcs({ clock, world: { instances: [instance({ id: 'i-1', name: 'web', securityGroupIds: ['sg-1'] })], groups: [securityGroup({ id: 'sg-1', name: 'open' })], rules: { 'sg-1': { rules: [] } } } });
  const accounts = new Accounts({ connect: () => Promise.resolve(success(connectionTo(ecs))) }, ['env']);
  const changed = createChangedHere();
  const explorers = new Explorers({ accounts, clock, language: 'en', cache: new FakeListCache() });
  const log: string[] = [];
  const opens: string[] = [];
  // Of the services only what a page uses.
  const services = { accounts, clock, changed, language: 'en', extensionUri: 'ext', view: { lists: { explorers } }, log: { failure: (what: string) => { log.push(what); }, unexpected: (what: string, error: unknown) => { log.push(`${what} ${String(error)}`); } } } as unknown as Services;
  const fake = fakePanel();
  new DetailsPanel({ services, panel: fake.panel as never, state: STATE, open: ({ id }) => { opens.push(id); } });
  await vi.waitFor(() => { expect(fake.drawn.length).toBe(2); });
  return { ...fake, ecs, accounts, explorers, changed, log, opens };
}

const shown = ({ posted }: Awaited<ReturnType<typeof opened>>) => posted.flatMap(({ body }) => (body === undefined ? [] : body.page));

describe('the panel of a page', () => {
  it('is drawn before anything was read and again when it was, and told nothing before it listens', async () => {
    const page = await opened();
    expect([page.drawn.length, page.drawn[0]?.includes('Reading'), page.drawn.at(-1)?.includes('Running'), page.posted]).toEqual([2, true, true, []]);
    expect([page.panel.title, page.log]).toEqual(['web', []]);
  });

  it('is told what is there when it listens', async () => {
    const page = await opened();
    page.ask({ say: 'ready' });
    await settled();
    expect([shown(page).map(({ title }) => title), page.posted.map(({ is }) => is), page.drawn.length]).toEqual([['web'], ['request', 'done'], 2]);
  });

  it('is told nothing while it is out of sight, and reads a change when it is seen again', async () => {
    const page = await opened();
    page.ask({ say: 'ready' });
    await settled();
    const { state } = page.accounts.main;
    const before = page.posted.length;
    page.see(false);
    const calls = page.ecs.calls.length;
    if (state.kind === 'open') page.changed.fire({ scope: state.scope, ids: ['i-1'] });
    await settled();
    expect([page.posted.length, page.ecs.calls.length, page.drawn.length]).toEqual([before, calls, 3]);
    page.see(true);
    await settled();
    expect(page.ecs.calls.length).toBeGreaterThan(calls);
    expect(page.posted.length).toBe(before);
  });

  it('follows what the tree reads, and no more when it is closed', async () => {
    const page = await opened();
    const explorer = await page.explorers.open('env');
    const look = async (status: string) => {
      page.ecs.touch(instance({ id: 'i-1', name: 'web', status, securityGroupIds: ['sg-1'] }));
      await explorer?.look({ list: 'instances', regionId: REGION });
      await explorer?.list({ list: 'instances', regionId: REGION }).refresh();
      await settled();
    };
    await look('Stopped');
    await vi.waitFor(() => { expect(page.drawn.at(-1)).toContain('Stopped'); });
    const before = page.ecs.count('readRules');
    page.close();
    await look('Running');
    expect([before, page.ecs.count('readRules')]).toEqual([2, 2]);
  });

  it('does what a link of it says, and drops what is none', async () => {
    const page = await opened();
    page.ask({ say: 'ready' });
    await settled();
    const link = shown(page)[0]?.actions.find(({ text }) => text === 'Copy ID')?.link;
    page.ask({ say: 'follow', link });
    page.ask({ say: 'follow', link: 'ecsExplorer.joinSecurityGroup' });
    page.ask({ say: 'follow', link: 7 });
    page.ask({ say: 'run', command: 'workbench.action.quit' });
    page.say('nonsense');
    await settled();
    expect([clipboard, page.posted.filter(({ is }) => is === 'done').length, page.log]).toEqual([['i-1'], 3, []]);
  });

  it('cancels what it reads when it is closed, and says no more', async () => {
    const page = await opened();
    page.ask({ say: 'ready' });
    await settled();
    const gate = page.ecs.hold('listInstances', page.ecs.count('listInstances') + 1);
    const link = shown(page)[0]?.actions.find(({ text }) => text === 'Refresh')?.link;
    page.ask({ say: 'follow', link });
    await gate.arrived;
    const before = page.posted.length;
    page.close();
    const { aborted } = page.ecs.calls.at(-1)?.context.signal ?? { aborted: false };
    gate.release();
    await settled();
    expect([aborted, page.posted.length, page.log]).toEqual([true, before, []]);
  });
});
