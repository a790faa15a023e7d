// @ts-check
/**
 * The rooms of `src/` and what each may import: the one table that both the linter and the
 * architecture test read. A room may always import itself; `node` means Node's own modules.
 *
 * @typedef {{ rooms: readonly string[], packages: readonly string[], node: boolean }} RoomRule
 * @type {Readonly<Record<string, RoomRule>>}
 */
export const ROOMS = {
  domain: { rooms: [], packages: [], node: false },
  present: { rooms: ['domain'], packages: [], node: false },
  app: { rooms: ['domain'], packages: [], node: false },
  cloud: { rooms: ['app/ports', 'domain'], packages: ['@alicloud/', '@darabonba/', 'valibot', 'p-limit', 'ini'], node: true },
  store: { rooms: ['app/ports', 'domain'], packages: ['valibot'], node: true },
  sandbox: { rooms: [], packages: [], node: true },
  protocol: { rooms: ['domain', 'present'], packages: ['valibot'], node: false },
  shell: { rooms: ['app', 'present', 'domain', 'protocol'], packages: ['valibot', 'vscode', 'preact', 'preact-render-to-string'], node: true },
  webview: { rooms: ['protocol', 'present', 'domain'], packages: ['@vscode/webview-ui-toolkit', 'preact'], node: false },
};
