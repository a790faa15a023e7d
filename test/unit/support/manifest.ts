import { jsonOf } from './sources.js';

/** The part of package.json that the tests read. */
export interface Manifest {
  readonly version: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly l10n: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly viewsContainers: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when?: string; readonly contents: string }[];
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>>;
    readonly keybindings?: readonly { readonly command: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

export interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly order: number;
  readonly scope?: string;
  readonly ignoreSync?: boolean;
  readonly markdownDescription?: string;
}

export const MANIFEST = jsonOf('package.json') as Manifest;

/** The condition of everything that is shown or enabled under a condition. */
export function clauses(manifest: Manifest): readonly string[] {
  const { views, viewsWelcome, commands, menus, keybindings = [] } = manifest.contributes;
  const conditional = [...Object.values(views).flat(), ...viewsWelcome, ...Object.values(menus).flat(), ...keybindings];
  return [...conditional.map(({ when }) => when), ...commands.map(({ enablement }) => enablement)].filter((clause) => clause !== undefined);
}

/** Every string in a JSON value, wherever it stands. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Everything in braces, sorted, so that two languages may put them in another order. */
export function placeholders(text: string): readonly string[] {
  return (text.match(/\{[^}]*\}/g) ?? []).sort();
}
