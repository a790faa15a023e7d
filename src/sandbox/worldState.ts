import type { Eni, Group, Instance, Limits, RegionData, WorldData } from './model.js';

/** Items in the order in which lists return them, found by id and by position. */
export class Shelf<T extends { readonly id: string }> {
  readonly items: readonly T[];
  readonly #positions: ReadonlyMap<string, number>;

  constructor(items: readonly T[]) {
    this.items = items;
    this.#positions = new Map(items.map((item, position) => [item.id, position]));
  }

  get(id: string): T | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.items[position];
  }

  position(id: string): number | undefined {
    return this.#positions.get(id);
  }
}

/** One region while it runs: what is in it, and who is in which group. */
export class RegionState {
  readonly regionId: string;
  readonly instances: Shelf<Instance>;
  /** The interfaces that lists show; those of classic instances are not among them. */
  readonly enis: Shelf<Eni>;
  readonly groups: Shelf<Group>;
  readonly #members = new Map<string, Set<Eni>>();

  constructor(data: RegionData) {
    this.regionId = data.regionId;
    this.instances = new Shelf(data.instances);
    this.enis = new Shelf(data.enis.filter((eni) => eni.vpcId !== ''));
    this.groups = new Shelf([...data.groups].sort((a, b) => (a.id < b.id ? 1 : -1)));
    for (const eni of data.enis) this.#index(eni);
  }

  /** The interfaces in a group, as the service knows them. */
  members(groupId: string): ReadonlySet<Eni> {
    return this.#members.get(groupId) ?? new Set();
  }

  /** Changes an interface's groups; `visibleAt` undefined means that reads show it at once. */
  setGroups(eni: Eni, ids: readonly string[], visibleAt: number | undefined): void {
    for (const id of eni.membership.current()) this.#members.get(id)?.delete(eni);
    if (visibleAt === undefined) eni.membership.replaceVisibly(ids);
    else eni.membership.replace(ids, visibleAt);
    this.#index(eni);
  }

  /** Addresses (basic) or interfaces (advanced) in a group, as its capacity counts them (ecs-facts.md section 4). */
  used(group: Group): number {
    let used = group.unseenMembers;
    for (const eni of this.members(group.id)) used += group.type === 'enterprise' ? 1 : addressCount(eni);
    return used;
  }

  #index(eni: Eni): void {
    for (const id of eni.membership.current()) {
      const members = this.#members.get(id) ?? new Set();
      members.add(eni);
      this.#members.set(id, members);
    }
  }
}

/** Every address of an interface counts in a basic group: primary and secondary IPv4, IPv6, both kinds of prefixes. */
export function addressCount(eni: Eni): number {
  return eni.privateIps.length + eni.ipv6.length + eni.ipv4Prefixes.length + eni.ipv6Prefixes.length;
}

/** A resource found by its id alone, with the region it is in. */
export type Found =
  | { readonly kind: 'instance'; readonly region: RegionState; readonly instance: Instance }
  | { readonly kind: 'eni'; readonly region: RegionState; readonly eni: Eni }
  | { readonly kind: 'group'; readonly region: RegionState; readonly group: Group };

/** A whole world while it runs. */
export class WorldState {
  readonly name: string;
  readonly accountId: string;
  readonly limits: Limits;
  readonly regions: ReadonlyMap<string, RegionState>;

  constructor(data: WorldData) {
    this.name = data.name;
    this.accountId = data.accountId;
    this.limits = data.limits;
    this.regions = new Map(data.regions.map((region) => [region.regionId, new RegionState(region)]));
  }

  /** Looks through all regions; ids are unique in the cloud. */
  find(id: string): Found | undefined {
    for (const region of this.regions.values()) {
      const instance = region.instances.get(id);
      if (instance !== undefined) return { kind: 'instance', region, instance };
      const eni = region.enis.get(id);
      if (eni !== undefined) return { kind: 'eni', region, eni };
      const group = region.groups.get(id);
      if (group !== undefined) return { kind: 'group', region, group };
    }
    return undefined;
  }
}
