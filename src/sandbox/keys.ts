import { randomBytes } from 'node:crypto';
import type { Principal } from './principal.js';
import type { AccessKey } from './signature.js';
import { ACCOUNT_ID, OTHER_ACCOUNT_ID } from './worlds/accounts.js';

export const KEY_NAMES = ['good', 'disabled', 'limited', 'filtered', 'other', 'sts', 'stsExpired'] as const;

/**
 * The keys of a sandbox. `good`: the account itself. `disabled`: switched off. `limited`: a RAM user that may
 * read everything and write nothing. `filtered`: a RAM user that sees in lists only what is tagged
 * `env = prod`, and may do what it likes with that. `other`: another account. `sts`: a role's temporary key
 * with its token, good for twelve hours. `stsExpired`: one whose token is no longer good.
 */
export type KeyName = (typeof KEY_NAMES)[number];

export type KeyRing = Readonly<Record<KeyName, AccessKey>>;

/** A key as its owner writes it down. */
export interface KeyPair {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

const TOKEN_LIFE_MS = 12 * 3_600_000;

const ACCOUNT: Principal = { accountId: ACCOUNT_ID, type: 'Account', id: ACCOUNT_ID, name: '', grant: 'everything' };
const LIMITED: Principal = { accountId: ACCOUNT_ID, type: 'RAMUser', id: '2000000000000002', name: 'reader', grant: 'reads' };
const FILTERED: Principal = { accountId: ACCOUNT_ID, type: 'RAMUser', id: '2000000000000003', name: 'production', grant: 'tagged' };
const OTHER: Principal = { ...ACCOUNT, accountId: OTHER_ACCOUNT_ID, id: OTHER_ACCOUNT_ID };
const ROLE: Principal = { accountId: ACCOUNT_ID, type: 'AssumedRoleUser', id: '3000000000000004', name: 'operator/session', grant: 'everything' };

/** No real key looks like these, so that nobody takes one for a leaked one. */
function makeKey(prefix: string, principal: Principal): AccessKey {
  return { id: `${prefix}${randomBytes(8).toString('hex')}`, secret: randomBytes(24).toString('base64url'), principal };
}

function makeToken(expiresAt: number): NonNullable<AccessKey['token']> {
  return { value: `sandboxtoken${randomBytes(32).toString('base64url')}`, expiresAt };
}

/** New keys for every sandbox, but for the good one, which may be given. */
export function makeKeyRing(given: { readonly id?: string | undefined; readonly secret?: string | undefined }, now: number): KeyRing {
  const good = makeKey('sandbox', ACCOUNT);
  return {
    good: { ...good, id: given.id ?? good.id, secret: given.secret ?? good.secret },
    disabled: { ...makeKey('sandboxdisabled', ACCOUNT), disabled: true },
    limited: makeKey('sandboxlimited', LIMITED),
    filtered: makeKey('sandboxfiltered', FILTERED),
    other: makeKey('sandboxother', OTHER),
    sts: { ...makeKey('STS.sandbox', ROLE), token: makeToken(now + TOKEN_LIFE_MS) },
    stsExpired: { ...makeKey('STS.sandboxexpired', ROLE), token: makeToken(now - 1_000) },
  };
}

export function keyPair({ id, secret, token }: AccessKey): KeyPair {
  return { accessKeyId: id, accessKeySecret: secret, ...(token && { securityToken: token.value }) };
}
