/**
 * A `vscode` with as much in it as loading and activating the extension asks for. What is missing fails the
 * bench loudly, so that it is added here and not overlooked.
 */
export function vscodeStub(settings: Readonly<Record<string, unknown>>): object {
  const nothing = () => undefined;
  const disposable = { dispose: nothing };
  const subscribe = () => disposable;

  class EventEmitter {
    readonly event = subscribe;
    readonly fire = nothing;
    readonly dispose = nothing;
  }

  class Disposable {
    static readonly from = (...all: readonly { dispose(): unknown }[]) => new Disposable(() => { for (const one of all) one.dispose(); });
    readonly dispose: () => unknown;
    constructor(dispose: () => unknown) {
      this.dispose = dispose;
    }
  }

  const channel = { ...disposable, info: nothing, warn: nothing, error: nothing, debug: nothing, trace: nothing, show: nothing, append: nothing, appendLine: nothing };
  return {
    EventEmitter,
    Disposable,
    env: { language: 'en' },
    version: '1.100.3',
    l10n: { t: (text: string) => text },
    StatusBarAlignment: { Left: 1, Right: 2 },
    commands: { registerCommand: subscribe, executeCommand: () => Promise.resolve() },
    window: {
      createOutputChannel: () => channel,
      createTreeView: () => ({ ...disposable, selection: [], message: '', onDidChangeVisibility: subscribe, onDidCollapseElement: subscribe, onDidExpandElement: subscribe, onDidChangeSelection: subscribe, visible: false }),
      registerWebviewPanelSerializer: subscribe,
      createStatusBarItem: () => ({ ...disposable, show: nothing, hide: nothing }),
    },
    workspace: {
      getConfiguration: () => ({ get: (key: string) => settings[key] }),
      onDidChangeConfiguration: subscribe,
      onDidCloseTextDocument: subscribe,
      registerTextDocumentContentProvider: subscribe,
    },
  };
}

/** What VS Code hands to `activate`. */
export function extensionContext(extensionPath: string, packageJSON: unknown): object {
  const memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };
  return {
    subscriptions: [],
    extensionPath,
    globalStorageUri: { fsPath: `${extensionPath}/storage` },
    extension: { id: 'ecs-explorer.ecs-explorer', packageJSON },
    workspaceState: memento,
    globalState: { ...memento, setKeysForSync: () => undefined },
    secrets: { get: () => Promise.resolve(undefined), store: () => Promise.resolve(), delete: () => Promise.resolve(), onDidChange: () => ({ dispose: () => undefined }) },
  };
}
