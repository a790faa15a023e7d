import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** So long is the shortest part of a secret that must not be found anywhere. */
const PIECE = 12;

/** A text and the name of the place where it was seen. */
export type Seen = readonly [place: string, text: string];

/** Secrets with a text of their own each, and the search for what has become of them. */
export class Canaries {
  /** Every piece of every form, and whose it is. */
  readonly #pieces = new Map<string, string>();

  /** Adds a secret; what no secret has alone, such as a prefix of all tokens, is left out by the caller. */
  add(name: string, secret: string): void {
    for (const form of formsOf(secret)) for (let at = 0; at + PIECE <= form.length; at += 1) this.#pieces.set(form.slice(at, at + PIECE), name);
  }

  /** Which secrets are in a text, wholly or in part. */
  in(text: string): readonly string[] {
    const found = new Set<string>();
    for (let at = 0; at + PIECE <= text.length; at += 1) {
      const name = this.#pieces.get(text.slice(at, at + PIECE));
      if (name !== undefined) found.add(name);
    }
    return [...found].sort();
  }

  /** The texts with a secret in them, as `place: secret`. */
  among(seen: readonly Seen[]): readonly string[] {
    return seen.flatMap(([place, text]) => this.in(text).map((name) => `${place}: ${name}`));
  }
}

/** A secret as it is, percent-encoded, and in base64 wherever in a text it begins. */
function formsOf(secret: string): readonly string[] {
  const base64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.from('x'.repeat(before) + secret).toString('base64');
    // What the neighbours have a part in is not the secret's.
    const own = text.slice(before === 0 ? 0 : 4).replace(/=+$/, '').slice(0, -2);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [secret, encodeURIComponent(secret), encodeURIComponent(encodeURIComponent(secret)), ...base64];
}

/** Every file below a folder, also as it reads when its characters have two bytes. */
export function filesOf(folder: string): readonly Seen[] {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry): Seen => {
    const file = path.join(entry.parentPath, entry.name);
    const text = fs.readFileSync(file, 'latin1');
    return [path.relative(folder, file), text.includes('\0') ? `${text}\n${text.replaceAll('\0', '')}` : text];
  });
}

/** What the window shows, also in its editors and webviews' frames. */
export async function shownBy(page: Page, place: string): Promise<Seen> {
  return [`the window after ${place}`, await page.evaluate(() => document.documentElement.outerHTML)];
}

/** What the browser's VS Code keeps of a window: its settings, its state of the workspace and of the person, its secrets. */
export async function storedBy(page: Page): Promise<readonly Seen[]> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
      request.onsuccess = () => { resolve(request.result); };
      request.onerror = () => { reject(request.error ?? new Error('The database does not answer.')); };
    });
    const seen: [string, string][] = [...Object.entries(localStorage)].map(([key, value]) => [`localStorage ${key}`, `${key}\n${String(value)}`]);
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const text = (value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : typeof value === 'string' ? value : JSON.stringify(value));
        const keys: readonly unknown[] = await done(objects.getAllKeys());
        const values: readonly unknown[] = await done(database.transaction(store).objectStore(store).getAll());
        seen.push([`database ${name} ${store}`, [...keys, ...values].map(text).join('\n')]);
      }
      database.close();
    }
    return seen;
  });
}
