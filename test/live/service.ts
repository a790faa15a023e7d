import { $OpenApiUtil } from '@alicloud/openapi-core';
import type { CancelSignal } from '../../src/app/ports/cancel.js';
import type { Clock } from '../../src/app/ports/clock.js';
import { EcsCall, EcsClient, type Keys } from '../../src/cloud/client.js';
import type { Endpoint } from '../../src/cloud/endpoints.js';
import { sleep } from '../../src/cloud/pacing.js';
import { clientFailure } from '../../src/domain/failure.js';
import { isRegionId } from '../../src/domain/ids.js';
import { Interrupted } from './claims.js';
import type { Exchange, Recorder } from './recorder.js';

export const PRODUCT = 'ecs-explorer/verify-live';
export const TIMEOUT_SECONDS = 15;

const CLOCK: Clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep };

/** What a connection wants to know about writes: this program sends two of them at the most. */
export const WRITES = { clock: CLOCK, writesPerMinute: 10, share: () => Promise.resolve(1) };

const VERSION = '2014-05-26';

/**
 * Asks the service what the product never asks: odd parameters and bare answers. Signing and transport are the
 * product's own. Only operations that describe can be asked here.
 */
export class Service {
  readonly regionId: string;
  readonly #keys: Keys;
  readonly #place: { readonly endpoint: Endpoint | undefined; readonly recorder: Recorder; readonly signal: CancelSignal };
  readonly #clients = new Map<string, EcsClient>();

  constructor(regionId: string, keys: Keys, place: { readonly endpoint: Endpoint | undefined; readonly recorder: Recorder; readonly signal: CancelSignal }) {
    this.regionId = regionId;
    this.#keys = keys;
    this.#place = place;
  }

  /** One read, sent once. `at` is the region whose endpoint is asked; RegionId is a parameter like any other. */
  async ask(operation: `Describe${string}`, query: Readonly<Record<string, string>>, at: string = this.regionId): Promise<Exchange> {
    const { recorder, signal } = this.#place;
    this.#goOn();
    const params = new $OpenApiUtil.Params({ action: operation, version: VERSION, protocol: 'HTTPS', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json' });
    const call = new EcsCall({ keys: this.#keys, signal, timeoutMs: TIMEOUT_SECONDS * 1000, userAgent: PRODUCT });
    const before = recorder.exchanges.length;
    await this.#client(at).callApi(params, new $OpenApiUtil.OpenApiRequest({ query: { ...query } }), call);
    await recorder.settled();
    const exchange = recorder.exchanges[before];
    this.#goOn();
    if (exchange === undefined) throw new Error(`${operation} was not sent.`);
    return exchange;
  }

  /** A read of the named region. */
  here(operation: `Describe${string}`, query: Readonly<Record<string, string>> = {}): Promise<Exchange> {
    return this.ask(operation, { RegionId: this.regionId, ...query });
  }

  #goOn(): void {
    if (this.#place.signal.aborted) throw new Interrupted();
  }

  #client(regionId: string): EcsClient {
    // It becomes part of a host name.
    if (!isRegionId(regionId)) throw new Error(clientFailure('Client.InvalidRegionId').code);
    const known = this.#clients.get(regionId);
    if (known !== undefined) return known;
    const made = new EcsClient({ regionId, network: 'public', endpoint: this.#place.endpoint });
    this.#clients.set(regionId, made);
    return made;
  }
}
