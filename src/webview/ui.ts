import { vsCodeBadge } from '@vscode/webview-ui-toolkit/dist/badge/index.js';
import { vsCodeButton } from '@vscode/webview-ui-toolkit/dist/button/index.js';
import { vsCodeDropdown } from '@vscode/webview-ui-toolkit/dist/dropdown/index.js';
import { vsCodeOption } from '@vscode/webview-ui-toolkit/dist/option/index.js';
import { vsCodeTextField } from '@vscode/webview-ui-toolkit/dist/text-field/index.js';
import { provideVSCodeDesignSystem } from '@vscode/webview-ui-toolkit/dist/vscode-design-system.js';

/**
 * The one module that touches the toolkit, which is archived upstream: it makes the elements `vscode-…` of
 * `present/page` more than words in a box, and whatever takes its place one day has that to do and nothing else. From
 * the folders of the parts, because its index brings all of them.
 */
export function registerElements(): void {
  provideVSCodeDesignSystem().register(vsCodeBadge(), vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());
}
