import { accountTrouble, type Trouble } from '../domain/accountTrouble.js';
import { explain } from '../domain/explain.js';
import type { Failure } from '../domain/failure.js';
import type { Language, Text } from '../domain/text.js';
import { forLog, forPick } from './literal.js';
import { placeWords, troubleIcon, troubleLabel } from './troubleText.js';

/** What the status bar has to tell of the account. */
export interface AccountStatus {
  /** As people know it. */
  readonly name: string;
  readonly sandbox: boolean;
  readonly opening: boolean;
  /** Why it could not be opened. */
  readonly failure?: Failure | undefined;
  /** What is wrong with it since. */
  readonly trouble?: Trouble | undefined;
  /** One that is used instead of the regions' own. */
  readonly endpoint?: string | undefined;
  readonly readOnly: boolean;
}

/** The item of the status bar as data. */
export interface StatusText {
  /** With icons, as `$(name)`. */
  readonly text: string;
  readonly tooltip: string;
  /** Whether it wants to be looked at. */
  readonly warning: boolean;
}

const SWITCH: Text = { en: 'Click to switch the account', zh: '单击可切换账号' };
const SANDBOX: Text = { en: 'The sandbox on this machine. Nothing here reaches the cloud.', zh: '本机沙箱。此处的任何操作都不会到达云端。' };
const READ_ONLY: Text = { en: 'Read-only mode: no change leaves the editor', zh: '只读模式：编辑器不会发出任何更改' };
const READ_ONLY_MARK: Text = { en: 'read-only', zh: '只读' };
const ENDPOINT: Text = { en: 'Endpoint', zh: '接入点' };
const ACCOUNT: Text = { en: 'Account', zh: '账号' };
const PLACE: Text = { en: 'Where', zh: '位置' };

function iconOf({ opening, failure, sandbox }: AccountStatus, trouble: Trouble | undefined): string {
  if (opening) return 'sync~spin';
  if (trouble !== undefined) return troubleIcon(trouble);
  if (failure !== undefined) return 'error';
  return sandbox ? 'beaker' : 'cloud';
}

/** Account, an unusual endpoint, what is wrong, and read-only mode in one line; the tooltip says the same in sentences. */
export function statusText(status: AccountStatus, language: Language): StatusText {
  const { name, sandbox, failure, endpoint, readOnly } = status;
  const trouble = failure === undefined ? status.trouble : accountTrouble(failure);
  const colon = language === 'zh' ? '：' : ': ';
  const marks = [
    `$(${iconOf(status, trouble)}) ECS: ${forPick(name)}${endpoint === undefined ? '' : ` @ ${forPick(endpoint)}`}`,
    ...(trouble === undefined ? [] : [`$(warning) ${forPick(troubleLabel(trouble, language))}`]),
    ...(readOnly ? [`$(lock) ${READ_ONLY_MARK[language]}`] : []),
  ];
  const lines = [
    `ECS Explorer${colon}${ACCOUNT[language]} ${forLog(name)}`,
    ...(sandbox ? [SANDBOX[language]] : []),
    ...(endpoint === undefined ? [] : [`${ENDPOINT[language]}${colon}${forLog(endpoint)}`]),
    ...(readOnly ? [READ_ONLY[language]] : []),
    ...wrongLines(trouble?.failure ?? failure, language),
    SWITCH[language],
  ];
  return { text: marks.join(' '), tooltip: lines.join('\n'), warning: trouble !== undefined };
}

function wrongLines(failure: Failure | undefined, language: Language): readonly string[] {
  if (failure === undefined) return [];
  const { meaning, remedy } = explain(failure);
  const colon = language === 'zh' ? '：' : ': ';
  const place = placeWords(failure);
  return [
    `${forLog(failure.code)}${colon}${forLog(meaning[language])}`,
    forLog(remedy[language]),
    ...(place === undefined ? [] : [`${PLACE[language]}${colon}${forLog(place)}`]),
  ];
}
