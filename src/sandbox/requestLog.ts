/** One request as the sandbox saw it; no header that could hold a signature. */
export interface LoggedRequest {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** 0 where no answer was sent. */
  readonly status: number;
  /** Empty for a success. */
  readonly code: string;
  readonly requestId: string;
  readonly userAgent: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Size of the answer's body. */
  readonly bytes: number;
  /** The kind of the fault that hit it. */
  readonly fault?: string;
}

const DEFAULT_CAPACITY = 5_000;
const MAX_VALUE_LENGTH = 8_000;

/** The latest requests, up to a number. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  readonly #capacity: number;

  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  add(entry: LoggedRequest): void {
    const parameters = Object.fromEntries(Object.entries(entry.parameters).map(([name, value]) => [name, value.slice(0, MAX_VALUE_LENGTH)]));
    this.#entries.push({ ...entry, parameters });
    // Cut in chunks, so that a full log does not move all its entries at every request.
    if (this.#entries.length > this.#capacity * 1.25) this.#entries = this.#entries.slice(-this.#capacity);
  }

  entries(): readonly LoggedRequest[] {
    return this.#entries.slice(-this.#capacity);
  }

  clear(): void {
    this.#entries = [];
  }
}
