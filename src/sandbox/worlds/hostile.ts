import type { Group, WorldData } from '../model.js';
import { ACCOUNT_ID } from './accounts.js';
import { RegionBuilder } from './build.js';
import { DEFAULT_LIMITS } from './limits.js';
import { oddRules } from './oddRules.js';
import type { RuleSpec } from './specs.js';

/** Texts that would do harm where they are not shown literally; each names what it is. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  icon: '$(zap) $(sync~spin) $(error)',
  link: '[open me](command:workbench.action.quit) [web](https://example.com/?q=<x>)',
  image: '![pixel](https://example.com/pixel.png)',
  table: '| a | b |\n|---|---|\n`code` **bold** ~~gone~~ <!-- -->',
  html: '<img src=x onerror=alert(1)><script>alert(2)</script>',
  closing: '"></div></style></script><iframe srcdoc="<script>alert(3)</script>">',
  entity: '&lt;b&gt;&amp;&#x3c;&nbsp;',
  bidi: 'invoice\u202Egnp.exe\u202C \u2066isolated\u2069 \u200Fright',
  zeroWidth: 'ad\u200Bmin\u200C\u200D\u2060\uFEFF',
  control: 'bell\u0007 back\u0008 escape\u001B[31mred\u001B[0m nul\u0000 del\u007F',
  newlines: 'first line\r\nsecond line\nthird\u2028fourth\u2029fifth\tand a tab',
  emoji: '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇨🇳 e\u0301 \uD83D',
  shell: '$(rm -rf ~) `id` ; | & > /tmp/x \'q\' "dq" \\ %PATH% ${HOME} !!',
  code: '${process.exit()} {{7*7}} %s %d {0} ${1:place} #{x}',
  path: '../../../../etc/passwd\\..\\..\\windows',
  json: '{"__proto__":{"polluted":true}}',
  sql: "Robert'); DROP TABLE groups;--",
  formula: '=HYPERLINK("https://example.com","x")',
  long: 'x'.repeat(5_000),
  longWords: '名字很长 '.repeat(1_000).slice(0, 5_000),
  combining: `z${'\u0335\u0336\u0337'.repeat(60)}`,
  empty: '',
  blank: ' \t\u00A0\u3000 ',
  prototype: '__proto__',
  constructor: 'constructor',
  toString: 'toString',
  quotes: '\'"`´‘’“”«»',
  yaml: '- !!js/function > "function(){}"',
};

/** How long a tag's value may be. */
export const MAX_TAG = 128;

/** Twenty tags whose keys and values are as long as the service allows. */
const MANY_TAGS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [`${String(index).padStart(2, '0')}-`.padEnd(MAX_TAG, 'k'), `${String(index).padStart(2, '0')}-`.padEnd(MAX_TAG, 'v')]),
);

/** Computed names are own properties, also `__proto__`. */
const ODD_TAGS: Readonly<Record<string, string>> = {
  ['__proto__']: 'polluted',
  ['constructor']: 'prototype',
  ['hasOwnProperty']: '',
  ['<b>key</b>']: '<i>value</i>',
  ['$(key)']: '$(flame) [x](command:workbench.action.quit)',
  env: 'prod',
};

const RULES: readonly RuleSpec[] = [
  { port: '22/22', from: '0.0.0.0/0', note: HOSTILE_TEXTS['html'] ?? '' },
  { port: '443/443', from: '0.0.0.0/0', note: HOSTILE_TEXTS['link'] ?? '' },
  { policy: 'Drop', protocol: 'ALL', from: '192.0.2.0/24', note: HOSTILE_TEXTS['newlines'] ?? '' },
];

interface Role {
  readonly key: string;
  readonly text: string;
  /** The name of one thing is the description of another. */
  readonly next: string;
  /** With the text itself, as far as a tag has room. */
  readonly tags: Readonly<Record<string, string>>;
  /** Of some instances: other odd ones. */
  readonly oddTags: Readonly<Record<string, string>>;
}

function cast(): readonly Role[] {
  const entries = Object.entries(HOSTILE_TEXTS);
  return entries.map(([key, text], index) => {
    const tags = { env: 'prod', [key]: text.slice(0, MAX_TAG) };
    const oddTags = index === 0 ? MANY_TAGS : index % 3 === 1 ? ODD_TAGS : tags;
    return { key, text, next: entries[(index + 1) % entries.length]?.[1] ?? '', tags, oddTags };
  });
}

/** A world that is believable but for its texts: one region, one VPC, things that can be joined. */
export function buildHostileWorld(): WorldData {
  const region = new RegionBuilder('cn-hangzhou', ACCOUNT_ID, '203.0.113');
  const vpc = region.vpc('hostile', '172.16');
  const groups: readonly [Group, ...Group[]] = [
    region.group({ name: 'plain', vpc, rules: RULES, description: 'the one with a plain name' }),
    ...cast().map(({ key, text, next, tags }) => region.group({ name: `group-${key}`, shown: text, vpc, description: next, tags, rules: RULES })),
  ];
  region.instance({ name: 'plain', vpc, groups: [groups[0]], tags: { env: 'prod' } });
  for (const [index, { key, text, next, tags, oddTags }] of cast().entries()) {
    const own = [groups[0], groups[1 + (index % (groups.length - 1))] ?? groups[0]];
    region.instance({ name: `instance-${key}`, shown: text, vpc, groups: own, description: next, tags: oddTags });
    region.eni({ name: `eni-${key}`, shown: text, vpc, groups: [groups[0]], description: next, tags });
  }
  // Names that are ids: a thing's own, and that of another kind of thing.
  const odd = region.group({ name: 'id-of-an-instance', shown: region.id('i', 'plain'), vpc, description: region.id('sg', 'plain'), rules: oddRules(region, HOSTILE_TEXTS['html'] ?? '') });
  region.instance({ name: 'own-id', shown: region.id('i', 'own-id'), vpc, groups: [groups[0], odd] });
  region.instance({ name: 'other-id', shown: region.id('sg', 'plain'), vpc, groups: [groups[0]] });
  region.eni({ name: 'id-of-a-group', shown: region.id('sg', 'plain'), vpc, groups: [groups[0]] });
  return { name: 'hostile', accountId: ACCOUNT_ID, limits: DEFAULT_LIMITS, regions: [region.data()] };
}
