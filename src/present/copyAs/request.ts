import type { ChangeKind, Step } from '../../domain/change.js';
import type { TargetRef } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';

/** Changes of security groups, planned or done, that are to be written down for another tool. */
export interface CopyRequest {
  /** What the person wants; the steps of a join may be replacements (setting `join.route`). */
  readonly kind: ChangeKind;
  readonly regionId: string;
  readonly steps: readonly Step[];
  /** As the setting spells it: `https://host[:port]`, or `http://` on loopback. Absent or empty for the region's own. */
  readonly endpoint?: string;
  /** Whether it has been carried out already, so that Terraform must take over what is there. */
  readonly done?: boolean;
}

/** The text for the clipboard, or why the format cannot say it. */
export type Copied = { readonly text: string } | { readonly reason: Text };

/** One call of the API that makes a step, with the parameters as the API spells them. */
export interface ApiCall {
  readonly operation: 'JoinSecurityGroup' | 'LeaveSecurityGroup' | 'ModifyInstanceAttribute' | 'ModifyNetworkInterfaceAttribute';
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

function targetOf(ref: TargetRef): Readonly<Record<string, string>> {
  return ref.kind === 'instance' ? { InstanceId: ref.id } : { NetworkInterfaceId: ref.id };
}

/**
 * The call of a step. ModifyInstanceAttribute has no RegionId (the endpoint decides); its list of groups is
 * `SecurityGroupIds`, that of an interface `SecurityGroupId` (pages of the four operations).
 */
export function apiCall({ ref, change }: Step, regionId: string): ApiCall {
  const target = targetOf(ref);
  if (change.kind !== 'replace') {
    const operation = change.kind === 'join' ? 'JoinSecurityGroup' : 'LeaveSecurityGroup';
    return { operation, parameters: { RegionId: regionId, ...target, SecurityGroupId: change.securityGroupId } };
  }
  return ref.kind === 'instance'
    ? { operation: 'ModifyInstanceAttribute', parameters: { ...target, SecurityGroupIds: change.after } }
    : { operation: 'ModifyNetworkInterfaceAttribute', parameters: { RegionId: regionId, ...target, SecurityGroupId: change.after } };
}

/** An id for a comment: nothing in it ends a comment or a line, or means anything to a shell that reads the comment as a command. */
export function idInComment(id: string): string {
  return id.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 64);
}

/** What a step does, in words that are safe in every comment. */
export function stepComment({ ref, change }: Step): string {
  const id = idInComment(ref.id);
  if (change.kind === 'join') return `${id} joins ${idInComment(change.securityGroupId)}`;
  if (change.kind === 'leave') return `${id} leaves ${idInComment(change.securityGroupId)}`;
  return `${id} is in exactly these groups from then on: ${change.after.map(idInComment).join(', ')}`;
}

/** Every id that the steps name. */
export function idsOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ ref, change }) => [ref.id, ...(change.kind === 'replace' ? [...change.before, ...change.after] : [change.securityGroupId])]);
}

/** Scheme and host of an endpoint as the setting spells it; a bare host is meant with https. */
export function endpointParts(endpoint: string | undefined): { readonly scheme: 'http' | 'https'; readonly host: string } | undefined {
  const [, scheme = 'https', host = ''] = /^(?:(https?):\/\/)?([^/]*)/i.exec(endpoint?.trim() ?? '') ?? [];
  return host === '' ? undefined : { scheme: scheme.toLowerCase() === 'http' ? 'http' : 'https', host };
}
