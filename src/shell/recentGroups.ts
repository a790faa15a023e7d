import type * as vscode from 'vscode';

const KEY = 'recentGroups';
const KEPT = 8;

/** The groups that were joined last, by identity and region: those of one account mean nothing in another (law 8). */
export class RecentGroups {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  of(identityKey: string, regionId: string): readonly string[] {
    const kept = this.#memento.get<unknown>(`${KEY}/${identityKey}/${regionId}`);
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string').slice(0, KEPT) : [];
  }

  async use(identityKey: string, regionId: string, ids: readonly string[]): Promise<void> {
    const before = this.of(identityKey, regionId);
    await this.#memento.update(`${KEY}/${identityKey}/${regionId}`, [...ids, ...before.filter((id) => !ids.includes(id))].slice(0, KEPT));
  }
}
