import type { Details } from '../../domain/details.js';
import { displayName, type ResourceRef, type SecurityGroup } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { forPage } from '../literal.js';
import { named, type GroupNames } from '../planText.js';
import type { PageContext } from './context.js';
import type { LinkedPage } from './details.js';
import { groupBody } from './groupPage.js';
import { LinkBook } from './linkBook.js';
import { pageActions, unreadActions } from './pageActions.js';
import type { PageOptions } from './pageOptions.js';
import { readingNotes } from './readingNotes.js';
import { targetBody } from './targetPage.js';

const KIND: Readonly<Record<ResourceRef['kind'], Text>> = {
  instance: { en: 'Instance', zh: '实例' },
  networkInterface: { en: 'Network interface', zh: '弹性网卡' },
  securityGroup: { en: 'Security group', zh: '安全组' },
};

const SANDBOX: Text = { en: 'sandbox on this machine', zh: '本机沙箱' };

/** The page of an instance, an interface or a group, of which at least the resource itself was read. */
export function detailsPage(details: Details, options: PageOptions): LinkedPage {
  const { resource, readAt } = details;
  const context = contextOf(resource, namesOf(details), options, details.prefixLists);
  const body = details.about === 'group' ? groupBody(details, context) : targetBody(details, context);
  const notes = [...readingNotes(options, { name: named(resource.id, resource.name), readAt }, context), ...body.notes];
  const page = { ...head(resource, options), readAt, notes, actions: pageActions(resource, context), sections: body.sections };
  return { page, links: context.book.links, records: body.records };
}

/** The page of something of which nothing was read, or nothing yet: what it is called, why there is no more, and the ways on. */
export function unreadPage(ref: ResourceRef, options: PageOptions): LinkedPage {
  const context = contextOf(ref, new Map(), options);
  const reading = options.reading ?? ({ reading: 'underWay' } as const);
  const notes = readingNotes({ reading }, { name: named(ref.id, ref.name), readAt: undefined }, context);
  return { page: { ...head(ref, options), notes, actions: unreadActions(ref, context), sections: [] }, links: context.book.links };
}

function contextOf({ regionId }: ResourceRef, names: GroupNames, options: PageOptions, prefixLists: Details['prefixLists'] = new Map()): PageContext {
  return { options, language: options.language, regionId, book: new LinkBook(), names, prefixLists };
}

function head(ref: ResourceRef, { language, account, sandbox }: PageOptions) {
  const kind = [KIND[ref.kind][language], ref.regionId, account, ...(sandbox ? [SANDBOX[language]] : [])].map(forPage).join(' · ');
  return { language, title: forPage(displayName({ id: ref.id, ...(ref.name === undefined ? {} : { name: ref.name }) })), kind };
}

/** Names of the groups of which the page tells, as far as they are known. */
function namesOf(details: Details): GroupNames {
  const groups: readonly SecurityGroup[] =
    details.about === 'group' ? [details.resource, ...details.related.values()] : [...details.groups.values()].flatMap(({ group }) => (group.ok && group.value !== undefined ? [group.value] : []));
  return new Map(groups.flatMap(({ id, name }) => (name === undefined || name.trim() === '' ? [] : [[id, name] as const])));
}
