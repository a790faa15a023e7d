import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { readDetails } from '../../app/details/readDetails.js';
import type { CancelSignal } from '../../app/ports/cancel.js';
import type { ViewScope } from '../../app/session.js';
import type { Details } from '../../domain/details.js';
import { clientFailure, failed, type Result } from '../../domain/failure.js';
import { redact } from '../../domain/redact.js';
import type { Resource } from '../../domain/resources.js';
import type { LinkedPage } from '../../present/page/details.js';
import { detailsPage, unreadPage } from '../../present/page/detailsPage.js';
import { toShellSchema, type ToPage, type ToShell } from '../../protocol/messages.js';
import { Peer, type Handled, type Timer } from '../../protocol/peer.js';
import { accountName } from '../accountNames.js';
import { accountSettings } from '../accountSettings.js';
import type { Services } from '../services.js';
import { setting } from '../settings.js';
import { showUnexpected } from '../showFailure.js';
import { follow } from './follow.js';
import { pageFiles } from './pageFiles.js';
import { pageHtml } from './pageHtml.js';
import { PageLife } from './pageLife.js';
import { titleOf, writtenState, type PageState } from './pageState.js';

const MINUTE_MS = 60_000;

/** A page that does not answer within this time is asked no more; it says itself when it listens again. */
const ANSWER_MS = 10_000;

const timer: Timer = (ms, run) => {
  const running = setTimeout(run, ms);
  return () => { clearTimeout(running); };
};

export interface PanelParts {
  readonly services: Services;
  readonly panel: vscode.WebviewPanel;
  readonly state: PageState;
  /** What is known of the resource before it is read. */
  readonly known?: Resource | undefined;
  /** Opens the page of another resource. */
  readonly open: (state: PageState, known?: Resource) => void;
}

/**
 * A page in its panel. The panel's HTML reads without scripts; once the page says that it listens, it is told what is
 * new. A hidden panel is told nothing, as VS Code throws its content away: in sight again, it starts from the HTML.
 */
export class DetailsPanel {
  readonly #parts: PanelParts;
  readonly #life: PageLife;
  readonly #peer: Peer<ToPage, ToShell>;
  readonly #ends: vscode.Disposable;
  #linked: LinkedPage;
  #listens = false;
  /** What the panel's HTML shows. */
  #drawn: LinkedPage | undefined;
  #wasVisible: boolean;

  constructor(parts: PanelParts) {
    this.#parts = parts;
    const { services, panel, state, known } = parts;
    const { accounts, clock, changed } = services;
    this.#life = new PageLife({ accounts, clock, read: (...of) => read(services, ...of), maxAgeMs: () => setting('cache.minutes') * MINUTE_MS, isVisible: () => panel.visible, onChange: () => { this.#show(); } }, state, known);
    this.#linked = this.#page();
    this.#wasVisible = panel.visible;
    this.#peer = new Peer<ToPage, ToShell>({ name: randomUUID(), port: portOf(panel.webview), timer, incoming: toShellSchema, handle: (body) => Promise.resolve(this.#handle(body)), within: ANSWER_MS });
    this.#ends = vscode.Disposable.from(
      changed.event((what) => { this.#life.changed(what); }),
      services.view.lists.explorers.onDidChange((...list) => { this.#life.listed(...list); }),
      panel.onDidChangeViewState(() => { this.#seen(); }),
    );
    panel.onDidDispose(() => { this.#end(); });
    if (panel.visible) this.#life.look();
    // Whoever has begun to read has said so, and is drawn by now.
    if (this.#drawn === undefined) this.#show();
  }

  get state(): PageState {
    return this.#life.state;
  }

  reveal(): void {
    this.#parts.panel.reveal();
  }

  /** Shows what a change of groups would do. */
  compare(comparison: PageState['comparison']): void {
    void this.#life.compare(comparison);
  }

  /** What is on its way is cancelled at once (law 7). */
  #end(): void {
    this.#life.dispose();
    this.#peer.dispose();
    this.#ends.dispose();
  }

  #seen(): void {
    const { visible } = this.#parts.panel;
    if (visible === this.#wasVisible) return;
    this.#wasVisible = visible;
    if (visible) this.#life.look();
    else this.#draw();
  }

  #show(): void {
    if (this.#life.signal.aborted) return;
    this.#linked = this.#page();
    const { panel } = this.#parts;
    const title = titleOf(this.#life.situation.known);
    if (panel.title !== title) panel.title = title;
    if (panel.visible && this.#listens) this.#tell();
    else this.#draw();
  }

  /** The picture that the panel begins with whenever it comes into sight. */
  #draw(): void {
    const { panel, services } = this.#parts;
    this.#listens = false;
    this.#drawn = this.#linked;
    panel.webview.html = pageHtml({ page: this.#linked.page, restore: writtenState(this.#life.state), ...pageFiles(services, panel.webview) });
  }

  #tell(): void {
    const told = this.#linked;
    const asked = this.#peer.ask({ say: 'show', page: told.page, restore: writtenState(this.#life.state) });
    // A page that does not take what it is told would go on showing what was: it begins anew, once for each telling.
    void asked.then(({ ok }) => {
      if (!ok && !this.#life.signal.aborted && this.#linked === told && this.#drawn !== told) this.#draw();
    });
  }

  #page(): LinkedPage {
    const { services } = this.#parts;
    const { state, known, details, comparison, reading } = this.#life.situation;
    const { account } = state;
    const number = this.#life.scope?.connection.identity.accountId;
    const options = { language: services.language, account: accountName(account, number), sandbox: account === 'sandbox', readOnly: setting('readOnly') || accountSettings(account).readOnly, now: services.clock.now(), comparison, reading };
    return details === undefined ? unreadPage(known, options) : detailsPage(details, options);
  }

  #handle(message: ToShell): Handled {
    if (message.say === 'ready') {
      this.#listens = true;
      this.#tell();
      return { ok: true };
    }
    const act = this.#linked.links.get(message.link);
    // A key that is not of this page, or of it no more, says nothing.
    if (act === undefined) return { ok: true };
    const { services, open } = this.#parts;
    follow(act, { services, life: this.#life, linked: this.#linked, table: message.table, open }).catch((error: unknown) => { showUnexpected(services, 'Open Details', error); });
    return { ok: true };
  }
}

function portOf(webview: vscode.Webview) {
  return {
    // A panel that is gone takes no message and says so late: nobody waits for that.
    post: (message: unknown) => { webview.postMessage(message).then(undefined, () => undefined); },
    onMessage: (listener: (message: unknown) => void) => {
      const listening = webview.onDidReceiveMessage(listener);
      return () => { listening.dispose(); };
    },
  };
}

/** Reads all of it. What nobody expected is a failure that can be tried again, too. */
async function read(services: Services, scope: ViewScope, state: PageState, signal: CancelSignal): Promise<Result<Details | undefined>> {
  const { kind, id, regionId, comparison } = state;
  try {
    const details = await readDetails(scope.connection.ecs, { kind, id, regionId, alsoGroups: comparison?.groupIds ?? [] }, { context: { signal }, clock: services.clock });
    if (!details.ok) services.log.failure(id, details.failure);
    else if (details.value !== undefined && !signal.aborted) services.view.lists.explorers.of(scope.account)?.learn(details.value.resource);
    return details;
  } catch (error) {
    services.log.unexpected('Open Details', error);
    return failed(clientFailure('Client.Unexpected', { detail: redact(String(error)) }));
  }
}
