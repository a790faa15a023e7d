import * as vscode from 'vscode';
import type { ResourceKind } from '../domain/resources.js';
import { forDocument, forTitle } from '../present/literal.js';

const SCHEME = 'ecs-explorer-json';

/** Which resource a document shows. */
export interface JsonOf {
  readonly kind: ResourceKind;
  readonly regionId: string;
  readonly id: string;
}

/** Read-only documents with the service's own JSON of a resource. They are read once, when they are opened. */
export class JsonDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration: vscode.Disposable;
  readonly #closed: vscode.Disposable;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
    this.#closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME) this.#texts.delete(uri.toString());
    });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#closed.dispose();
    this.#changed.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  async show(of: JsonOf, json: unknown): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${forTitle(of.regionId)}/${forTitle(of.id)}.json` });
    this.#texts.set(uri.toString(), forDocument(json));
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }
}
