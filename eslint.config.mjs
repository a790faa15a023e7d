// @ts-check
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { NO_MARKUP } from './tools/noMarkup.mjs';
import { ROOMS } from './tools/rooms.mjs';

const NAMED_EXPORTS = {
  selector: 'ExportDefaultDeclaration, ExportAllDeclaration',
  message: 'Named exports only, and no barrels: a reader finds a thing by the name of its file.',
};

/** Names that a browser gives everything that runs in it; the common words among them would otherwise compile where a variable was forgotten. */
const BROWSER = ['document', 'window', 'self', 'parent', 'top', 'location', 'history', 'navigator', 'screen', 'localStorage', 'sessionStorage', 'indexedDB', 'customElements', 'alert', 'confirm', 'prompt', 'open', 'close', 'name', 'status', 'event', 'length', 'origin', 'requestAnimationFrame'];

/**
 * The walls between rooms, from the table that the architecture test also reads.
 * @type {import('eslint').Linter.Config[]}
 */
const walls = Object.entries(ROOMS).map(([room, rule]) => {
  const message = `Not from the room "${room}": see CONTRIBUTING.md.`;
  const rooms = Object.keys(ROOMS)
    .filter((other) => other !== room && !rule.rooms.includes(other))
    .map((other) => {
      const open = rule.rooms.filter((allowed) => allowed.startsWith(`${other}/`)).map((allowed) => `${allowed.slice(other.length + 1)}/`);
      return { regex: `(^|/)${other}/${open.length > 0 ? `(?!${open.join('|')})` : ''}`, message };
    });
  const packages = ['@alicloud/*', '@darabonba/*', 'valibot', 'p-limit', 'ini', 'vscode', '@vscode/*', 'preact', 'preact/*', 'preact-render-to-string'].filter(
    (name) => !rule.packages.some((allowed) => allowed === name.replace('/*', '') || allowed.startsWith(name.replace('*', ''))),
  );
  const group = [...packages, ...(rule.node ? [] : ['node:*'])];
  // The types of preact bring those of the browser into every room that is compiled with the shell.
  const browser = room === 'webview' ? [] : BROWSER.map((name) => ({ name, message: 'Only src/webview is in a browser.' }));
  return {
    files: [`src/${room}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [...rooms, { group, message }] }], 'no-restricted-globals': ['error', ...browser] },
  };
});

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'test/host/*/node_modules/', '.vscode-test/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Numbers and booleans read the same in a template as anywhere else.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-restricted-syntax': ['error', NAMED_EXPORTS, ...NO_MARKUP],
      complexity: ['error', 15],
      'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...walls,
  {
    files: ['tools/**/*.mjs', '*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly', fetch: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', AbortSignal: 'readonly', AbortController: 'readonly', performance: 'readonly' } },
    rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' },
  },
  { files: ['tools/stubs/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { module: 'readonly' } } },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A describe block is a chapter, not a function.
      'max-lines-per-function': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', NAMED_EXPORTS],
    },
  },
  // The error catalogue and the sandbox's worlds are data; their length is their meaning.
  { files: ['src/domain/errorCatalogue.ts', 'src/domain/catalogue/*.ts', 'src/sandbox/worlds/*.ts'], rules: { 'max-lines': 'off' } },
);
