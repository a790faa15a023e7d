import type { Policy } from './policy.js';

/** What a caller may do. `tagged`: everything, but only on resources with the tag {@link VISIBLE_TAG}; or what a policy says. */
export type Grant = 'everything' | 'reads' | 'tagged' | Policy;

/** Who calls. Source: the GetCallerIdentity page of STS, and AccessDeniedDetail (ecs-facts.md section 3.6). */
export interface Principal {
  readonly accountId: string;
  readonly type: 'Account' | 'RAMUser' | 'AssumedRoleUser';
  /** The account's, the user's or the role's id. */
  readonly id: string;
  /** A user's name, or `role/session`; empty for the account itself. */
  readonly name: string;
  readonly grant: Grant;
}

/** The account itself, which may do everything. */
export function accountItself(accountId: string): Principal {
  return { accountId, type: 'Account', id: accountId, name: '', grant: 'everything' };
}

/** The Alibaba Cloud Resource Name of a caller. Source: field Arn of GetCallerIdentity. */
export function arnOf({ accountId, type, name }: Principal): string {
  if (type === 'Account') return `acs:ram::${accountId}:root`;
  return `acs:ram::${accountId}:${type === 'RAMUser' ? 'user' : 'assumed-role'}/${name}`;
}
