import * as v from 'valibot';
import type { CachedItems, CachedListKey } from '../app/ports/listCache.js';

/**
 * The shapes of what the cache holds. They are applied on the way in, because anything may stand in a file, and on
 * the way out, so that nothing gets into one that the domain's types do not name.
 */
const text = v.string();
const figure = v.pipe(v.number(), v.finite());
const flag = v.boolean();
const maybeText = v.exactOptional(text);
const texts = v.array(text);

const Tags = v.array(v.object({ key: text, value: text }));
const common = { id: text, regionId: text, name: maybeText, description: maybeText, tags: Tags, resourceGroupId: maybeText, createdAt: maybeText };

const Instance = v.object({
  kind: v.literal('instance'),
  ...common,
  hostName: maybeText,
  status: maybeText,
  zoneId: maybeText,
  instanceType: maybeText,
  networkType: maybeText,
  vpcId: maybeText,
  vSwitchId: maybeText,
  securityGroupIds: v.exactOptional(texts),
  interfaces: v.array(v.object({ id: text, type: maybeText, addressCount: figure })),
  privateIps: texts,
  publicIps: texts,
  locks: v.array(v.object({ reason: text, message: maybeText })),
  ipv6s: v.exactOptional(texts),
  osName: maybeText,
  cpu: v.exactOptional(figure),
  memoryMb: v.exactOptional(figure),
  chargeType: maybeText,
  expiresAt: maybeText,
  autoReleaseAt: maybeText,
  startedAt: maybeText,
  deletionProtection: v.exactOptional(flag),
});

const NetworkInterface = v.object({
  kind: v.literal('networkInterface'),
  ...common,
  status: maybeText,
  type: maybeText,
  zoneId: maybeText,
  vpcId: maybeText,
  vSwitchId: maybeText,
  instanceId: maybeText,
  securityGroupIds: v.exactOptional(texts),
  privateIps: texts,
  publicIps: texts,
  ipv6s: texts,
  addressCount: figure,
  ownerId: maybeText,
  serviceManaged: v.exactOptional(flag),
  serviceId: maybeText,
  macAddress: maybeText,
});

const SecurityGroup = v.object({
  kind: v.literal('securityGroup'),
  ...common,
  type: maybeText,
  vpcId: maybeText,
  serviceManaged: v.exactOptional(flag),
  serviceId: maybeText,
  ruleCount: v.exactOptional(figure),
  availableAmount: v.exactOptional(figure),
});

const UseCount = v.object({ count: figure, atLeast: v.optional(v.literal(true)) });

const RegionUse = v.object({
  regionId: text,
  instances: v.optional(UseCount),
  networkInterfaces: v.optional(UseCount),
  securityGroups: v.optional(UseCount),
  failedWith: v.optional(text),
});

/** What a line of each list holds. */
export const ITEMS: { readonly [L in keyof CachedItems]: v.GenericSchema<unknown, CachedItems[L]> } = {
  regions: v.object({ id: text, name: text, endpoint: maybeText }),
  instances: Instance,
  networkInterfaces: NetworkInterface,
  securityGroups: SecurityGroup,
  regionUse: RegionUse,
};

const Key = v.variant('list', [
  v.object({ list: v.literal('regions'), language: text }),
  v.object({ list: v.picklist(['instances', 'networkInterfaces', 'securityGroups']), regionId: text }),
  v.object({ list: v.literal('regionUse') }),
]) satisfies v.GenericSchema<unknown, CachedListKey>;

/** Of files of another version nothing is read: they are as if absent, and overwritten in time. */
export const VERSION = 1;

/** The first line of a file. The identity stands in it as its hash, so that no file counts under another identity. */
export const Head = v.object({
  version: v.literal(VERSION),
  identity: text,
  key: Key,
  /** Wall time in milliseconds since 1970. */
  readAt: v.pipe(v.number(), v.finite(), v.minValue(0)),
  complete: flag,
  /** How many lines follow. */
  count: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

export type ListHead = v.InferOutput<typeof Head>;
