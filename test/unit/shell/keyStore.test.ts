import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { KeyStore } from '../../../src/shell/keyStore.js';

const INDEX = 'ecsExplorer.accessKeys';
const KEY = { accessKeyId: 'LTAIone', accessKeySecret: 'secret-one' };
const SESSION = { accessKeyId: 'STS.two', accessKeySecret: 'secret-two', securityToken: 'token-two' };

type Listener = (event: { readonly key: string }) => void;

/** The editor's keyring, which all windows share: each access takes a turn of its own, and everybody is told of every change. */
class Keyring {
  readonly values = new Map<string, string>();
  isLocked = false;
  readonly #listeners = new Set<Listener>();

  /** As one window has it; an editor of our oldest age can't name its secrets. */
  window({ old = false } = {}): vscode.SecretStorage {
    const secrets = {
      get: (key: string) => this.#turn(() => this.values.get(key)),
      store: (key: string, value: string) => this.#change(key, () => this.values.set(key, value)),
      delete: (key: string) => this.#change(key, () => this.values.delete(key)),
      onDidChange: (listener: Listener) => {
        this.#listeners.add(listener);
        return { dispose: () => this.#listeners.delete(listener) };
      },
    };
    const all = old ? secrets : { ...secrets, keys: () => this.#turn(() => [...this.values.keys()]) };
    return all;
  }

  async #turn<T>(act: () => T): Promise<T> {
    await Promise.resolve();
    if (this.isLocked) throw new Error('locked');
    return act();
  }

  async #change(key: string, act: () => unknown): Promise<void> {
    await Promise.resolve();
    act();
    for (const listener of this.#listeners) listener({ key });
  }
}

/** Two windows that follow each other's changes, and what each was told. */
function twoWindows(keyring: Keyring, options?: { readonly old: boolean }) {
  const open = (): Window => {
    const store = new KeyStore(keyring.window(options));
    const told: (string | undefined)[] = [];
    const listening = store.onDidChange((name) => { told.push(name); });
    return { store, told, listening };
  };
  return [open(), open()] as const;
}

interface Window {
  readonly store: KeyStore;
  readonly told: readonly (string | undefined)[];
  readonly listening: vscode.Disposable;
}

/** Until whatever has begun has come to its end. */
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

describe.each([{ editor: 'an editor that names its secrets', old: false }, { editor: 'an editor that does not', old: true }])('the key store in $editor', ({ old }) => {
  it('gives back what was kept, in the order in which it was added, in every window', async () => {
    const [one, other] = twoWindows(new Keyring(), { old });
    await one.store.add('zebra', KEY);
    await one.store.add('ant', SESSION);
    expect(await other.store.names()).toEqual(['zebra', 'ant']);
    expect([await other.store.read('zebra'), await other.store.read('ant'), await other.store.read('else')]).toEqual([KEY, SESSION, undefined]);
  });

  it('replaces a key of the same name and keeps its place', async () => {
    const [one, other] = twoWindows(new Keyring(), { old });
    await one.store.add('a', KEY);
    await one.store.add('b', KEY);
    await other.store.add('a', SESSION);
    expect([await one.store.names(), await one.store.read('a')]).toEqual([['a', 'b'], SESSION]);
  });

  it('loses none of the keys that two windows add at once', async () => {
    const [one, other] = twoWindows(new Keyring(), { old });
    await Promise.all([one.store.add('a', KEY), other.store.add('b', KEY), one.store.add('c', KEY), other.store.add('d', KEY)]);
    await settled();
    expect([...(await one.store.names())].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(await other.store.names()).toEqual(await one.store.names());
  });

  it('does not bring back what one window removes while the other adds', async () => {
    const keyring = new Keyring();
    const [one, other] = twoWindows(keyring, { old });
    await one.store.add('a', KEY);
    await one.store.add('b', KEY);
    await Promise.all([one.store.add('c', KEY), other.store.remove('a')]);
    await settled();
    expect(await one.store.names()).toEqual(['b', 'c']);
    expect(await other.store.read('a')).toBeUndefined();
    expect([...keyring.values.keys()].filter((key) => key !== INDEX).sort()).toEqual(['ecsExplorer.accessKey:b', 'ecsExplorer.accessKey:c']);
  });

  it('tells every window of every key that was added or removed, and of nothing else', async () => {
    const keyring = new Keyring();
    const [one, other] = twoWindows(keyring, { old });
    await one.store.add('a:b', KEY);
    await one.store.remove('a:b');
    await keyring.window().store('another.secret', 'x');
    await settled();
    expect(one.told.filter((name) => name !== undefined)).toEqual(['a:b', 'a:b']);
    expect(other.told).toEqual(one.told);
    other.listening.dispose();
    await one.store.add('c', KEY);
    expect(other.told).not.toContain('c');
  });

  it.each([
    ['no JSON', 'not JSON {'],
    ['JSON of another kind', '7'],
    ['an object without its secret', JSON.stringify({ accessKeyId: 'LTAIone' })],
    ['a secret that is no text', JSON.stringify({ accessKeyId: 'LTAIone', accessKeySecret: 5 })],
  ])('has no key where there is %s, still lists it, and removes it', async (_, value) => {
    const keyring = new Keyring();
    const store = new KeyStore(keyring.window({ old }));
    await store.add('a', KEY);
    keyring.values.set('ecsExplorer.accessKey:a', value);
    expect([await store.read('a'), await store.names()]).toEqual([undefined, ['a']]);
    await store.remove('a');
    expect([await store.names(), [...keyring.values.keys()]]).toEqual([[], [INDEX]]);
  });

  it.each([['no JSON', '[['], ['no list', '{}'], ['a list of other things', '["a",1]']])('goes on where the list of names is damaged: %s', async (_, value) => {
    const keyring = new Keyring();
    const store = new KeyStore(keyring.window({ old }));
    keyring.values.set(INDEX, value);
    expect(await store.names()).toEqual([]);
    await store.add('a', KEY);
    expect(await store.names()).toEqual(['a']);
  });

  it('names no key that is not there, whatever the list says', async () => {
    const keyring = new Keyring();
    const store = new KeyStore(keyring.window({ old }));
    await store.add('a', KEY);
    keyring.values.set(INDEX, JSON.stringify(['gone', 'a', 'a']));
    expect(await store.names()).toEqual(['a']);
  });
});

describe('the key store', () => {
  it('finds keys that the list does not name, where the editor names its secrets', async () => {
    const keyring = new Keyring();
    const store = new KeyStore(keyring.window());
    await store.add('a', KEY);
    await store.add('b', KEY);
    keyring.values.set(INDEX, 'damaged');
    expect(await store.names()).toEqual(['a', 'b']);
  });

  it('does not fail over a keyring that refuses while it mends the list', async () => {
    const keyring = new Keyring();
    const [one, other] = twoWindows(keyring, { old: true });
    await one.store.add('a', KEY);
    keyring.isLocked = true;
    await keyring.window().store(INDEX, '[]');
    await settled();
    expect(other.told.at(-1)).toBeUndefined();
    await expect(one.store.names()).rejects.toThrow('locked');
  });
});
