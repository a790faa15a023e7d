import type { Tag } from './resources.js';

/** What a change is about, as patterns of the setting `protected` see it. */
export interface Protectable {
  /** Account id and number. */
  readonly accounts: readonly string[];
  readonly regionId: string;
  /** Ids and names of the groups. */
  readonly groups: readonly string[];
  /** Ids and names of the targets. */
  readonly names: readonly string[];
  /** Of targets and groups. */
  readonly tags: readonly Tag[];
}

const KINDS: Readonly<Record<string, (of: Protectable) => readonly string[]>> = {
  account: ({ accounts }) => accounts,
  region: ({ regionId }) => [regionId],
  group: ({ groups }) => groups,
  name: ({ names }) => names,
  tag: ({ tags }) => tags.map(({ key, value }) => `${key}=${value}`),
};

/** A pattern with `*` for anything, capitals and small letters alike. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text.toLowerCase());
}

/** The first pattern that the change falls under: `account:…`, `region:…`, `group:…`, `name:…` or `tag:key=value`; one without such a word protects nothing. */
export function protectedBy(patterns: readonly string[], of: Protectable): string | undefined {
  return patterns.find((pattern) => {
    const [, kind = '', wanted = ''] = /^(\w+):(.+)$/s.exec(pattern.trim()) ?? [];
    return Object.hasOwn(KINDS, kind) && (KINDS[kind]?.(of) ?? []).some((text) => matches(wanted, text));
  });
}
