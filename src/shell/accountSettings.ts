import * as v from 'valibot';
import type { AccountId } from '../app/ports/accounts.js';
import { onFirstUse } from '../domain/onFirstUse.js';
import { setting } from './settings.js';

/** What the setting `accounts` may say otherwise for one account; a field of the wrong type counts as not set. */
const overrides = onFirstUse(() => v.object({
  site: may(v.picklist(['international', 'china'])),
  network: may(v.picklist(['public', 'vpc'])),
  endpoint: may(v.string()),
  regions: may(v.array(v.string())),
  readOnly: may(v.boolean()),
  securityGroupsPerInterface: may(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16))),
  resourceGroupId: may(v.pipe(v.string(), v.regex(/^rg-[\w-]{1,64}$/))),
}));

function may<S extends v.GenericSchema>(schema: S) {
  return v.optional(v.fallback(v.optional(schema), undefined));
}

/** The settings as they hold for one account. */
export interface AccountSettings {
  readonly site: 'international' | 'china';
  readonly network: 'public' | 'vpc';
  readonly endpoint: string;
  readonly regions: readonly string[];
  readonly readOnly: boolean;
  readonly securityGroupsPerInterface: number;
  /** Lists are narrowed to it, and permissions that are given for it alone suffice. */
  readonly resourceGroupId?: string;
}

/** The account's own words where it has some, else those for all. Read-only is what either says: an account's own word must not undo the lock that the status bar shows. */
export function accountSettings(account: AccountId): AccountSettings {
  const all: Readonly<Record<string, unknown>> = setting('accounts');
  const own = Object.hasOwn(all, account) ? v.safeParse(overrides(), all[account]) : undefined;
  const { site, network, endpoint, regions, readOnly, securityGroupsPerInterface, resourceGroupId } = own?.success === true ? own.output : {};
  return {
    site: site ?? setting('site'),
    network: network ?? setting('network'),
    endpoint: endpoint ?? setting('endpoint'),
    regions: regions ?? setting('regions'),
    readOnly: setting('readOnly') || readOnly === true,
    securityGroupsPerInterface: securityGroupsPerInterface ?? setting('limits.securityGroupsPerInterface'),
    ...(resourceGroupId === undefined ? {} : { resourceGroupId }),
  };
}
