import * as vscode from 'vscode';
import type { AccountEntry, AccountId, AccountKind, AccountList, Caller } from '../app/ports/accounts.js';
import { explain } from '../domain/explain.js';
import { isCancelled, type Failure, type Result } from '../domain/failure.js';
import { modeName, SOURCE_ICON, SOURCE_NAME } from '../present/sourceText.js';
import { forPick } from '../present/literal.js';
import { placeWords } from '../present/troubleText.js';
import { accountName } from './accountNames.js';
import { accountSettings } from './accountSettings.js';
import type { Services } from './services.js';
import { showUnexpected } from './showFailure.js';

interface AccountItem extends vscode.QuickPickItem {
  readonly entry?: AccountEntry;
  readonly failure?: Failure;
  readonly adds?: true;
}

/** What the service said of an account while the box was open. */
type Told = 'asking' | Result<Caller>;

const ORDER: readonly AccountKind[] = ['sandbox', 'key', 'cli', 'ini', 'environment'];

/**
 * The box of all accounts: open at once, filled when the files have been read. A button on a row asks the service
 * whose keys it has; nobody is asked without it.
 */
export async function pickAccount(services: Services): Promise<AccountEntry | Failure | 'add' | undefined> {
  return new AccountBox(services).picked();
}

class AccountBox {
  readonly #services: Services;
  readonly #box = vscode.window.createQuickPick<AccountItem>();
  readonly #told = new Map<AccountId, Told>();
  readonly #ask: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('question'), tooltip: vscode.l10n.t('Ask Whose Keys These Are') };
  readonly #remove: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Remove AccessKey…') };
  #list: AccountList = { entries: [], failures: [] };
  #isOpen = true;

  constructor(services: Services) {
    this.#services = services;
    const box = this.#box;
    box.title = vscode.l10n.t('Switch Account');
    box.placeholder = vscode.l10n.t('Choose an account');
    box.matchOnDescription = true;
    box.matchOnDetail = true;
    // A page that had the focus gets it back when the palette closes, and that may be late.
    box.ignoreFocusOut = true;
    box.busy = true;
  }

  picked(): Promise<AccountEntry | Failure | 'add' | undefined> {
    const box = this.#box;
    return new Promise((resolve, reject) => {
      box.onDidAccept(() => {
        const [item] = box.selectedItems;
        resolve(item?.adds === true ? 'add' : (item?.entry ?? item?.failure));
        box.hide();
      });
      box.onDidTriggerItemButton(({ item, button }) => {
        if (item.entry === undefined) return;
        if (button === this.#ask) this.#askWho(item.entry.id).catch((error: unknown) => { this.#unexpected(item.entry?.id, error); });
        else {
          box.hide();
          void vscode.commands.executeCommand('ecsExplorer.removeAccessKey', item.entry.name);
        }
      });
      box.onDidHide(() => {
        this.#isOpen = false;
        resolve(undefined);
        box.dispose();
      });
      box.show();
      this.#fill().catch((error: unknown) => {
        box.hide();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  async #fill(): Promise<void> {
    this.#list = await this.#services.directory.list();
    if (!this.#isOpen) return;
    this.#box.busy = false;
    this.#render();
  }

  async #askWho(account: AccountId): Promise<void> {
    this.#told.set(account, 'asking');
    this.#render();
    const caller = await this.#services.directory.caller(account);
    this.#told.set(account, caller);
    if (!caller.ok && !isCancelled(caller.failure)) this.#services.log.failure(accountName(account), caller.failure);
    if (this.#isOpen) this.#render();
  }

  /** The person has asked, so that the row must not go on saying that an answer will come. */
  #unexpected(account: AccountId | undefined, error: unknown): void {
    if (account !== undefined) this.#told.delete(account);
    showUnexpected(this.#services, 'GetCallerIdentity', error);
    if (this.#isOpen) this.#render();
  }

  #render(): void {
    const box = this.#box;
    const active = box.activeItems[0]?.entry?.id;
    const { language } = this.#services;
    const items = ORDER.flatMap((kind): readonly AccountItem[] => {
      const entries = this.#list.entries.filter((entry) => entry.kind === kind);
      return entries.length === 0 ? [] : [{ label: SOURCE_NAME[kind][language], kind: vscode.QuickPickItemKind.Separator }, ...entries.map((entry) => this.#item(entry))];
    });
    const failures = this.#list.failures.map((failure): AccountItem => ({ label: `$(warning) ${forPick(placeWords(failure) ?? failure.code)}`, detail: explain(failure).meaning[language], failure, alwaysShow: true }));
    const more: readonly AccountItem[] = [{ label: '', kind: vscode.QuickPickItemKind.Separator }, { label: `$(add) ${vscode.l10n.t('Add AccessKey…')}`, adds: true, alwaysShow: true }];
    box.keepScrollPosition = true;
    box.items = [...items, ...failures, ...more];
    box.activeItems = box.items.filter(({ entry }) => entry !== undefined && entry.id === (active ?? this.#services.accounts.main.account));
  }

  #item(entry: AccountEntry): AccountItem {
    const { id, kind, name } = entry;
    const isCurrent = this.#services.accounts.main.account === id;
    const told = this.#told.get(id);
    const number = told !== undefined && told !== 'asking' && told.ok ? told.value.accountId : this.#known(id);
    const ask = kind !== 'sandbox' && entry.failure === undefined ? [this.#ask] : [];
    return {
      label: `$(${SOURCE_ICON[kind]}) ${name === '' ? forPick(accountName(id)) : forPick(name)}`,
      description: [isCurrent ? vscode.l10n.t('current') : '', number ?? ''].filter((part) => part !== '').join(' · '),
      detail: this.#detail(entry, told),
      entry,
      buttons: kind === 'key' ? [...ask, this.#remove] : ask,
    };
  }

  /** The open account's number, where a change has asked for it already. */
  #known(id: AccountId): string | undefined {
    const { state } = this.#services.accounts.main;
    return state.kind === 'open' && state.scope.account === id ? state.scope.connection.identity.accountId : undefined;
  }

  /** How it gets its keys, its region, and how it stands. */
  #detail({ kind, mode, regionId, failure, id }: AccountEntry, told: Told | undefined): string {
    const { language } = this.#services;
    if (kind === 'sandbox') return vscode.l10n.t('Try everything without a cloud account: nothing leaves this machine');
    const how = mode === undefined || mode === 'AccessKey' ? '' : modeName(mode, language);
    // Where it can't be used, there is room for why.
    if (failure !== undefined) return [how, ...this.#standing(failure, told)].filter((part) => part !== '').join(' · ');
    const { endpoint, readOnly } = accountSettings(id);
    const facts = [
      how,
      regionId ?? '',
      endpoint === '' ? '' : forPick(endpoint),
      readOnly ? vscode.l10n.t('read-only') : '',
    ];
    return [...facts, ...this.#standing(failure, told)].filter((part) => part !== '').join(' · ');
  }

  #standing(failure: Failure | undefined, told: Told | undefined): readonly string[] {
    const { language } = this.#services;
    if (told === 'asking') return [vscode.l10n.t('asking…')];
    const trouble = failure ?? (told?.ok === false ? told.failure : undefined);
    // The place first: the line is cut where the box ends, and the heading above it names the file.
    if (trouble !== undefined) return [`$(warning) ${trouble.place === undefined ? '' : `${forPick(trouble.place.field ?? trouble.place.file)}: `}${forPick(explain(trouble).meaning[language], 160)}`];
    if (told?.ok !== true) return [];
    const { accountId, principalId } = told.value;
    return [`$(pass) ${vscode.l10n.t('signed in')}`, principalId === undefined || principalId === accountId ? '' : forPick(vscode.l10n.t('principal {0}', principalId))];
  }
}
