import { differenceOf } from '../../src/domain/exposure/difference.js';
import type { EvaluatedGroup } from '../../src/domain/exposure/effectiveRule.js';
import { effectiveRules } from '../../src/domain/exposure/effectiveRules.js';
import { cpuSince } from './figures.js';
import { randomGroups } from './randomRules.js';

/** A program: evaluates rules that nobody has looked at before, and prints the CPU of the first time and of later ones. */
const TIMES = 120;

interface Work {
  readonly groups: number;
  readonly rules: number;
  readonly times: number;
  /** Gives how many rules took part. */
  readonly evaluate: (groups: readonly EvaluatedGroup[]) => number;
}

function effective(groups: readonly EvaluatedGroup[]): number {
  const { ingress, egress } = effectiveRules({ groups });
  return [...ingress, ...egress].filter(({ from }) => from === 'rule').length;
}

/** The first group stays, the others join. */
const joining = (groups: readonly EvaluatedGroup[]): number => differenceOf({ groups: groups.slice(0, 1) }, { groups }).total.after;

const WORKS: Readonly<Record<string, Work>> = {
  effective: { groups: 5, rules: 200, times: TIMES, evaluate: effective },
  difference: { groups: 2, rules: 500, times: TIMES, evaluate: joining },
  many: { groups: 2, rules: 5000, times: 8, evaluate: joining },
};

function once({ groups, rules, evaluate }: Work, seed: number): number {
  const made = randomGroups({ groups, rules, seed });
  const before = process.cpuUsage();
  const took = evaluate(made);
  const cpuMs = cpuSince(before);
  if (took !== groups * rules) throw new Error(`${took} rules instead of ${groups * rules}`);
  return cpuMs;
}

const work = WORKS[process.argv[2] ?? ''];
if (work === undefined) throw new Error('what is to be evaluated?');
const first = once(work, 1);
const later: number[] = [];
for (let seed = 2; seed <= work.times; seed += 1) later.push(once(work, seed));
// The first ones are still read by the interpreter; a page evaluates whenever something is looked at.
process.stdout.write(`${JSON.stringify({ first, later: later.slice(Math.floor(later.length / 2)) })}\n`);
