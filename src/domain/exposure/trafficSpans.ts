import { PROTOCOLS, type Protocol } from './reach.js';

/**
 * All protocols and ports on one line of places: first the ports of TCP, then those of UDP, then one place for each
 * protocol without ports. A span is the places from `from` up to, and without, `to`.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** From 1 to 65535, both ends included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

const PORTS = 65_535;

const SPANS: Readonly<Record<Protocol | 'all', Span>> = {
  tcp: { from: 0, to: PORTS },
  udp: { from: PORTS, to: 2 * PORTS },
  icmp: { from: 2 * PORTS, to: 2 * PORTS + 1 },
  icmpv6: { from: 2 * PORTS + 1, to: 2 * PORTS + 2 },
  gre: { from: 2 * PORTS + 2, to: 2 * PORTS + 3 },
  all: { from: 0, to: 2 * PORTS + 3 },
};

export const EVERYTHING = SPANS.all;
export const NOWHERE: Span = { from: 0, to: 0 };

/** @param ports of TCP or UDP; all, where they are not given */
export function spanOf(protocol: Protocol | 'all', ports?: Ports): Span {
  const whole = SPANS[protocol];
  return ports === undefined ? whole : { from: whole.from + ports.from - 1, to: whole.from + ports.to };
}

/** The smallest span with both in it. */
export function joined(a: Span, b: Span): Span {
  if (a.from >= a.to) return b;
  return b.from >= b.to ? a : { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}

/** Spans that meet are one; in their order. */
export function united(spans: readonly Span[]): readonly Span[] {
  const apart: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last === undefined || last.to < span.from) apart.push(span);
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return apart;
}

/** A span as people call it. */
export interface NamedTraffic {
  readonly protocol: Protocol | 'all';
  /** Undefined for all, and for protocols without. */
  readonly ports: Ports | undefined;
  readonly span: Span;
}

/** What a span is called, in as few parts as it takes. */
export function namedTraffic(span: Span): readonly NamedTraffic[] {
  if (span.from === EVERYTHING.from && span.to === EVERYTHING.to) return [{ protocol: 'all', ports: undefined, span }];
  const parts: NamedTraffic[] = [];
  for (const protocol of PROTOCOLS) {
    const whole = SPANS[protocol];
    if (span.to <= whole.from) break;
    const from = Math.max(span.from, whole.from);
    const to = Math.min(span.to, whole.to);
    if (from >= to) continue;
    const isWhole = from === whole.from && to === whole.to;
    parts.push({ protocol, ports: isWhole ? undefined : { from: from - whole.from + 1, to: to - whole.from }, span: { from, to } });
  }
  return parts;
}
