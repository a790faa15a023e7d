import type { ApiError } from './apiError.js';
import type { Eni, Group, Instance } from './model.js';
import type { RegionState, WorldState } from './worldState.js';

/** A request as it was sent; absent and empty are the same. */
export interface MembershipRequest {
  readonly securityGroupId: string | undefined;
  readonly instanceId: string | undefined;
  readonly networkInterfaceId: string | undefined;
  readonly regionId: string | undefined;
}

/** What a group is joined or left by. Rules about groups and addresses always look at `nic`: for an instance, its primary interface. */
export type Target =
  | { readonly kind: 'instance'; readonly instance: Instance; readonly nic: Eni }
  | { readonly kind: 'eni'; readonly nic: Eni; readonly host: Instance | undefined };

/** What the ids of a request lead to. */
export interface Lookup {
  readonly request: MembershipRequest;
  readonly world: WorldState;
  readonly region: RegionState | undefined;
  readonly group: Group | undefined;
  readonly target: Target | undefined;
}

/** A request whose group and target exist. */
export interface Facts extends Lookup {
  readonly region: RegionState;
  readonly group: Group;
  readonly target: Target;
}

export type Rule<F> = (facts: F) => ApiError | undefined;

/** What JoinSecurityGroup asks, step by step: data, so that a test can ask whether a wrong rule would be noticed. */
export interface MembershipRules {
  readonly request: readonly Rule<MembershipRequest>[];
  readonly lookup: readonly Rule<Lookup>[];
  readonly join: readonly Rule<Facts>[];
}
