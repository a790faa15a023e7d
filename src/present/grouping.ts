import type { Instance } from '../domain/resources.js';

/** What the instances of a region are put together by. */
export type Grouping = { readonly by: 'none' | 'vpc' | 'zone' } | { readonly by: 'tag'; readonly key: string };

export const NO_GROUPING: Grouping = { by: 'none' };

/** Instances that have the same value; undefined for those that have none. */
export interface Bucket {
  readonly value: string | undefined;
  readonly items: readonly Instance[];
}

function valueOf(instance: Instance, grouping: Grouping): string | undefined {
  switch (grouping.by) {
    case 'none':
      return undefined;
    case 'vpc':
      // An empty VPC is the classic network, and not the same as one that is not known.
      return instance.vpcId;
    case 'zone':
      return instance.zoneId;
    case 'tag':
      return instance.tags.find(({ key }) => key === grouping.key)?.value;
  }
}

/** Instances by value, values in plain character order, those without one last. */
export function buckets(instances: readonly Instance[], grouping: Grouping): readonly Bucket[] {
  const byValue = new Map<string | undefined, Instance[]>();
  for (const instance of instances) {
    const value = valueOf(instance, grouping);
    const items = byValue.get(value);
    if (items === undefined) byValue.set(value, [instance]);
    else items.push(instance);
  }
  const rank = ({ value }: Bucket) => (value === undefined ? 1 : 0);
  return [...byValue].map(([value, items]) => ({ value, items })).sort((a, b) => rank(a) - rank(b) || ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
}
