import type { ResourceKind } from './resources.js';

/** Prefixes of today's ids. Very old ids have none, so a missing prefix proves nothing. */
const PREFIXES: Readonly<Record<ResourceKind, string>> = {
  instance: 'i-',
  networkInterface: 'eni-',
  securityGroup: 'sg-',
};

/** Prefixes of other things that get pasted by mistake. */
const FOREIGN_PREFIXES = ['vpc-', 'vsw-', 'sgr-', 'eip-', 'd-', 's-', 'm-', 'pl-'];

/** Longer than any id the service has ever used, shorter than any pasted text. */
const ABSURD_LENGTH = 64;

export type IdProblem = 'empty' | 'characters' | 'length' | 'otherKind';

/**
 * What is wrong with an id, as far as its text can tell: impossible characters, absurd length or the
 * prefix of another kind. Everything else is left to the service (ECS facts, rule V3).
 */
export function idProblem(id: string, kind: ResourceKind): IdProblem | undefined {
  if (id === '') return 'empty';
  if (id.length > ABSURD_LENGTH) return 'length';
  if (!/^[A-Za-z0-9-]+$/.test(id)) return 'characters';
  const others = [...Object.values(PREFIXES), ...FOREIGN_PREFIXES].filter((prefix) => prefix !== PREFIXES[kind]);
  return others.some((prefix) => id.startsWith(prefix)) ? 'otherKind' : undefined;
}

/** The kind that an id's prefix tells; undefined for old ids and other text. */
export function kindOfId(id: string): ResourceKind | undefined {
  const kinds: readonly ResourceKind[] = ['networkInterface', 'securityGroup', 'instance'];
  return kinds.find((kind) => new RegExp(`^${PREFIXES[kind]}[a-z0-9]+$`, 'i').test(id));
}

/**
 * The first id of one of these kinds in a text: an id by itself, a console address, a line of a log or of code.
 * Ids without a prefix are not found: any word might be one.
 */
export function idIn(text: string, kinds: readonly ResourceKind[]): string | undefined {
  for (const [, id = ''] of text.slice(0, 5000).matchAll(/(?<![a-z0-9-])((?:eni|sg|i)-[a-z0-9]{3,60})(?![a-z0-9-])/gi)) {
    const kind = kindOfId(id);
    if (kind !== undefined && kinds.includes(kind)) return id;
  }
  return undefined;
}

/** Names of places where anybody may have a bucket called `ecs`: `ecs.oss-cn-hangzhou.aliyuncs.com` is one (OSS, regions and endpoints). */
const OF_BUCKETS = /(?:^|-)(?:oss|img)(?:-|$)/;

/**
 * Region ids become part of a host name, so anything else than these characters is refused before any request, and
 * so is what would make the host a bucket's: a workspace may name regions (law 11).
 */
export function isRegionId(text: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(text) && !OF_BUCKETS.test(text);
}

/**
 * Region codes seen inside ids, after the prefix. Unofficial: a hint where to look first, never a fact.
 */
const REGION_CODES: Readonly<Record<string, string>> = {
  bp1: 'cn-hangzhou',
  '2ze': 'cn-beijing',
  uf6: 'cn-shanghai',
  wz9: 'cn-shenzhen',
  m5e: 'cn-qingdao',
  '8vb': 'cn-zhangjiakou',
  hp3: 'cn-huhehaote',
  '0jl': 'cn-wulanchabu',
  '2vc': 'cn-chengdu',
  j6c: 'cn-hongkong',
  t4n: 'ap-southeast-1',
  '6we': 'ap-northeast-1',
  rj9: 'us-west-1',
  '0xi': 'us-east-1',
  gw8: 'eu-central-1',
};

/** The region that the code inside an id hints at. */
export function regionHint(id: string): string | undefined {
  const code = /^[a-z]+-([a-z0-9]{3})/.exec(id)?.[1];
  return code === undefined ? undefined : REGION_CODES[code];
}
