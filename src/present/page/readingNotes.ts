import type { Text } from '../../domain/text.js';
import type { PageContext } from './context.js';
import { failureNote, refreshAction, switchAccountAction } from './failureNote.js';
import { notListed } from './groupTroubles.js';
import type { Note } from './page.js';
import type { Reading } from './pageOptions.js';
import { note } from './parts.js';

const READING: Text = { en: 'Reading…', zh: '正在读取…' };
const READING_AGAIN: Text = { en: 'Reading again…', zh: '正在重新读取…' };
const FAILED: Text = { en: 'It could not be read', zh: '未能读取' };
const FAILED_AGAIN: Text = { en: 'It could not be read again', zh: '未能重新读取' };

/** What the notes of a page need of it. */
export interface Read {
  /** What it is called, with its id. */
  readonly name: string;
  /** Wall clock of the facts that are shown below, in milliseconds; undefined where there are none. */
  readonly readAt: number | undefined;
}

/** How it stands with the reading, above everything else; facts of before are said to be that. */
export function readingNotes({ reading }: { readonly reading?: Reading | undefined }, { name, readAt }: Read, context: PageContext): readonly Note[] {
  if (reading === undefined) return [];
  const { language } = context;
  const again = readAt !== undefined;
  switch (reading.reading) {
    case 'underWay':
      return [note('muted', (again ? READING_AGAIN : READING)[language])];
    case 'failed':
      return [failureNote(context, again ? FAILED_AGAIN : FAILED, reading.failure), ...beforeNotes(readAt, context)];
    case 'gone':
      return [note('warning', notListed(name)[language], { actions: [refreshAction(context)] }), ...beforeNotes(readAt, context)];
    case 'accountGone':
      return [accountGone(context), ...beforeNotes(readAt, context)];
  }
}

const BEFORE: Text = { en: 'What stands below was read before that.', zh: '以下是此前读取的内容。' };

function beforeNotes(readAt: number | undefined, { language }: PageContext): readonly Note[] {
  return readAt === undefined ? [] : [note('muted', BEFORE[language])];
}

function accountGone(context: PageContext): Note {
  const { language, options } = context;
  const text = language === 'zh' ? `此页面所属的账号现在不可用，因此无法读取任何内容：${options.account}` : `The account of this page is not shown or not there any more, so nothing can be read: ${options.account}`;
  return note('warning', text, { actions: [switchAccountAction(context)] });
}
