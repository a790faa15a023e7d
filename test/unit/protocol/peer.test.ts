import { describe, expect, it } from 'vitest';
import { toPageSchema, toShellSchema, type ToPage, type ToShell } from '../../../src/protocol/messages.js';
import { Peer, type Handled, type Port, type Timer } from '../../../src/protocol/peer.js';

/** One end of a way on which messages lie until they are taken on, as a frame's messages do. */
class Wire implements Port {
  readonly posted: unknown[] = [];
  readonly #listeners = new Set<(message: unknown) => void>();
  /** The other end is gone. */
  broken = false;

  post(message: unknown): void {
    if (this.broken) throw new Error('Webview is disposed');
    // What goes through a frame is a copy.
    this.posted.push(structuredClone(message));
  }

  onMessage(listener: (message: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  deliver(message: unknown): void {
    for (const listener of this.#listeners) listener(message);
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}

/** Time limits that pass when the test says so. */
class Timers {
  readonly running = new Map<() => void, number>();
  readonly start: Timer = (ms, run) => {
    this.running.set(run, ms);
    return () => this.running.delete(run);
  };
  pass(): void {
    for (const run of [...this.running.keys()]) {
      this.running.delete(run);
      run();
    }
  }
}

const READY: ToShell = { say: 'ready' };

function page(name = 'page', handle: (body: ToPage) => Promise<Handled> = () => Promise.resolve({ ok: true })) {
  const wire = new Wire();
  const timers = new Timers();
  const peer = new Peer<ToShell, ToPage>({ name, port: wire, timer: timers.start, incoming: toPageSchema, handle, within: 30_000 });
  return { wire, timers, peer };
}

function shell(handle: (body: ToShell) => Promise<Handled>) {
  const wire = new Wire();
  const timers = new Timers();
  const peer = new Peer<ToPage, ToShell>({ name: 'shell', port: wire, timer: timers.start, incoming: toShellSchema, handle, within: 30_000 });
  return { wire, timers, peer };
}

/** Takes everything that was posted over to the other side, and back, until nothing moves. */
async function carry(one: Wire, other: Wire): Promise<void> {
  for (;;) {
    for (const message of one.posted.splice(0)) other.deliver(message);
    for (const message of other.posted.splice(0)) one.deliver(message);
    await new Promise(setImmediate);
    if (one.posted.length + other.posted.length === 0) return;
  }
}

describe('a peer', () => {
  it('asks in an envelope of its own name and a running number, and with a time limit', () => {
    const { wire, timers, peer } = page();
    void peer.ask(READY);
    void peer.ask({ say: 'follow', link: 'k' });
    expect(wire.posted).toEqual([
      { is: 'request', peer: 'page', id: 1, body: { say: 'ready' } },
      { is: 'request', peer: 'page', id: 2, body: { say: 'follow', link: 'k' } },
    ]);
    expect([...timers.running.values()]).toEqual([30_000, 30_000]);
  });

  it('hears what became of it, whichever way the answers come', async () => {
    const one = page();
    const other = shell((body) => Promise.resolve(body.say === 'ready' ? { ok: true } : { ok: false, message: 'That link is old.' }));
    const answers = Promise.all([one.peer.ask({ say: 'follow', link: 'k', table: { id: 'rules', rows: [2, 0] } }), one.peer.ask(READY)]);
    await carry(one.wire, other.wire);
    expect(await answers).toEqual([{ ok: false, because: 'failed', message: 'That link is old.' }, { ok: true }]);
    expect(one.timers.running.size).toBe(0);
  });

  it('is equal to the other: both may ask at once with the same number', async () => {
    const one = page('page', () => Promise.resolve({ ok: false, message: 'no room' }));
    const other = shell(() => Promise.resolve({ ok: true }));
    const show: ToPage = { say: 'show', restore: 'r', page: { language: 'en', title: 't', kind: 'k', notes: [], actions: [], sections: [] } };
    const answers = Promise.all([one.peer.ask(READY), other.peer.ask(show)]);
    await carry(one.wire, other.wire);
    expect(await answers).toEqual([{ ok: true }, { ok: false, because: 'failed', message: 'no room' }]);
  });

  it('waits no longer than the limit, and drops an answer that comes after it', async () => {
    const { wire, timers, peer } = page();
    const answer = peer.ask(READY);
    timers.pass();
    expect(await answer).toEqual({ ok: false, because: 'late' });
    wire.deliver({ is: 'done', peer: 'page', id: 1 });
    const next = peer.ask(READY);
    wire.deliver({ is: 'done', peer: 'page', id: 2 });
    expect(await next).toEqual({ ok: true });
  });

  it('drops answers to another peer, to questions it did not ask, and second answers', async () => {
    const { wire, timers, peer } = page();
    const answer = peer.ask(READY);
    wire.deliver({ is: 'done', peer: 'the page before it was drawn anew', id: 1 });
    wire.deliver({ is: 'done', peer: 'page', id: 7 });
    expect(timers.running.size).toBe(1);
    wire.deliver({ is: 'failed', peer: 'page', id: 1, message: 'first' });
    wire.deliver({ is: 'done', peer: 'page', id: 1 });
    expect(await answer).toEqual({ ok: false, because: 'failed', message: 'first' });
  });

  it('closes everything that is pending when it is disposed of, listens no more, and asks no more', async () => {
    const { wire, timers, peer } = page();
    const answers = Promise.all([peer.ask(READY), peer.ask(READY)]);
    peer.dispose();
    peer.dispose();
    expect(await answers).toEqual([{ ok: false, because: 'closed' }, { ok: false, because: 'closed' }]);
    expect([wire.listeners, timers.running.size]).toEqual([0, 0]);
    wire.posted.length = 0;
    expect(await peer.ask(READY)).toEqual({ ok: false, because: 'closed' });
    expect(wire.posted).toEqual([]);
  });

  it('says that it is closed where the other end is gone', async () => {
    const { wire, timers, peer } = page();
    wire.broken = true;
    expect(await peer.ask(READY)).toEqual({ ok: false, because: 'closed' });
    expect(timers.running.size).toBe(0);
  });

  it('tells nothing of what broke in a handler: its words may hold secrets', async () => {
    const one = page();
    const other = shell(() => Promise.reject(new Error('LTAI-secret')));
    const answer = one.peer.ask(READY);
    await carry(one.wire, other.wire);
    expect(await answer).toEqual({ ok: false, because: 'failed', message: '' });
  });

  it('answers nothing any more when it was disposed of while it worked', async () => {
    let finish: (handled: Handled) => void = () => undefined;
    const other = shell(() => new Promise((resolve) => { finish = resolve; }));
    other.wire.deliver({ is: 'request', peer: 'page', id: 1, body: { say: 'ready' } });
    other.peer.dispose();
    finish({ ok: true });
    await new Promise(setImmediate);
    expect(other.wire.posted).toEqual([]);
  });

  it('cuts a failure that is longer than an envelope takes', async () => {
    const one = page();
    const other = shell(() => Promise.resolve({ ok: false, message: 'x'.repeat(9_000) }));
    const answer = one.peer.ask(READY);
    await carry(one.wire, other.wire);
    expect(await answer).toEqual({ ok: false, because: 'failed', message: 'x'.repeat(5_000) });
  });
});
