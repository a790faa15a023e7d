import type { Resource } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { canChange } from './changeable.js';
import type { PageContext } from './context.js';
import { refreshAction } from './failureNote.js';
import type { Action } from './page.js';
import { action, quietAction } from './parts.js';

const TEXT = {
  join: { en: 'Join Security Group…', zh: '加入安全组…' },
  leave: { en: 'Leave Security Group…', zh: '移出安全组…' },
  replace: { en: 'Replace Security Groups…', zh: '替换安全组…' },
  addMembers: { en: 'Add Members…', zh: '添加成员…' },
  removeMembers: { en: 'Remove Members…', zh: '移除成员…' },
  compareJoin: { en: 'Preview a Join…', zh: '预览加入…' },
  compareReplace: { en: 'Preview a Replacement…', zh: '预览替换…' },
  reveal: { en: 'Reveal in Tree', zh: '在资源树中显示' },
  json: { en: 'View as JSON', zh: '以 JSON 格式查看' },
  copyId: { en: 'Copy ID', zh: '复制 ID' },
  console: { en: 'Open in Console', zh: '在控制台中打开' },
} satisfies Record<string, Text>;

const ABOUT = ['reveal', 'json', 'copyId', 'console'] as const;

/** What can be done with the resource of the page, the first choice first. */
export function pageActions(resource: Resource, context: PageContext): readonly Action[] {
  const { book, language } = context;
  const { kind, id, regionId } = resource;
  const about = ABOUT.map((act) => quietAction(TEXT[act][language], book.keyOf({ act, kind, id, regionId })));
  return [...changeActions(resource, context), refreshAction(context), ...about];
}

function changeActions(resource: Resource, { book, language, options }: PageContext): readonly Action[] {
  const { kind, id, regionId } = resource;
  const change = (act: 'join' | 'leave' | 'replace', text: Text, primary = false) => (options.readOnly === true ? [] : [action(text[language], book.keyOf({ act, kind, id, regionId }), primary)]);
  if (kind === 'securityGroup') return resource.serviceManaged === true ? [] : [...change('join', TEXT.addMembers, true), ...change('leave', TEXT.removeMembers)];
  if (!canChange(resource)) return [];
  const preview = (act: 'compareJoin' | 'compareReplace') => action(TEXT[act][language], book.keyOf({ act }));
  return [...change('join', TEXT.join, true), preview('compareJoin'), ...change('leave', TEXT.leave), ...change('replace', TEXT.replace), preview('compareReplace')];
}

/** To look at the resource where nothing of it is known: whatever needs facts is left out. */
export function unreadActions({ kind, id, regionId }: Pick<Resource, 'kind' | 'id' | 'regionId'>, context: PageContext): readonly Action[] {
  const { book, language } = context;
  return [refreshAction(context), ...(['copyId', 'console'] as const).map((act) => quietAction(TEXT[act][language], book.keyOf({ act, kind, id, regionId })))];
}
