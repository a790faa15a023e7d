import * as vscode from 'vscode';

/** Every test file is a bundle with a copy of this module; the window, and so this record, is one. */
const shared = globalThis as { recordedLogLines?: string[] };
const lines = (shared.recordedLogLines ??= []);

/**
 * Remembers what the extension writes into its log channel. The file on disk is checked by the UI tests; here it
 * would be a race with VS Code's own flushing. To be called before the extension is activated.
 */
export function recordChannel(): void {
  const create = vscode.window.createOutputChannel.bind(vscode.window) as (name: string, options: { readonly log: true }) => vscode.LogOutputChannel;
  const recording = (name: string, options: { readonly log: true }): vscode.LogOutputChannel => {
    const channel = create(name, options);
    if (name !== 'ECS Explorer') return channel;
    return new Proxy(channel, {
      get(target, property) {
        const value = Reflect.get(target, property) as unknown;
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]): unknown => {
          if (property === 'info' || property === 'error' || property === 'warn') lines.push(args.map(String).join(' '));
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  };
  Object.assign(vscode.window, { createOutputChannel: recording });
}

/** Everything that was written so far. */
export function recordedLog(): string {
  return lines.join('\n');
}
