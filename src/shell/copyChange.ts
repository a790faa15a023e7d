import * as vscode from 'vscode';
import type { Language } from '../domain/text.js';
import { COPY_FORMAT_NAME, COPY_FORMATS, copyAs } from '../present/copyAs.js';
import type { CopyRequest } from '../present/copyAs/request.js';

/** Copy As…: writes changes down for another tool, or says why that tool can't make them. */
export async function copyChange(request: CopyRequest, language: Language): Promise<void> {
  const items = COPY_FORMATS.map((format) => {
    const copied = copyAs(request, format);
    const detail = 'reason' in copied ? copied.reason[language] : undefined;
    return { label: `${detail === undefined ? '$(copy)' : '$(circle-slash)'} ${COPY_FORMAT_NAME[format][language]}`, copied, ...(detail === undefined ? {} : { detail }) };
  });
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Copy As'), placeHolder: vscode.l10n.t('Choose what the text is for'), ignoreFocusOut: true });
  if (picked === undefined || 'reason' in picked.copied) return;
  await vscode.env.clipboard.writeText(picked.copied.text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', picked.label.replace('$(copy) ', '')), 3000);
}
