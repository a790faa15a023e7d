import * as v from 'valibot';
import { envelopeSchema, type Envelope } from './messages.js';

/** One end of a way for messages: a webview panel, or the window of the page. */
export interface Port {
  /** May throw where the other end is gone. */
  post(message: Envelope): void;
  /** Calls for each message that comes; the function that it gives back ends that. */
  onMessage(listener: (message: unknown) => void): () => void;
}

/** Calls once after so many milliseconds, unless it is called off by the function that it gives back. */
export type Timer = (ms: number, run: () => void) => () => void;

/** What became of a request. */
export type Answer =
  | { readonly ok: true }
  /** The other side could not do it; its words are for a person. Empty where it broke without words. */
  | { readonly ok: false; readonly because: 'failed'; readonly message: string }
  /** No answer within the time limit, or this side was closed: whether it was done is not known. */
  | { readonly ok: false; readonly because: 'late' | 'closed' };

/** What a handler says of a request. */
export type Handled = { readonly ok: true } | { readonly ok: false; readonly message: string };

export interface PeerOptions<In> {
  /** Different for each peer that is ever made, such as a random number in words. */
  readonly name: string;
  readonly port: Port;
  readonly timer: Timer;
  /** What may be asked of this side; the rest is dropped unanswered. */
  readonly incoming: v.GenericSchema<unknown, In>;
  readonly handle: (body: In) => Promise<Handled>;
  /** How long an answer may take, in milliseconds. */
  readonly within: number;
}

interface Pending {
  readonly settle: (answer: Answer) => void;
}

/** The longest message of a failure that is sent on. */
const LONGEST = 5_000;

/**
 * One of two equal sides that ask each other for something and tell how it went. Everything that comes in is read
 * with a schema. A question that is never answered ends after the time limit, and all of them end with this side.
 */
export class Peer<Out, In> {
  readonly #options: PeerOptions<In>;
  readonly #pending = new Map<number, Pending>();
  readonly #unlisten: () => void;
  #last = 0;
  #closed = false;

  constructor(options: PeerOptions<In>) {
    this.#options = options;
    this.#unlisten = options.port.onMessage((message) => { this.#receive(message); });
  }

  /** Asks the other side. Never rejects. */
  ask(body: Out): Promise<Answer> {
    if (this.#closed) return Promise.resolve({ ok: false, because: 'closed' });
    const id = (this.#last += 1);
    return new Promise((resolve) => {
      const end = this.#options.timer(this.#options.within, () => this.#pending.get(id)?.settle({ ok: false, because: 'late' }));
      const settle = (answer: Answer) => {
        this.#pending.delete(id);
        end();
        resolve(answer);
      };
      this.#pending.set(id, { settle });
      if (!this.#post({ is: 'request', peer: this.#options.name, id, body })) settle({ ok: false, because: 'closed' });
    });
  }

  /** Listens no more; what is asked and not answered is closed. */
  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#unlisten();
    for (const { settle } of [...this.#pending.values()]) settle({ ok: false, because: 'closed' });
  }

  #receive(message: unknown): void {
    const read = v.safeParse(envelopeSchema, message, { abortEarly: true });
    if (!read.success || this.#closed) return;
    const envelope = read.output;
    if (envelope.is === 'request') {
      const body = v.safeParse(this.#options.incoming, envelope.body, { abortEarly: true });
      if (body.success) void this.#answer(envelope, body.output);
    } else if (envelope.peer === this.#options.name) {
      this.#pending.get(envelope.id)?.settle(envelope.is === 'done' ? { ok: true } : { ok: false, because: 'failed', message: envelope.message });
    }
  }

  async #answer({ peer, id }: { readonly peer: string; readonly id: number }, body: In): Promise<void> {
    // What breaks has no words for a person, and may have secrets in those that it has.
    const handled = await this.#handled(body);
    if (this.#closed) return;
    this.#post(handled.ok ? { is: 'done', peer, id } : { is: 'failed', peer, id, message: handled.message.slice(0, LONGEST) });
  }

  async #handled(body: In): Promise<Handled> {
    try {
      return await this.#options.handle(body);
    } catch {
      return { ok: false, message: '' };
    }
  }

  #post(envelope: Envelope): boolean {
    try {
      this.#options.port.post(envelope);
      return true;
    } catch {
      return false;
    }
  }
}
