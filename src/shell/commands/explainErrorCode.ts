import * as vscode from 'vscode';
import { explain, explainCode, searchCatalogue, type Explanation } from '../../domain/explain.js';
import type { Language } from '../../domain/text.js';
import { forMessage, forPick } from '../../present/literal.js';
import { firstAid, offerAid, type Aid, type FollowUps } from '../firstAid.js';
import { pickStep, type PickItem } from '../pick.js';
import type { Services } from '../services.js';
import { outputAid } from '../showFailure.js';
import { refreshTree } from '../treeActions.js';

/** Explains a failure of the tree, a code given by argument, or one that the person searches for. */
export async function explainErrorCode(services: Services, [first]: readonly unknown[]): Promise<void> {
  if (services.view.isNode(first) && first.kind === 'failure') {
    const explained = explain(first.failure);
    const again = () => void refreshTree(services, first);
    const { deniedAction } = first.failure;
    const policy = deniedAction === undefined ? undefined : { action: deniedAction, regionId: '*' };
    const next: FollowUps = { tryAgain: again, refresh: again, policy };
    show(services, explained, firstAid(explained.fix, next) ?? firstAid('retry', next));
    return;
  }
  const code = typeof first === 'string' ? first : await search(services.language);
  if (code !== undefined) show(services, explainCode(code), undefined);
}

function show(services: Services, explained: Explanation, help: Aid | undefined): void {
  const { language } = services;
  const page: Aid = { label: vscode.l10n.t('Open Documentation'), run: () => void vscode.env.openExternal(vscode.Uri.parse(explained.link, true)) };
  const gap = language === 'zh' ? '' : ' ';
  const text = forMessage(`${explained.code}${language === 'zh' ? '：' : ': '}${explained.meaning[language]}${gap}${explained.remedy[language]}`);
  offerAid((...buttons) => vscode.window.showInformationMessage(text, ...buttons), [help, explained.link === '' ? undefined : page, outputAid(services)]);
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
