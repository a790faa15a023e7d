import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { MANIFEST, placeholders, stringsIn } from './support/manifest.js';
import { jsonOf, nodesOf, sourcesUnder } from './support/sources.js';

type Texts = Readonly<Record<string, string>>;

const CHINESE = /\p{Script=Han}/u;
/** Names and other words that are the same in both languages. */
const SAME_IN_BOTH = new Set(['container.title']);
const english = jsonOf('package.nls.json') as Texts;
const chinese = jsonOf('package.nls.zh-cn.json') as Texts;

describe('texts of package.json', () => {
  it('exist in both languages, under the same keys in the same order', () => {
    expect(Object.keys(chinese)).toEqual(Object.keys(english));
  });

  it('are all used, and none is missing', () => {
    const used = stringsIn(MANIFEST).flatMap((text) => /^%(.+)%$/.exec(text)?.[1] ?? []);
    expect([...new Set(used)].sort()).toEqual(Object.keys(english).sort());
  });

  it('are Chinese in Chinese and not in English', () => {
    expect(Object.entries(english).filter(([, text]) => text.trim() === '' || CHINESE.test(text))).toEqual([]);
    expect(Object.entries(chinese).filter(([key, text]) => !CHINESE.test(text) && !SAME_IN_BOTH.has(key))).toEqual([]);
  });

  it('carry the same links and the same code in both languages', () => {
    const fixed = (text: string) => [...(text.match(/command:[^)]+/g) ?? []), ...(text.match(/`[^`]+`/g) ?? []).sort()];
    expect(Object.fromEntries(Object.entries(chinese).map(([key, text]) => [key, fixed(text)]))).toEqual(
      Object.fromEntries(Object.entries(english).map(([key, text]) => [key, fixed(text)])),
    );
  });
});

/** First arguments of every `l10n.t(…)`, found in the syntax tree; undefined where it is no plain string. */
function translated(path: string, text: string): readonly { readonly text: string | undefined; readonly values: number; readonly at: string }[] {
  return nodesOf(path, text, ts.isCallExpression)
    .filter(({ expression }) => /(^|\.)l10n\.t$/.test(expression.getText()))
    .map(({ arguments: [first, ...values] }) => ({ text: first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined, values: values.length, at: `${path}: ${first?.getText() ?? ''}` }));
}

describe('texts of the shell', () => {
  const bundle = jsonOf(`${MANIFEST.l10n}/bundle.l10n.zh-cn.json`) as Texts;
  const calls = [...sourcesUnder('src')].flatMap(([path, text]) => translated(path, text));

  it('are found where they stand, and only there', () => {
    const text = "// vscode.l10n.t('comment')\nvscode.l10n.t('a {0}', 1);\nl10n.t(`b`);\nl10n.t(name);\nother.t('c');";
    expect(translated('made-up.ts', text)).toEqual([
      { text: 'a {0}', values: 1, at: "made-up.ts: 'a {0}'" },
      { text: 'b', values: 0, at: 'made-up.ts: `b`' },
      { text: undefined, values: 0, at: 'made-up.ts: name' },
    ]);
    expect(calls.length).toBeGreaterThan(20);
  });

  it('are plain strings, so that they can be translated', () => {
    expect(calls.filter((call) => call.text === undefined).map(({ at }) => at)).toEqual([]);
  });

  it('all have their Chinese, and the bundle has no text too many', () => {
    expect(Object.keys(bundle).sort()).toEqual([...new Set(calls.flatMap((call) => call.text ?? []))].sort());
  });

  it('keep their placeholders in Chinese', () => {
    expect(Object.entries(bundle).filter(([text, translation]) => placeholders(text).join() !== placeholders(translation).join())).toEqual([]);
  });

  it('get a value for every placeholder and no other', () => {
    expect(calls.filter(({ text, values }) => text !== undefined && placeholders(text).join() !== Array.from({ length: values }, (_, index) => `{${index}}`).join()).map(({ at }) => at)).toEqual([]);
  });

  it('are Chinese in Chinese and not in English', () => {
    expect(Object.entries(bundle).filter(([text, translation]) => CHINESE.test(text) || !CHINESE.test(translation.replace(/\{\d\}/g, '')))).toEqual([]);
  });
});

describe('source texts', () => {
  const sources = [...sourcesUnder('src')];
  const literals = (path: string, text: string) => [...nodesOf(path, text, ts.isStringLiteralLike), ...nodesOf(path, text, ts.isTemplateExpression)].map((node) => node.getText());

  it('name no colours, which belong to the theme', () => {
    const colours = sources.flatMap(([path, text]) => literals(path, text).filter((literal) => /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b/i.test(literal) || /\b(?:rgba?|hsla?)\(/i.test(literal)).map((literal) => `${path}: ${literal}`));
    expect(colours).toEqual([]);
  });

  it('trust no markdown and write no HTML', () => {
    const trusted = (path: string, text: string) =>
      nodesOf(path, text, ts.isIdentifier)
        .filter((name) => /^(?:isTrusted|supportHtml|innerHTML|outerHTML|insertAdjacentHTML|enableCommandUris)$/.test(name.text))
        .map((name) => `${path}: ${name.parent.getText()}`);
    expect(trusted('made-up.ts', 'markdown.isTrusted = true;\nconst options = { supportHtml: true };')).toEqual(['made-up.ts: markdown.isTrusted', 'made-up.ts: supportHtml: true']);
    expect(sources.flatMap(([path, text]) => trusted(path, text))).toEqual([]);
  });
});
