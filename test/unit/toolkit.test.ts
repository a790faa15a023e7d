import { describe, expect, it } from 'vitest';
import { readJson } from '../../tools/json.mjs';
import { sourcesUnder } from './support/sources.js';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly dependencies?: Readonly<Record<string, string>> }>>;
}

/** The toolkit is archived upstream: nothing of it may change without somebody looking. */
const KNOWN = {
  '@microsoft/fast-element': '1.14.0',
  '@microsoft/fast-foundation': '2.50.0',
  '@microsoft/fast-foundation/node_modules/tslib': '1.14.1',
  '@microsoft/fast-react-wrapper': '0.3.25',
  '@microsoft/fast-web-utilities': '5.4.1',
  '@vscode/webview-ui-toolkit': '1.4.0',
  'exenv-es6': '1.1.1',
  'tabbable': '5.3.3',
  'tslib': '2.9.1',
};

describe('the toolkit', () => {
  it('is the one that was looked at, with what it needs', () => {
    const { packages } = readJson('package-lock.json') as Lock;
    const needed = new Set(['node_modules/@vscode/webview-ui-toolkit']);
    // A set grows while it is gone through.
    for (const path of needed) {
      for (const name of Object.keys(packages[path]?.dependencies ?? {})) needed.add([`${path}/node_modules/${name}`, `node_modules/${name}`].find((place) => place in packages) ?? `${name} is missing`);
    }
    expect(Object.fromEntries([...needed].sort().map((path) => [path.replace('node_modules/', ''), packages[path]?.version]))).toEqual(KNOWN);
  });

  it('is touched by one module, which says nothing but that it registers its elements', () => {
    const sources = sourcesUnder('src');
    expect([...sources].filter(([, text]) => /['"]@(?:vscode\/webview-ui-toolkit|microsoft\/fast)/.test(text)).map(([path]) => path)).toEqual(['src/webview/ui.ts']);
    expect(sources.get('src/webview/ui.ts')?.match(/^export .*$/gm)).toEqual(['export function registerElements(): void {']);
  });
});
