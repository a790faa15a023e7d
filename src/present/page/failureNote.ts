import { accountTrouble } from '../../domain/accountTrouble.js';
import { explain } from '../../domain/explain.js';
import type { Failure } from '../../domain/failure.js';
import type { Text } from '../../domain/text.js';
import { placeWords, troubleLabel } from '../troubleText.js';
import type { PageContext } from './context.js';
import type { Action, Block, Note } from './page.js';
import { action, note } from './parts.js';

const LABEL = {
  code: { en: 'Code', zh: '错误码' },
  status: { en: 'HTTP status', zh: 'HTTP 状态码' },
  remedy: { en: 'What to do', zh: '处理办法' },
  service: { en: 'Service message', zh: '服务返回' },
  requestId: { en: 'RequestId', zh: 'RequestId' },
  place: { en: 'Where', zh: '位置' },
} satisfies Record<string, Text>;

const REFRESH: Text = { en: 'Refresh', zh: '刷新' };
const SHOW_OUTPUT: Text = { en: 'Show Output', zh: '显示输出' };
const SIGN_IN: Text = { en: 'Sign In Again', zh: '重新登录' };
const SWITCH_ACCOUNT: Text = { en: 'Switch Account…', zh: '切换账号…' };

/** What the note stands in place of, as the beginning of a sentence: `The rules could not be read`. */
export function failureNote(context: PageContext, what: Text, failure: Failure): Note {
  const { meaning } = explain(failure);
  const { language } = context;
  const trouble = accountTrouble(failure);
  const why = trouble === undefined ? meaning[language] : `${troubleLabel(trouble, language)}${language === 'zh' ? '。' : '. '}${meaning[language]}`;
  return note('danger', `${what[language]}${language === 'zh' ? '：' : ': '}${why}`, { lines: failureLines(failure, context), actions: waysOn(context, failure) });
}

/** The same in its place in a section: a part that failed is never an empty list (law 2). */
export function failureBlock(context: PageContext, what: Text, failure: Failure): Block {
  return { block: 'note', note: failureNote(context, what, failure) };
}

/** The service's own words always stand beside ours (law 12). */
function failureLines(failure: Failure, { language }: PageContext): readonly string[] {
  const rows: readonly (readonly [keyof typeof LABEL, string | undefined])[] = [
    ['code', failure.code],
    ['status', failure.httpStatus?.toString()],
    ['remedy', explain(failure).remedy[language]],
    ['service', failure.serviceMessage],
    ['requestId', failure.requestId],
    ['place', placeWords(failure)],
  ];
  return rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [`${LABEL[label][language]}${language === 'zh' ? '：' : ': '}${value}`]));
}

function waysOn(context: PageContext, failure: Failure): readonly Action[] {
  const { book, language } = context;
  const { fix } = explain(failure);
  return [
    ...(fix === 'signIn' ? [action(SIGN_IN[language], book.keyOf({ act: 'signIn' }))] : []),
    ...(fix === 'switchAccount' ? [action(SWITCH_ACCOUNT[language], book.keyOf({ act: 'switchAccount' }))] : []),
    refreshAction(context),
    action(SHOW_OUTPUT[language], book.keyOf({ act: 'showOutput' })),
  ];
}

export function refreshAction({ book, language }: PageContext): Action {
  return action(REFRESH[language], book.keyOf({ act: 'refresh' }));
}

export function switchAccountAction({ book, language }: PageContext): Action {
  return action(SWITCH_ACCOUNT[language], book.keyOf({ act: 'switchAccount' }));
}
