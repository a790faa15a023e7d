import type { SecurityGroupRule } from '../resources.js';
import type { EffectiveRule } from './effectiveRule.js';
import type { Reach } from './reach.js';
import { readRule, type PrefixBlocks } from './ruleReading.js';
import { EVERYTHING, namedTraffic, spanOf, united, type Span } from './trafficSpans.js';

/** Traffic without those at its other end. */
export type Traffic = Pick<Reach, 'protocol' | 'ports'>;

/** Who is in a prefix list makes no difference here. */
const NO_LISTS: PrefixBlocks = new Map();

function spanOfRule(rule: SecurityGroupRule): Span | undefined {
  const read = readRule(rule, NO_LISTS);
  return typeof read === 'string' ? undefined : read.span;
}

function trafficIn(span: Span): readonly Traffic[] {
  return namedTraffic(span).map(({ protocol, ports }) => (ports === undefined ? { protocol } : { protocol, ports }));
}

/** What a rule is about; undefined where that can't be told (AuthorizeSecurityGroup: IpProtocol, PortRange). */
export function trafficOf(rule: SecurityGroupRule): Traffic | undefined {
  const span = spanOfRule(rule);
  return span === undefined ? undefined : trafficIn(span)[0];
}

/** What some of the lines that open a reach let through of it: where several groups open it together, each has its own part. */
export function partsOf(reach: Traffic, lines: readonly EffectiveRule[]): readonly Traffic[] {
  const whole = spanOf(reach.protocol, reach.ports);
  const parts = lines.flatMap((line): readonly Span[] => {
    const { from, to } = line.from === 'rule' ? (spanOfRule(line.rule) ?? EVERYTHING) : EVERYTHING;
    const part = { from: Math.max(from, whole.from), to: Math.min(to, whole.to) };
    return part.from < part.to ? [part] : [];
  });
  return united(parts).flatMap(trafficIn);
}
