import { CREDENTIAL_CODES, type Failure } from './failure.js';

/**
 * What can be wrong with the account as a whole, so that no request of it succeeds.
 * - `expired`: a token or a sign-in has run out.
 * - `disabled`: the key or the account has been switched off.
 * - `unknown`: the service does not know the key, or it does not fit its secret or its token.
 * - `denied`: the key is good, and may not do this.
 * - `clock`: the time of the request is not that of the service.
 * - `unusable`: no keys could be got, so nothing was sent.
 */
export type TroubleKind = 'expired' | 'disabled' | 'unknown' | 'denied' | 'clock' | 'unusable';

/** A failure that is about the account and not about the one thing that was asked. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly failure: Failure;
}

/** Sources: the gateway's and the operations' error tables, as in `catalogue/auth.ts` and `catalogue/credentials.ts`. */
const KINDS: ReadonlyMap<string, TroubleKind> = new Map<string, TroubleKind>(Object.entries({
  ...Object.fromEntries(CREDENTIAL_CODES.map((code) => [code, 'unusable' as const])),
  'Client.NoCredentials': 'unusable',
  'Client.SignInExpired': 'expired',
  'InvalidSecurityToken.Expired': 'expired',
  'InvalidAccessKeyId.Inactive': 'disabled',
  'Forbidden.AccessKeyDisabled': 'disabled',
  'Abs.InvalidAccount.NotFound': 'disabled',
  'InvalidAccessKeyId.NotFound': 'unknown',
  SignatureDoesNotMatch: 'unknown',
  MissingSecurityToken: 'unknown',
  InvalidSecurityToken: 'unknown',
  'Forbidden.RAM': 'denied',
  'Forbidden.SubUser': 'denied',
  'InvalidUser.Unauthorized': 'denied',
  NoPermission: 'denied',
  InvalidTimeStamp: 'clock',
  IllegalTimestamp: 'clock',
} as const).map(([code, kind]) => [code.toLowerCase(), kind]));

const LONGEST_CODE = Math.max(...[...KINDS.keys()].map(({ length }) => length));

/** By the whole code, else by its longest part before a dot, as codes are explained; letters in any case. */
export function troubleKind(code: string): TroubleKind | undefined {
  let part = code.slice(0, LONGEST_CODE + 1).toLowerCase();
  while (part !== '') {
    const kind = KINDS.get(part);
    if (kind !== undefined) return kind;
    part = part.slice(0, Math.max(0, part.lastIndexOf('.')));
  }
  return undefined;
}

/** What a failure says of the account; undefined where it says nothing, as when the network is down. */
export function accountTrouble(failure: Failure): Trouble | undefined {
  const kind = troubleKind(failure.code);
  return kind === undefined ? undefined : { kind, failure };
}

/** The RAM action that was denied, as `ecs:DescribeInstances`: a plain name, and never a wildcard that somebody in between would like to have granted. */
export function deniedActionOf({ deniedAction, operation }: Pick<Failure, 'deniedAction' | 'operation'>): string | undefined {
  if (deniedAction !== undefined && /^[a-z][a-z0-9-]{0,30}:[A-Za-z][A-Za-z0-9]{0,80}$/.test(deniedAction)) return deniedAction;
  return operation === '' ? undefined : `ecs:${operation}`;
}
