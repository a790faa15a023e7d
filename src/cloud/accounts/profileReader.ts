import { isAbsolute } from 'node:path';
import { clientFailure, failed, success, type CredentialCode, type Failure, type Result } from '../../domain/failure.js';
import type { Keys } from '../client.js';
import type { Fields } from '../fields.js';
import type { PlaceOf, Profile } from './profile.js';

/** What a field's text may be asked to be. */
export interface Shape {
  test(text: string): boolean;
}

/** A name or an address, with a port at most: nothing that a reader of addresses would decode, fold or cut into another host. */
const HOST = String.raw`(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?`;

function address(scheme: string): Shape {
  const shape = new RegExp(String.raw`^${scheme}://${HOST}(?:[/?][\x21-\x5b\x5d-\x7e]*)?$`, 'i');
  return { test: (text) => shape.test(text) && URL.canParse(text) };
}

/** Shapes that a field may be asked to have. A text that passes can't become another host, path or header. */
export const SHAPES = {
  any: /[^\s]/,
  /** Printable ASCII without spaces: anything else can't be a key, and would show up in the error of whoever builds the header. */
  key: /^[\x21-\x7e]+$/,
  arn: /^acs:[\x21-\x7e]+$/i,
  host: /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]+$/i,
  region: /^[a-z0-9-]{1,64}$/,
  /** RAM allows 2 to 64 of these (AssumeRole, parameter RoleSessionName). */
  sessionName: /^[\w.@-]{2,64}$/,
  roleName: /^[\w.-]{1,64}$/,
  web: address('https?'),
  /** Whatever is sent there carries a token that signs in. */
  secureWeb: address('https'),
  /** Another path is relative to wherever the editor was started, which may be a workspace (law 11). */
  file: { test: isAbsolute },
  id: /^[\w.-]+$/,
} as const satisfies Readonly<Record<string, Shape>>;

/**
 * Reads the fields of one profile. The first that is not what it must be becomes the profile's failure, which names
 * the field and never what stands there.
 */
export class ProfileReader {
  readonly #fields: Fields;
  readonly #place: PlaceOf;
  #failure: Failure | undefined;

  constructor(fields: Fields, place: PlaceOf) {
    this.#fields = fields;
    this.#place = place;
  }

  /** The field's text; empty, with a failure, where it lacks or has another shape. */
  need(field: string, shape: Shape = SHAPES.any): string {
    const text = this.may(field, shape);
    if (text === undefined) this.flaw(field);
    return text ?? '';
  }

  /** The same of a field that may be left out or empty. */
  may(field: string, shape: Shape = SHAPES.any): string | undefined {
    // Not to be taken for nothing: a role without the policy that should bound it may do more.
    if (this.#fields.isOdd(field)) this.flaw(field);
    const text = this.#fields.text(field)?.trim() ?? '';
    if (text === '') return undefined;
    if (shape.test(text)) return text;
    this.flaw(field);
    return undefined;
  }

  /** A whole number of seconds within bounds, or the usual one where none stands. */
  seconds(field: string, { usual, least, most }: { readonly usual: number; readonly least: number; readonly most: number }): number {
    if (this.may(field) === undefined || this.#fields.number(field) === 0) return usual;
    const seconds = this.#fields.number(field);
    if (seconds !== undefined && Number.isInteger(seconds) && seconds >= least && seconds <= most) return seconds;
    this.flaw(field);
    return usual;
  }

  flag(field: string): boolean {
    return this.#fields.flag(field) === true;
  }

  keys(names: { readonly id: string; readonly secret: string; readonly token?: string }): Keys {
    const keys = { accessKeyId: this.need(names.id, SHAPES.key), accessKeySecret: this.need(names.secret, SHAPES.key) };
    return names.token === undefined ? keys : { ...keys, securityToken: this.need(names.token, SHAPES.key) };
  }

  /** The host of the token service: the one that is named, else that of the region, else the one for all. */
  stsHost(names: { readonly endpoint: string; readonly region: string; readonly vpc: string }): string {
    const named = this.may(names.endpoint, SHAPES.host);
    const region = this.may(names.region, SHAPES.region);
    if (named !== undefined) return named;
    return region === undefined ? 'sts.aliyuncs.com' : `sts${this.flag(names.vpc) ? '-vpc' : ''}.${region}.aliyuncs.com`;
  }

  flaw(field: string, code: CredentialCode = 'Client.ProfileIncomplete'): void {
    this.#failure ??= clientFailure(code, { place: this.#place(field) });
  }

  /** The profile, unless something is wrong with it. */
  done(profile: Profile): Result<Profile> {
    return this.#failure === undefined ? success(profile) : failed(this.#failure);
  }

  /** What is wrong; only for whoever has noted it. */
  get failure(): Failure | undefined {
    return this.#failure;
  }
}
