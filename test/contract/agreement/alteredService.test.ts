import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiError } from '../../../src/sandbox/apiError.js';
import type { MembershipRules } from '../../../src/sandbox/membershipFacts.js';
import { MEMBERSHIP_RULES } from '../../../src/sandbox/serviceRules.js';
import { control } from '../support/sandboxControl.js';
import { RULE_NAMES, watchedRules, WRONG_BOUNDS, wrongVersions } from './alterations.js';
import { pairTrials } from './pairTrials.js';
import { fittingPairs, rawTrial, regionTrials, requests } from './rawTrials.js';
import { complaints, countHits, type Hits } from './score.js';
import { disagreement, type Observation } from './trial.js';
import { observe, openWorld, randomRecipes, REPLAY, SEED, type OpenWorld } from './worldRun.js';

/**
 * A net that nothing falls into holds nothing. Here the service is made wrong, one rule at a time, and the run
 * of `rulesAndService.test.ts` has to notice: by a contradiction, or because something that has to be met
 * often enough is not. So that this is quick, it is the same run on the trials that are about the rule.
 */

const WORLDS = 2;
const REQUESTS = 700;
/** Trials for each code of a rule, for each bound, and of those that are accepted; half of them have to be met again. */
const AIMED = 8;
const PATIENCE_MS = 300_000;

interface Watched extends Observation {
  /** The rule that refused. */
  readonly rule: string | undefined;
}

describe('a service with one wrong rule', () => {
  let open: OpenWorld;
  let rules: MembershipRules = MEMBERSHIP_RULES;
  const seen: Watched[] = [];
  const refusals = new Map<string, ApiError>();
  const noticed: string[] = [];

  beforeAll(async () => {
    let refusedBy: string | undefined;
    const recipe = randomRecipes(WORLDS).at(-1);
    if (recipe === undefined) throw new Error('There is no world.');
    open = await openWorld(recipe, { rules: { get request() { return rules.request; }, get lookup() { return rules.lookup; }, get join() { return rules.join; } } });
    rules = watchedRules((rule, refusal) => {
      refusedBy = rule;
      refusals.set(rule, refusal);
    });
    const watch = async (trial: Observation['trial']): Promise<Watched> => {
      refusedBy = undefined;
      const code = await trial.send(open);
      return { trial, code, rule: refusedBy };
    };
    const pairs = await pairTrials(open, open.world(), open.name);
    for (const trial of pairs) seen.push(await watch(trial));
    const fitting = fittingPairs(pairs.map((trial, at) => ({ trial, code: seen[at]?.code ?? '' })));
    for (const asked of fc.sample(requests(fitting), { seed: SEED, numRuns: REQUESTS })) seen.push(await watch(rawTrial(asked, fitting)));
    for (const trial of await regionTrials(open, fitting, { seed: SEED, count: AIMED })) seen.push(await watch(trial));
  }, PATIENCE_MS);

  afterAll(async () => {
    process.stdout.write(`How a wrong rule is noticed\n${noticed.join('\n')}\n`);
    await open.sandbox.stop();
  });

  /** The trials that are about a rule: refused by it, at one of its bounds, and accepted. */
  function aimedAt(rule: string): readonly Observation[] {
    const own = seen.filter((observation) => observation.rule === rule);
    const codes = [...new Set(own.map(({ code }) => code))].flatMap((code) => own.filter((observation) => observation.code === code).slice(0, AIMED));
    const edges = [...new Set(seen.flatMap(({ trial }) => trial.edges.map(({ name }) => name)))].filter((name) => boundsOf(rule).some((start) => name.startsWith(start)));
    const atEdges = edges.flatMap((name) => seen.filter(({ trial, code }) => trial.edges.some((edge) => edge.name === name && edge.code === code)).slice(0, AIMED));
    const accepted = seen.filter(({ trial, code }) => trial.verdict === 'ready' && code === 'ok').slice(0, AIMED);
    return [...new Set([...codes, ...atEdges, ...accepted])];
  }

  /** What the trials about a rule have to meet again: its codes and its bounds. */
  function neededFor(aimed: readonly Observation[]): Hits {
    const labels = new Set(aimed.flatMap(({ trial, code }) => [code, ...trial.edges.filter((edge) => edge.code === code).map(({ name }) => name)]));
    return new Map([...countHits(aimed)].filter(([label]) => labels.has(label)).map(([label, hits]) => [label, Math.ceil(Math.min(hits, AIMED) / 2)]));
  }

  /** Runs the trials about a rule, up to the first contradiction, and says why the run does not pass. */
  async function run(rule: string, wrong: MembershipRules): Promise<readonly string[]> {
    await control(open.sandbox, 'reset');
    rules = wrong;
    const aimed = aimedAt(rule);
    const again: Observation[] = [];
    for (const { trial } of aimed) {
      again.push(...(await observe(open, [trial])));
      if (again.slice(-1).some((last) => disagreement(last) !== undefined)) break;
    }
    return complaints(again, neededFor(aimed));
  }

  it.each(RULE_NAMES)('is met by the trials: %s refuses often enough, and with the right rule all is well', async (rule) => {
    expect(seen.filter((observation) => observation.rule === rule).length, REPLAY).toBeGreaterThanOrEqual(AIMED);
    expect(await run(rule, MEMBERSHIP_RULES), REPLAY).toEqual([]);
  }, PATIENCE_MS);

  it.each(RULE_NAMES)('is noticed whatever is wrong: %s', async (rule) => {
    const refusal = refusals.get(rule);
    if (refusal === undefined) throw new Error(`It never refused. ${REPLAY}`);
    const wrong = [...wrongVersions(rule, refusal), ...WRONG_BOUNDS.filter((bound) => bound.rule === rule)];
    for (const alteration of wrong) {
      const found = await run(rule, alteration.rules);
      expect(found, `${rule} ${alteration.what}. ${REPLAY}`).not.toEqual([]);
      noticed.push(`  ${`${rule} ${alteration.what}`.padEnd(64)} ${(found[0] ?? '').replace(/^world \d+, /, '').slice(0, 150)}`);
    }
  }, PATIENCE_MS);
});

/** How the names of a rule's bounds begin. */
function boundsOf(rule: string): readonly string[] {
  const known: Readonly<Record<string, readonly string[]>> = { groupCountIsInBounds: ['V15'], ruleTotalIsInBounds: ['V16'], groupHasRoom: ['V17'] };
  return known[rule] ?? [];
}
