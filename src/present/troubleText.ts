import { accountTrouble, deniedActionOf, type Trouble, type TroubleKind } from '../domain/accountTrouble.js';
import { clockDistance } from '../domain/clockDifference.js';
import { explain } from '../domain/explain.js';
import type { Failure } from '../domain/failure.js';
import type { PolicyRequest } from '../domain/ramPolicy.js';
import type { Language, Text } from '../domain/text.js';
import type { ExplorerNode } from './explorerNode.js';
import { joined, plain, type NodeText } from './rowText.js';

const ICON: Readonly<Record<TroubleKind, string>> = {
  expired: 'history',
  disabled: 'circle-slash',
  unknown: 'key',
  denied: 'lock',
  clock: 'watch',
  unusable: 'key',
};

const LABEL: Readonly<Record<TroubleKind, Text>> = {
  expired: { en: 'Credentials have expired', zh: '凭证已过期' },
  disabled: { en: 'AccessKey is disabled', zh: 'AccessKey 已被禁用' },
  unknown: { en: 'AccessKey is not accepted', zh: 'AccessKey 未被接受' },
  denied: { en: 'No permission', zh: '没有权限' },
  clock: { en: 'Clock is wrong', zh: '时钟不正确' },
  unusable: { en: 'No usable credentials', zh: '没有可用的凭证' },
};

/** The name of a product icon. */
export function troubleIcon({ kind }: Trouble): string {
  return ICON[kind];
}

/** What is wrong with the account, in a few words: `No permission: ecs:DescribeInstances`. */
export function troubleLabel({ kind, failure }: Trouble, language: Language): string {
  if (kind === 'clock' && failure.clockDifferenceMs !== undefined) {
    const distance = clockDistance(failure.clockDifferenceMs)[language];
    return language === 'zh' ? `时钟相差 ${distance}` : `Clock is wrong by ${distance}`;
  }
  const action = kind === 'denied' ? deniedActionOf(failure) : undefined;
  return action === undefined ? LABEL[kind][language] : `${LABEL[kind][language]}${language === 'zh' ? '：' : ': '}${action}`;
}

/** Where something is to be mended: the file, and the field in it. */
export function placeWords({ place }: Failure): string | undefined {
  return place === undefined ? undefined : [place.file, place.field].filter((part) => part !== undefined).join(', ');
}

/** A failure's row. One that is about the account says so in its own words, and its context names the one way on, for the menus. */
export function failureText(failure: Failure, language: Language): NodeText {
  const { meaning, fix } = explain(failure);
  const trouble = accountTrouble(failure);
  const description = joined([failure.code, placeWords(failure)]);
  if (trouble === undefined) return plain(meaning[language], 'error', { description, color: 'list.errorForeground', context: 'failure' });
  const label = troubleLabel(trouble, language);
  return plain(label, troubleIcon(trouble), { description, color: 'list.errorForeground', context: `failure +${fix}`, spoken: joined([label, meaning[language], description]) });
}

/** Where a denied call belongs, as far as its row knows: the region, and the group whose rules were asked for. */
export function deniedPlace(row: ExplorerNode | undefined): Omit<PolicyRequest, 'action'> {
  if (row === undefined) return { regionId: '*' };
  switch (row.kind) {
    case 'region':
      return { regionId: row.region.id };
    case 'category':
      return { regionId: row.regionId };
    case 'instance':
    case 'networkInterface':
    case 'securityGroup':
      return { regionId: row.resource.regionId };
    case 'folder': {
      const { regionId, id } = row.group;
      return row.folder === 'members' ? { regionId } : { regionId, securityGroupIds: [id] };
    }
    default:
      return deniedPlace(row.parent);
  }
}
