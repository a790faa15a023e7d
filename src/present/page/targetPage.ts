import type { TargetDetails } from '../../domain/details.js';
import { effectiveRules } from '../../domain/exposure/effectiveRules.js';
import type { Difference } from '../../domain/exposure/reach.js';
import { displayName, type JoinTarget, type NetworkInterface } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { listed } from '../words.js';
import type { PageContext } from './context.js';
import { differenceSection, listsOf } from './differenceSection.js';
import { effectiveRecord, effectiveTable } from './effectiveTable.js';
import { factSection } from './factSection.js';
import { loudNotes, openBlocks, openingsOf, publicAddressBlocks } from './openSection.js';
import type { Block, Note, Section } from './page.js';
import type { PageBody } from './pageBody.js';
import { action, linked, muted, note } from './parts.js';
import { interfacesText, pictureOf } from './picture.js';
import { groupIdsOf, relationSection } from './relations.js';
import { evaluated, subjectsOf, type Subject } from './subjects.js';
import { unknownBlocks } from './unknownText.js';

const OPEN: Text = { en: 'What is open', zh: '开放情况' };
const PICTURE: Text = { en: 'Who can reach it', zh: '谁可以访问' };
const RULES: Text = { en: 'Effective rules', zh: '生效的规则' };

interface Judged {
  readonly subject: Subject;
  /** Its interfaces, where there are several subjects to tell apart. */
  readonly title: string | undefined;
  readonly openings: Difference;
}

/** What stands on the page of an instance or an interface. */
export function targetBody(details: TargetDetails, context: PageContext): PageBody {
  const { subjects, silent } = subjectsOf(details);
  const judged = subjects.map((subject): Judged => ({
    subject,
    title: subjects.length > 1 ? interfacesText(subject, context) : undefined,
    openings: openingsOf(evaluated(subject.groupIds, details)),
  }));
  const { comparison } = context.options;
  const records = new Map<string, readonly object[]>();
  const sections = [
    ...(comparison === undefined ? [] : [differenceSection(details, comparison, context)]),
    openSection(judged, details, context),
    ...pictureSections(judged, details, context),
    factSection(details.resource, context),
    relationSection(details, context),
    rulesSection(judged, { details, records }, context),
  ];
  return { notes: [...loudOf(judged, context), ...targetNotes(details, context), ...silentNotes(silent.map(displayName), context)], sections, records };
}

/** Each port once, whichever interface it is open at. */
function loudOf(judged: readonly Judged[], context: PageContext): readonly Note[] {
  const from = new Map<number, Set<'0.0.0.0/0' | '::/0'>>();
  for (const { openings } of judged) for (const gain of openings.sensitive) from.set(gain.port, new Set([...(from.get(gain.port) ?? []), ...gain.from]));
  return loudNotes({ sensitive: [...from].map(([port, blocks]) => ({ port, from: [...blocks] })) }, context);
}

function silentNotes(names: readonly string[], { language }: PageContext): readonly Note[] {
  if (names.length === 0) return [];
  const which = listed(names, language);
  return [note('warning', language === 'zh' ? `服务没有返回这些弹性网卡所在的安全组，因此其规则未知：${which}` : `The service did not say in which groups these interfaces are, so their rules are not known: ${which}`)];
}

const LOCKED: Text = { en: 'The instance is locked', zh: '实例已被锁定' };
const PRIMARY: Text = { en: 'This is a primary interface: it shares the security groups of its instance, so change them there.', zh: '这是主网卡，它与所属实例使用相同的安全组，请在实例上更改。' };
const OPEN_HOST: Text = { en: 'Open Its Instance', zh: '打开其所属实例' };
const MANAGED: Text = { en: 'A cloud product manages this interface: its security groups can be changed only through that product.', zh: '该弹性网卡由云产品托管：只能通过该云产品更改其安全组。' };

function targetNotes({ resource }: TargetDetails, { language, book, regionId }: PageContext): readonly Note[] {
  if (resource.kind === 'instance') {
    const reasons = resource.locks.map(({ reason, message }) => (message === undefined ? reason : `${reason}, ${message}`));
    return reasons.length === 0 ? [] : [note('warning', `${LOCKED[language]}${language === 'zh' ? '：' : ': '}${reasons.join('; ')}`)];
  }
  if (resource.serviceManaged === true) return [note('warning', MANAGED[language])];
  if (resource.type !== 'Primary') return [];
  const { instanceId } = resource;
  const open = instanceId === undefined ? {} : { actions: [action(OPEN_HOST[language], book.keyOf({ act: 'open', kind: 'instance', id: instanceId, regionId }))] };
  return [note('plain', PRIMARY[language], open)];
}

const NO_LIST: Text = { en: 'The service did not say in which security groups it is, so what is open is not known.', zh: '服务没有返回它所在的安全组，因此开放情况未知。' };

function openSection(judged: readonly Judged[], details: TargetDetails, context: PageContext): Section {
  const blocks = judged.flatMap(({ subject, title, openings }) => [
    ...subjectHeading(title, context),
    ...openBlocks(openings, context),
    ...publicAddressBlocks(subject.interfaces.length === 0 ? addressesOf(details.resource) : subject.interfaces.flatMap((one) => publicAddresses(one, details)), openings, context),
  ]);
  return { id: 'open', title: OPEN[context.language], blocks: judged.length === 0 ? [unknownListBlock(context)] : blocks };
}

function addressesOf({ publicIps, ipv6s = [] }: JoinTarget): readonly string[] {
  return [...publicIps, ...ipv6s];
}

/** Those of an instance are at its primary interface, also where the answer about the interface does not name them. */
function publicAddresses(one: NetworkInterface, { resource, host }: TargetDetails): readonly string[] {
  const instance = resource.kind === 'instance' ? resource : host.ok ? host.value : undefined;
  return [...addressesOf(one), ...(one.type === 'Primary' && instance !== undefined ? instance.publicIps : [])];
}

function unknownListBlock({ language }: PageContext): Block {
  return { block: 'note', note: note('warning', NO_LIST[language]) };
}

function subjectHeading(title: string | undefined, { language }: PageContext): readonly Block[] {
  return title === undefined ? [] : [{ block: 'heading', text: language === 'zh' ? `弹性网卡：${title}` : `Interfaces: ${title}` }];
}

/** One picture for each list of groups; a change is drawn into the first, which it is about. */
function pictureSections(judged: readonly Judged[], details: TargetDetails, context: PageContext): readonly Section[] {
  if (judged.length === 0) return [];
  const { comparison } = context.options;
  const lists = comparison === undefined ? undefined : listsOf(details, comparison);
  const blocks = judged.map(({ subject, title, openings }, index) => {
    const changed = index === 0 ? lists : undefined;
    const after = changed === undefined ? openings : openingsOf(evaluated(changed.after, details));
    return pictureOf(
      { id: `picture-${index}`, title: title ?? PICTURE[context.language], subject, before: subject.groupIds, after: changed?.after ?? subject.groupIds, opensBefore: openings.opens, opensAfter: after.opens },
      details,
      context,
    );
  });
  return [{ id: 'picture', title: PICTURE[context.language], blocks }];
}

interface RuleParts {
  readonly details: TargetDetails;
  readonly records: Map<string, readonly object[]>;
}

function rulesSection(judged: readonly Judged[], { details, records }: RuleParts, context: PageContext): Section {
  const blocks = judged.flatMap(({ subject, title }, index): readonly Block[] => {
    const rules = effectiveRules(evaluated(subject.groupIds, details));
    const tables = (['ingress', 'egress'] as const).map((direction) => {
      const id = `${direction}-${index}`;
      records.set(id, rules[direction].map(effectiveRecord));
      return effectiveTable(id, direction, rules[direction], context);
    });
    return [...subjectHeading(title, context), ...unknownBlocks(rules.unknown, context), ...tables];
  });
  return { id: 'effective', title: RULES[context.language], blocks: judged.length === 0 ? [unknownListBlock(context)] : [...groupsRemark(details, context), ...blocks] };
}

/** The way to the rules as they were made. */
function groupsRemark(details: TargetDetails, context: PageContext): readonly Block[] {
  const { language, book, regionId, names } = context;
  const ids = groupIdsOf(details);
  if (ids.length === 0) return [];
  const links = ids.map((id) => linked(names.get(id) ?? id, book.keyOf({ act: 'open', kind: 'securityGroup', id, regionId })));
  return [{ block: 'text', words: [muted(language === 'zh' ? '所有安全组的规则合并生效；来源：' : 'The rules of all groups are evaluated together; they come from:'), ...links] }];
}
