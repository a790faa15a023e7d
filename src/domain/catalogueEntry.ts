import type { Text } from './text.js';

/** Operations whose error codes the catalogue knows; `common` are the gateway's, `client` our own. */
export type CatalogueSource =
  | 'JoinSecurityGroup'
  | 'LeaveSecurityGroup'
  | 'ModifyInstanceAttribute'
  | 'ModifyNetworkInterfaceAttribute'
  | 'common'
  | 'client';

/**
 * What may be done after a refusal.
 * - `never`: the same request will be refused again.
 * - `afterStateChange`: it may work once the resource has left its present state.
 * - `throttled`: not executed; wait as told and send it again.
 * - `backoff`: not executed; send it again after a pause.
 * - `rereadFirst`: it may have been executed; look before sending it again.
 * - `done`: what was asked for is already so.
 * - `refreshCredentials`: new credentials are needed.
 */
export type RetryClass = 'never' | 'afterStateChange' | 'throttled' | 'backoff' | 'rereadFirst' | 'done' | 'refreshCredentials';

/** The one action that most likely mends the failure; the shell turns it into a button where it can. */
export type FixAction =
  | 'pickAnotherGroup'
  | 'pickAnotherTarget'
  | 'checkAgain'
  | 'retry'
  | 'refresh'
  | 'switchAccount'
  | 'signIn'
  | 'addAccessKey'
  | 'openCredentialFile'
  | 'copyRamPolicy'
  | 'openQuota'
  | 'openConsole'
  | 'openEndpointSetting'
  | 'openTimeoutSetting'
  | 'openNetworkSettings'
  | 'runInRemoteHost'
  | 'none';

/** One error code explained: its own meaning and remedy, in plain words, in both languages. */
export interface CatalogueEntry {
  readonly meaning: Text;
  readonly remedy: Text;
  readonly retry: RetryClass;
  readonly fix: FixAction;
  /** Operations that document the code. */
  readonly sources: readonly CatalogueSource[];
  /** Address of the page on which the code is documented; empty for our own codes. */
  readonly page: string;
}
