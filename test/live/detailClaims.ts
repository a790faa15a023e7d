import { answered, judged, notChecked, refused, type Checklist } from './claims.js';
import { GROUPS, bodyOf, itemsOf, repeated, type LargePage, type ListKind } from './lists.js';
import { MADE_UP } from './pseudonyms.js';
import type { Exchange } from './recorder.js';
import type { Service } from './service.js';

/** What only the page of details asks. */

const REFERENCES: ListKind['envelope'] = ['SecurityGroupReferences', 'SecurityGroupReference'];
const REFERRING: ListKind['envelope'] = ['ReferencingSecurityGroups', 'ReferencingSecurityGroup'];
const ENTRIES: ListKind['envelope'] = ['Entries', 'Entry'];
/** DescribeSecurityGroupReferences takes so many ids. */
const MOST_ASKED = 10;

export function referencesTo(service: Service, ids: readonly string[]): Promise<Exchange> {
  return service.here('DescribeSecurityGroupReferences', repeated(GROUPS.idField)(ids));
}

export function prefixList(service: Service, PrefixListId: string): Promise<Exchange> {
  return service.here('DescribePrefixListAttributes', { PrefixListId });
}

/** The prefix lists that a group's rules name. */
export function prefixListIds(rules: Exchange): readonly string[] {
  const named = itemsOf(rules, ['Permissions', 'Permission']).flatMap((rule) => [rule.text('SourcePrefixListId') ?? '', rule.text('DestPrefixListId') ?? '']);
  return [...new Set(named.filter((id) => id !== ''))];
}

/** Which groups' rules name a group (doc 57320). */
export async function checkReferences(service: Service, checklist: Checklist, groups: LargePage): Promise<void> {
  await checklist.check({ name: 'references-facts', source: 'the sandbox (inferred)', expected: 'groups that were asked for, each with others that refer to it: id and account; those that nobody refers to are left out' }, async () => {
    const asked = groups.ids.slice(0, MOST_ASKED);
    if (asked.length === 0) return notChecked('no group is listed');
    const told = itemsOf(answered(await referencesTo(service, asked)), REFERENCES);
    const odd = told.filter((one) => {
      const id = one.text('SecurityGroupId') ?? '';
      const others = one.list(...REFERRING);
      return !asked.includes(id) || others.length === 0 || others.some((other) => [undefined, id].includes(other.text('SecurityGroupId')) || other.text('AliUid') === undefined);
    }).length;
    return judged(odd === 0, `${told.length} of ${asked.length} are referred to, ${odd} in another way`);
  });
  await checklist.check({ name: 'references-unknown-group', source: 'the sandbox', expected: '400 InvalidSecurityGroupId.NotFound' }, async () => refused(await referencesTo(service, [MADE_UP.group]), [400, 'InvalidSecurityGroupId.NotFound']));
}

/** The entries of a prefix list (doc 205872). */
export async function checkPrefixList(service: Service, checklist: Checklist, groupId: string | undefined): Promise<void> {
  await checklist.check({ name: 'prefix-list-entries', source: 'the sandbox', expected: 'every entry has a Cidr, and there are at most MaxEntries' }, async () => {
    if (groupId === undefined) return notChecked('no group is listed');
    const [id] = prefixListIds(answered(await service.here('DescribeSecurityGroupAttribute', { SecurityGroupId: groupId, MaxResults: '1000' })));
    if (id === undefined) return notChecked('the group names no prefix list');
    const list = answered(await prefixList(service, id));
    const entries = itemsOf(list, ENTRIES);
    const whole = entries.filter((entry) => entry.text('Cidr') !== undefined).length;
    return judged(whole === entries.length && entries.length <= (bodyOf(list).number('MaxEntries') ?? -1), `${whole} of ${entries.length}`);
  });
  await checklist.check({ name: 'prefix-list-unknown', source: 'the sandbox', expected: '404 InvalidPrefixListId.NotFound' }, async () => refused(await prefixList(service, MADE_UP.prefixList), [404, 'InvalidPrefixListId.NotFound']));
}
