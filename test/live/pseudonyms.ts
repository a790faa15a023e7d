import { redact } from '../../src/domain/redact.js';

/** Values that this program made up itself, so that they tell nothing about an account. */
export const MADE_UP = {
  token: 'not-a-token',
  region: 'cn-nowhere-1',
  language: 'xx-XX',
  instance: 'i-bp1verifylive0000000',
  interface: 'eni-bp1verifylive0000000',
  group: 'sg-bp1verifylive0000000',
  prefixList: 'pl-bp1verifylive0000000',
  malformedInstance: 'i-bp1 with spaces',
  malformedInterface: 'eni-bp1 with spaces',
  malformedGroup: 'sg-bp1 with spaces',
  notAList: 'not a list',
} as const;

/** Parameters that name nothing of the account. */
const LITERAL = ['AcceptLanguage', 'MaxResults', 'PageNumber', 'PageSize', 'DryRun', 'Direction', 'IsQueryEcsCount', 'ServiceManaged'];

const KINDS: Readonly<Record<string, string>> = {
  RegionId: 'region',
  InstanceId: 'instance',
  InstanceIds: 'instance',
  NetworkInterfaceId: 'interface',
  SecurityGroupId: 'group',
  SecurityGroupIds: 'group',
  PrefixListId: 'prefix list',
  NextToken: 'token',
};

const KNOWN: readonly string[] = Object.values(MADE_UP);

/** What could be an id, an address or a request's id in a text that should have none. */
const TELLING = /\b(?:i|eni|sg|sgr|vpc|vsw|eip|asg|rg|acl|pl)-[\w-]{4,}|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9A-F]{8}-[0-9A-F-]{27}\b|\b\d{12,}\b/gi;

/** Puts a stable name in the place of every value: the same one for the same value, in the order of their first use. */
export class Pseudonyms {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  of(kind: string, value: string): string {
    if (KNOWN.includes(value)) return value;
    const key = `${kind}\n${value}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = `${kind}#${count}`;
    this.#names.set(key, name);
    return name;
  }

  /** A request's parameters without values of the account. */
  parameters(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, this.#value(name.replace(/\.\d+$/, ''), value)]));
  }

  #value(name: string, value: string): string {
    if (LITERAL.includes(name)) return value;
    const kind = KINDS[name] ?? 'value';
    return (idsIn(value) ?? [value]).map((one) => this.of(kind, one)).join(', ');
  }
}

/** The members of a list of ids that travels as one JSON text. */
function idsIn(value: string): readonly string[] | undefined {
  if (!value.startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** A text of ours for the transcript. It is made of counts, codes and field names; this is the net under it. */
export function cleaned(text: string): string {
  return redact(text).replace(TELLING, '[hidden]');
}

/** A code as the service spells it; anything else than a code's characters is not repeated. */
export function cleanCode(code: string): string {
  return /^[A-Za-z][A-Za-z0-9._]{0,99}$/.test(code) || code === '' || code === 'no code' ? cleaned(code) : '(odd code)';
}
