import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { StoredKey } from '../app/ports/cloud.js';
import { onFirstUse } from '../domain/onFirstUse.js';

const storedKey = onFirstUse(() => v.object({ accessKeyId: v.string(), accessKeySecret: v.string(), securityToken: v.optional(v.string()) }));
const storedNames = onFirstUse(() => v.array(v.string()));

/** The secrets' own names: one for each key, and one that keeps their order (and names them where the editor is too old to). */
const INDEX = 'ecsExplorer.accessKeys';
const ENTRY = 'ecsExplorer.accessKey:';
const entryOf = (name: string) => `${ENTRY}${name}`;

/** Two windows may write the list at once; whoever finds his change gone makes it again. */
const TRIES = 5;

/** The secrets, with what newer editors than our oldest one have: the names of all. */
type Secrets = vscode.SecretStorage & { readonly keys?: () => Thenable<readonly string[]> };

/**
 * AccessKeys that the person typed, in the editor's secret storage and nowhere else: encrypted, never synced, the same
 * for all windows.
 */
export class KeyStore {
  readonly #secrets: Secrets;
  /** What was added here: another window may lose it from the list, which it writes as a whole. */
  readonly #added = new Set<string>();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** Names of the keys that are there, in the order in which they were added. */
  async names(): Promise<readonly string[]> {
    const stored = (await this.#secrets.keys?.())?.filter((key) => key.startsWith(ENTRY)).map((key) => key.slice(ENTRY.length));
    const listed = await this.#listed();
    if (stored !== undefined) return [...listed.filter((name) => stored.includes(name)), ...stored.filter((name) => !listed.includes(name))];
    const found = await Promise.all(listed.map((name) => this.#has(name)));
    return listed.filter((_, at) => found[at] === true);
  }

  /** Undefined when it is not there: removed, or forgotten by an editor without a keyring. */
  async read(name: string): Promise<StoredKey | undefined> {
    const found = parsed(storedKey(), await this.#secrets.get(entryOf(name)));
    if (found === undefined) return undefined;
    const { accessKeyId, accessKeySecret, securityToken } = found;
    return { accessKeyId, accessKeySecret, ...(securityToken === undefined ? {} : { securityToken }) };
  }

  /** Keeps a key; one of the same name is replaced. */
  async add(name: string, key: StoredKey): Promise<void> {
    this.#added.add(name);
    await this.#secrets.store(entryOf(name), JSON.stringify(key));
    await this.#list((names) => (names.includes(name) ? names : [...names, name]));
  }

  async remove(name: string): Promise<void> {
    this.#added.delete(name);
    await this.#secrets.delete(entryOf(name));
    await this.#list((names) => names.filter((other) => other !== name));
  }

  /** Told which key was added, replaced or removed, in whatever window; undefined when the list itself has changed. */
  onDidChange(listener: (name: string | undefined) => void): vscode.Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key.startsWith(ENTRY)) listener(key.slice(ENTRY.length));
      if (key !== INDEX) return;
      listener(undefined);
      // A keyring that refuses says so where the key is used.
      this.#mend().catch(() => undefined);
    });
  }

  /** Names again what was added here, where the other window's list lacks it and nobody has removed it. */
  async #mend(): Promise<void> {
    for (const name of this.#added) if (await this.#has(name)) await this.#list((names) => (names.includes(name) ? names : [...names, name]));
  }

  async #has(name: string): Promise<boolean> {
    return (await this.#secrets.get(entryOf(name))) !== undefined;
  }

  async #listed(): Promise<readonly string[]> {
    return [...new Set(parsed(storedNames(), await this.#secrets.get(INDEX)))];
  }

  async #list(change: (names: readonly string[]) => readonly string[]): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const names = await this.#listed();
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
