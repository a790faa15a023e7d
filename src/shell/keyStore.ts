import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { StoredKey } from '../app/ports/cloud.js';

const KEY = v.object({ accessKeyId: v.string(), accessKeySecret: v.string(), securityToken: v.optional(v.string()) });
const NAMES = v.array(v.string());

/** The secrets' own names: one that lists the keys, since an editor of this age can't, and one for each key. */
const INDEX = 'ecsExplorer.accessKeys';
const entryOf = (name: string) => `ecsExplorer.accessKey:${name}`;

/** Two windows may write the list at once; whoever finds his change gone makes it again. */
const TRIES = 5;

/**
 * AccessKeys that the person typed, in the editor's secret storage and nowhere else: encrypted, never synced, the same
 * for all windows.
 */
export class KeyStore {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** Names of the keys, in the order in which they were added. */
  async names(): Promise<readonly string[]> {
    const names = parsed(NAMES, await this.#secrets.get(INDEX));
    return names === undefined ? [] : [...new Set(names)];
  }

  /** Undefined when it is not there: removed, or forgotten by an editor without a keyring. */
  async read(name: string): Promise<StoredKey | undefined> {
    const found = parsed(KEY, await this.#secrets.get(entryOf(name)));
    if (found === undefined) return undefined;
    const { accessKeyId, accessKeySecret, securityToken } = found;
    return { accessKeyId, accessKeySecret, ...(securityToken === undefined ? {} : { securityToken }) };
  }

  /** Keeps a key; one of the same name is replaced. */
  async add(name: string, key: StoredKey): Promise<void> {
    await this.#secrets.store(entryOf(name), JSON.stringify(key));
    await this.#list((names) => (names.includes(name) ? names : [...names, name]));
  }

  async remove(name: string): Promise<void> {
    await this.#secrets.delete(entryOf(name));
    await this.#list((names) => names.filter((other) => other !== name));
  }

  /** Told which key was added, replaced or removed, in whatever window; undefined when the list itself has changed. */
  onDidChange(listener: (name: string | undefined) => void): vscode.Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key === INDEX) listener(undefined);
      else if (key.startsWith(entryOf(''))) listener(key.slice(entryOf('').length));
    });
  }

  async #list(change: (names: readonly string[]) => readonly string[]): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const names = await this.names();
      const wanted = change(names);
      if (wanted.length === names.length && wanted.every((name, at) => name === names[at])) return;
      await this.#secrets.store(INDEX, JSON.stringify(wanted));
    }
  }
}

/** What is kept as JSON; undefined where there is nothing, or nothing of this shape. */
function parsed<S extends v.GenericSchema>(schema: S, text: string | undefined): v.InferOutput<S> | undefined {
  if (text === undefined) return undefined;
  try {
    const result = v.safeParse(schema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
