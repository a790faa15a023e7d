import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { BUDGETS } from '../../esbuild.mjs';
import { COMMANDS, CONTEXT_KEYS, DETAILS_PAGE, SETTING_DEFAULTS, VIEWS, WORKSPACE_SETTINGS } from '../../src/shell/contributions.js';
import { clauses, MANIFEST } from './support/manifest.js';
import { jsonOf, nodesOf, textOf } from './support/sources.js';

const { contributes } = MANIFEST;
const commandIds = contributes.commands.map(({ command }) => command);
const viewIds = Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id));
const keyed = (key: string) => `ecsExplorer.${key}`;

/** The ids in `HANDLERS` of extension.ts, the table that it registers. */
function handled(): readonly string[] {
  const tables = nodesOf('extension.ts', textOf('src/extension.ts'), ts.isVariableDeclaration).filter(({ name }) => name.getText() === 'HANDLERS');
  return tables
    .flatMap(({ initializer }) => initializer ?? [])
    .filter(ts.isObjectLiteralExpression)
    .flatMap(({ properties }) => properties.map(({ name }) => (name !== undefined && ts.isStringLiteral(name) ? name.text : (name?.getText() ?? '…'))));
}

describe('commands', () => {
  it('are the typed ids, each once', () => {
    expect([...commandIds].sort()).toEqual([...COMMANDS].sort());
    expect(new Set(commandIds).size).toBe(commandIds.length);
  });

  it('all have a handler in extension.ts, and no handler is without a command', () => {
    expect([...handled()].sort()).toEqual([...COMMANDS].sort());
  });

  it('have a title of their own from the texts and the category ECS', () => {
    expect(contributes.commands.map(({ command, title, category }) => ({ command, title, category }))).toEqual(
      commandIds.map((command) => ({ command, title: `%command.${command.slice('ecsExplorer.'.length)}%`, category: 'ECS' })),
    );
  });

  it('are the only ones that menus and keys refer to', () => {
    const referred = [...Object.values(contributes.menus).flat(), ...(contributes.keybindings ?? [])].flatMap(({ command }) => command ?? []);
    expect(referred.filter((command) => !commandIds.includes(command))).toEqual([]);
  });

  it('are the only ones that links of the welcome views run', () => {
    const texts = Object.values(jsonOf('package.nls.json') as Readonly<Record<string, string>>).join('\n');
    const linked = [...texts.matchAll(/command:([\w.]+)/g)].map(([, command]) => command);
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.filter((command) => command?.startsWith('ecsExplorer.') === true && !commandIds.includes(command))).toEqual([]);
  });
});

describe('settings', () => {
  const { properties } = contributes.configuration;

  it('are the typed keys with the typed defaults', () => {
    expect(Object.fromEntries(Object.entries(properties).map(([key, setting]) => [key, setting.default]))).toEqual(
      Object.fromEntries(Object.entries(SETTING_DEFAULTS).map(([key, value]) => [keyed(key), value])),
    );
  });

  it('can be set by a workspace only where that is named; all others are of the application and never synced', () => {
    const open = new Set(WORKSPACE_SETTINGS.map(keyed));
    expect(Object.fromEntries(Object.entries(properties).map(([key, { scope, ignoreSync = false }]) => [key, { scope, ignoreSync }]))).toEqual(
      Object.fromEntries(Object.keys(SETTING_DEFAULTS).map(keyed).map((key) => [key, open.has(key) ? { scope: 'window', ignoreSync: false } : { scope: 'application', ignoreSync: true }])),
    );
  });

  it('have a description each and an order without a gap', () => {
    expect(Object.entries(properties).map(([key, { markdownDescription, order }]) => ({ key, markdownDescription, order }))).toEqual(
      Object.keys(properties).map((key, order) => ({ key, markdownDescription: `%setting.${key.slice('ecsExplorer.'.length)}%`, order })),
    );
  });
});

describe('views and context keys', () => {
  it('are the typed view ids', () => {
    expect(viewIds).toEqual(Object.values(VIEWS));
  });

  it('stand in a container that is contributed', () => {
    const containers = Object.values(contributes.viewsContainers).flatMap((each) => each.map(({ id }) => id));
    expect(Object.keys(contributes.views)).toEqual(containers);
    expect(contributes.viewsWelcome.filter(({ view }) => !viewIds.includes(view))).toEqual([]);
  });

  it('name no view that is not contributed', () => {
    const named = clauses(MANIFEST).flatMap((clause) => [...clause.matchAll(/\bview\s*[=!]=\s*'?([\w.]+)/g)].map(([, view]) => view));
    expect([...new Set(named)]).toEqual(viewIds);
  });

  it('ask for the typed context keys and no others', () => {
    const keys = clauses(MANIFEST)
      .map((clause) => clause.replace(/\bview\s*[=!]=\s*'?[\w.]+'?/g, ''))
      .flatMap((clause) => clause.match(/ecsExplorer\.[\w.]+/g) ?? []);
    expect([...new Set(keys)].sort()).toEqual(Object.values(CONTEXT_KEYS).sort());
  });

  it('are set by the extension, every context key', () => {
    const set = nodesOf('accountMarks.ts', textOf('src/shell/accountMarks.ts'), ts.isCallExpression)
      .filter(({ arguments: [first] }) => first !== undefined && ts.isStringLiteral(first) && first.text === 'setContext')
      .map(({ arguments: [, key] }) => key?.getText());
    expect(set.sort()).toEqual(Object.keys(CONTEXT_KEYS).map((key) => `CONTEXT_KEYS.${key}`).sort());
  });
});

interface Lock {
  readonly version: string;
  readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly version?: string; readonly integrity?: string; readonly hasInstallScript?: boolean }>>;
}

describe('the package', () => {
  const minor = (version: string | undefined) => /^\^?(\d+\.\d+)\./.exec(version ?? '')?.[1];
  const locks = ['', 'test/host/newest/', 'test/host/newest/vscode/', 'test/host/oldest/', 'test/host/oldest/vscode/'].map((folder) => [folder, jsonOf(`${folder}package-lock.json`) as Lock] as const);
  const lock = jsonOf('package-lock.json') as Lock;
  const installed = Object.keys(lock.packages);

  it('is activated by nothing but its views and commands, and a details page that VS Code restores', () => {
    // Of views and commands VS Code knows by itself; a page that was open when the window was closed has no other way to wake its extension.
    expect(MANIFEST.activationEvents).toEqual([`onWebviewPanel:${DETAILS_PAGE}`]);
  });

  it('is typed against the oldest editor that it runs in', () => {
    expect(minor(MANIFEST.engines['vscode'])).toBeDefined();
    expect(minor(MANIFEST.devDependencies['@types/vscode'])).toBe(minor(MANIFEST.engines['vscode']));
  });

  it('needs nothing at run time, since everything is bundled', () => {
    expect(MANIFEST.dependencies).toBeUndefined();
  });

  it('names exact versions', () => {
    expect(Object.entries(MANIFEST.devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('uses the archived toolkit at its last version or not at all, and never the deprecated package vscode', () => {
    expect([undefined, '1.4.0']).toContain(MANIFEST.devDependencies['@vscode/webview-ui-toolkit']);
    expect(installed.filter((path) => path.endsWith('node_modules/vscode'))).toEqual([]);
  });

  it('is locked without the addresses of one registry', () => {
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter((path) => lock.packages[path]?.resolved !== undefined)).toEqual([]);
    expect(textOf('package-lock.json')).not.toContain('"resolved"');
  });

  it.each(locks)('pins every package by version and content: %slock file', (folder, { packages }) => {
    // Of a few packages of the test hosts, older than that, the registries know no better one.
    const hash = folder === '' ? 'sha512-' : 'sha';
    const loose = Object.entries(packages).filter(([path, { version, integrity }]) => path !== '' && (!/^\d+\.\d+\.\d+/.test(version ?? '') || integrity?.startsWith(hash) !== true));
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it.each(locks)('is installed without running what packages bring along: %s.npmrc', (folder) => {
    expect(textOf(`${folder}.npmrc`).split('\n')).toContain('ignore-scripts=true');
  });

  it('has no package with an install script but these, none of which the product needs to have run', () => {
    // The first looks for a compiler where Node is older than 14; the others are tools that stay here.
    const known = ['@alicloud/openapi-core', '@vscode/vsce-sign', 'esbuild', 'keytar'];
    expect(installed.filter((path) => lock.packages[path]?.hasInstallScript === true)).toEqual(known.map((name) => `node_modules/${name}`));
    expect(Object.keys(MANIFEST.scripts).filter((name) => /install|prepare|publish/.test(name))).toEqual([]);
  });

  it('ships every bundle that the build makes, these files and nothing else', () => {
    const lines = textOf('.vscodeignore').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).toBe('**');
    expect(lines.slice(1).sort()).toEqual(
      ['package.json', 'package.nls.json', 'package.nls.zh-cn.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'SECURITY.md', 'l10n/*.json', 'media/activity.svg', 'media/details-dark.svg', 'media/details-light.svg', 'media/icon.png', ...[...Object.keys(BUDGETS), 'catalogue.js', 'sandbox.js', 'ThirdPartyNotices.txt', 'webview/page.css', 'webview/page.js'].map((name) => `dist/${name}`)].map((name) => `!${name}`).sort(),
    );
  });

  it('is locked at the version that it names', () => {
    expect([lock.version, lock.packages['']?.version]).toEqual([MANIFEST.version, MANIFEST.version]);
  });
});
