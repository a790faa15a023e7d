/** One request and what came back, as it is: nothing of it leaves the process before it went through `transcript.ts`. */
export interface Exchange {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** 0 where no answer came. */
  readonly status: number;
  /** The service's code; empty for a success. */
  readonly code: string;
  readonly json: unknown;
  readonly ms: number;
  /** Header content-encoding: whether the service compresses is an open question. */
  readonly encoding: string;
}

/** Everything that goes over the wire while it listens, in the order in which the answers came. */
export class Recorder {
  readonly exchanges: Exchange[] = [];
  readonly #open = new Set<Promise<void>>();

  /** Resolves when everything that was sent has its entry. */
  async settled(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
  }

  keep(exchange: Promise<Exchange>): void {
    const entry = exchange.then((done) => {
      this.exchanges.push(done);
      this.#open.delete(entry);
    });
    this.#open.add(entry);
  }
}

/**
 * Listens to the requests of the service that `run` sends. The product's transport is the platform's fetch, so
 * that is where to listen: what is recorded is what the product really sends and gets, its own reads included.
 */
export async function recorded<T>(recorder: Recorder, run: () => Promise<T>): Promise<T> {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const operation = new Headers(init?.headers).get('x-acs-action');
    if (operation === null) return original(input, init);
    const sent = { operation, parameters: parametersOf(input), begin: performance.now() };
    const answer = original(input, init);
    recorder.keep(exchangeOf(sent, answer.then((response) => response.clone())));
    return answer;
  };
  try {
    return await run();
  } finally {
    await recorder.settled();
    globalThis.fetch = original;
  }
}

function parametersOf(input: Parameters<typeof fetch>[0]): Readonly<Record<string, string>> {
  const url = new URL(input instanceof Request ? input.url : input);
  return Object.fromEntries(url.searchParams);
}

interface Sent {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly begin: number;
}

async function exchangeOf({ begin, ...sent }: Sent, answer: Promise<Response>): Promise<Exchange> {
  let status = 0;
  let encoding = '';
  let text = '';
  try {
    const response = await answer;
    ({ status } = response);
    encoding = response.headers.get('content-encoding') ?? '';
    text = await response.text();
  } catch {
    // Whoever sent it is told why; here it is an answer that did not come, or not whole.
  }
  const json = parsed(text);
  return { ...sent, status, encoding, json, code: codeOf(json, status), ms: Math.round(performance.now() - begin) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function codeOf(json: unknown, status: number): string {
  const code: unknown = typeof json === 'object' && json !== null && 'Code' in json ? json.Code : undefined;
  if (typeof code === 'string' && code.trim() !== '') return code;
  return status >= 200 && status < 300 && json !== undefined ? '' : 'no code';
}
