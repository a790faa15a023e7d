import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { NO_MARKUP } from '../../tools/noMarkup.mjs';
import { ROOT, sourcesUnder } from './support/sources.js';

/** The rules alone, so that a line of text can be judged that is no file of a project. */
const judge = new ESLint({
  cwd: ROOT,
  overrideConfigFile: true,
  overrideConfig: { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, rules: { 'no-restricted-syntax': ['error', ...NO_MARKUP] } },
});

async function refusals(line: string): Promise<readonly string[]> {
  const [result] = await judge.lintText(line, { filePath: 'a.ts' });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const REFUSED = [
  'text.isTrusted = true;',
  "text['isTrusted'] = true;",
  'text[`isTrusted`] = true;',
  'text.isTrusted ||= { enabledCommands: [] };',
  '[text.isTrusted] = [true];',
  'Object.assign(text, { isTrusted });',
  "Object.assign(text, { 'isTrusted': true });",
  "Object.assign(text, { ['isTrusted']: true });",
  "Object.defineProperty(text, 'isTrusted', { value: true });",
  "Reflect.set(text, 'supportHtml', true);",
  'text.supportHtml = true;',
  'const options = { supportHtml: true };',
  'const options = { enableCommandUris: true };',
  'class Text { isTrusted = true; }',
  'element.innerHTML = words;',
  "element['innerHTML'] = words;",
  'element.innerHTML += words;',
  'element.outerHTML = words;',
  "element.insertAdjacentHTML('beforeend', words);",
  "element['insertAdjacentHTML']('beforeend', words);",
  'element.setHTMLUnsafe(words);',
  'range.createContextualFragment(words);',
  "new DOMParser().parseFromString(words, 'text/html');",
  'frame.srcdoc = words;',
  'document.write(words);',
  'window.document.writeln(words);',
  'text.appendMarkdown(words);',
  'text.appendMarkdown(`**${words}**`);',
  "text.appendMarkdown('**' + words);",
  'text.appendMarkdown(...words);',
  "text['appendMarkdown'](words);",
  'const append = text.appendMarkdown; append(words);',
  'new vscode.MarkdownString(words);',
  'new vscode.MarkdownString(`${words}`);',
  'new MarkdownString(words);',
  "new vscode['MarkdownString'](words);",
  'eval(words);',
  'new Function(words);',
  'Function(words)();',
];

const ALLOWED = [
  "const text = new vscode.MarkdownString('');",
  'const text = new vscode.MarkdownString();',
  "text.appendMarkdown('**Name:** ').appendText(words);",
  'const isTrusted = vscode.workspace.isTrusted;',
  'element.textContent = words;',
  'element.append(words);',
  'stream.write(words);',
  "const sentence = 'isTrusted is a word in a sentence';",
];

describe('what would make more of a text than words', () => {
  it.each(REFUSED)('is refused: %s', async (line) => {
    expect((await refusals(line))[0]).toBe('no-restricted-syntax');
  });

  it.each(ALLOWED)('is not what this is: %s', async (line) => {
    expect(await refusals(line)).toEqual([]);
  });
});

describe('the linter of the project', () => {
  const rooms = [...new Map([...sourcesUnder('src').keys()].map((file) => [file.split('/').slice(0, 2).join('/'), file])).values()];

  it.each(rooms)('holds every one of these rules as an error for %s', async (file) => {
    const config = (await new ESLint({ cwd: ROOT }).calculateConfigForFile(file)) as { readonly rules: Readonly<Record<string, readonly unknown[]>> };
    const [severity, ...restrictions] = config.rules['no-restricted-syntax'] ?? [];
    expect(severity).toBe(2);
    expect(restrictions).toEqual(expect.arrayContaining(NO_MARKUP));
  });

  it('cannot be told to look away: no file of the product has a word for it', () => {
    expect([...sourcesUnder('src')].filter(([, text]) => /eslint-disable|@ts-(?:ignore|nocheck|expect-error)/.test(text)).map(([file]) => file)).toEqual([]);
  });
});
