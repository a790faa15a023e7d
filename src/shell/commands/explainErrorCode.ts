import * as vscode from 'vscode';
import { explain, explainCode, searchCatalogue, type Explanation } from '../../domain/explain.js';
import type { Language } from '../../domain/text.js';
import { forPick } from '../../present/literal.js';
import { failureSentence } from '../../present/reportText.js';
import { deniedPlace } from '../../present/troubleText.js';
import { firstAid, offerAid, type Aid, type FollowUps } from '../firstAid.js';
import { pickStep, type PickItem } from '../pick.js';
import type { Services } from '../services.js';
import { followUpsOf, ofAccount, outputAid } from '../showFailure.js';
import { refreshTree } from '../treeActions.js';

/** Explains a failure of the tree, a code given by argument, or one that the person searches for. */
export async function explainErrorCode(services: Services, [first]: readonly unknown[]): Promise<void> {
  if (services.view.isNode(first) && first.kind === 'failure') {
    const { failure, parent } = first;
    const explained = explain(failure);
    const again = () => void refreshTree(services, first);
    const [account] = services.view.accountsOf([first]);
    const next: FollowUps = { ...ofAccount(account), ...followUpsOf(failure, deniedPlace(parent)), tryAgain: again, refresh: again };
    show(services, { explained, text: failureSentence(failure, services.language), help: firstAid(explained.fix, next) ?? firstAid('retry', next) });
    return;
  }
  const code = typeof first === 'string' ? first : await search(services.language);
  if (code !== undefined) show(services, { explained: explainCode(code), text: failureSentence({ code, operation: '', reached: 'no' }, services.language), help: undefined });
}

function show(services: Services, { explained, text, help }: { readonly explained: Explanation; readonly text: string; readonly help: Aid | undefined }): void {
  const page: Aid = { label: vscode.l10n.t('Open Documentation'), run: () => void vscode.env.openExternal(vscode.Uri.parse(explained.link, true)) };
  const clean = services.log.clean(text);
  offerAid((...buttons) => vscode.window.showInformationMessage(clean, ...buttons), [help, explained.link === '' ? undefined : page, outputAid(services)]);
}

function rows(query: string, language: Language): readonly PickItem<string>[] {
  return searchCatalogue(query, language).map(({ code, entry }) => ({
    label: code,
    description: entry.sources.join(', '),
    detail: forPick(entry.meaning[language], 400),
    value: code,
    // The catalogue has already searched, also in words that the row does not show.
    alwaysShow: true,
  }));
}

async function search(language: Language): Promise<string | undefined> {
  let refill: ((items: readonly PickItem<string>[]) => void) | undefined;
  const picked = await pickStep<string>({
    title: vscode.l10n.t('Explain Error Code'),
    placeholder: vscode.l10n.t('Type a code or a word of its meaning'),
    canGoBack: false,
    onText: (text) => refill?.(rows(text, language)),
    // A code that the catalogue does not list may still be explained by its first part or its class.
    typed: (text) => (/^[A-Za-z][\w.]{3,100}$/.test(text) && explainCode(text).match !== 'exact' ? { label: forPick(text), description: vscode.l10n.t('Explain this code'), alwaysShow: true, value: text } : undefined),
    fill: (show) => {
      refill = show;
      show(rows('', language));
      return Promise.resolve();
    },
  });
  return picked.kind === 'picked' ? picked.value : undefined;
}
