import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lateRun, type LateRun } from './changes.js';
import { proofWithout, refusedFor } from './hiddenProof.js';
import { HIDDEN_TRUTHS } from './hiddenTruths.js';
import { pairTrials, type PairObservation } from './pairTrials.js';
import { fittingPairs, rawTrial, regionTrials, requests, type FittingPairs } from './rawTrials.js';
import { complaints, hitTable, wholeRun } from './score.js';
import { disagreement, type Observation } from './trial.js';
import { observe, openWorld, randomRecipes, REPLAY, SEED, type OpenWorld } from './worldRun.js';

/**
 * The preflight rules and the sandbox were written apart from the same documents. Here each checks the other
 * over the wire, on worlds, requests and changes at random: what the rules say of a join is compared with what
 * the service then answers (`disagreement` says how), and nothing counts that was not met often enough.
 */

const WORLDS = 4;
const ENOUGH = 50;
const REQUESTS = 900;
const LATE_RUNS = 16;
const NEEDED = wholeRun(ENOUGH);
const PATIENCE_MS = 300_000;

describe('preflight rules and service', () => {
  const worlds: { readonly open: OpenWorld; readonly seen: readonly PairObservation[] }[] = [];
  const all: Observation[] = [];
  let fitting: FittingPairs;
  let first: OpenWorld;

  beforeAll(async () => {
    for (const recipe of randomRecipes(WORLDS)) {
      const open = await openWorld(recipe);
      worlds.push({ open, seen: await observe(open, await pairTrials(open, open.world(), open.name)) });
    }
    const [world] = worlds;
    if (world === undefined) throw new Error('There is no world.');
    first = world.open;
    fitting = fittingPairs(world.seen);
    all.push(...worlds.flatMap(({ seen }) => seen));
  }, PATIENCE_MS);

  afterAll(async () => {
    process.stdout.write(`${hitTable(all, NEEDED)}${REPLAY}\n`);
    await Promise.all(worlds.map(({ open }) => open.sandbox.stop()));
  });

  it('agree on every pair of a target and a group', () => {
    expect(all.flatMap((observation) => disagreement(observation) ?? []), REPLAY).toEqual([]);
  });

  it('agree on what is wrong in a request itself', async () => {
    const property = fc.asyncProperty(requests(fitting), async (asked) => {
      const [observation] = await observe(first, [rawTrial(asked, fitting)]);
      if (observation === undefined) throw new Error('Nothing was observed.');
      all.push(observation);
      expect(disagreement(observation)).toBeUndefined();
    });
    await fc.assert(property, { seed: SEED, numRuns: REQUESTS });
  }, PATIENCE_MS);

  it('call the same ids malformed: what the service calls so, the rules warned about', () => {
    const malformed = all.filter(({ code }) => code.endsWith('Malformed'));
    expect(malformed.filter(({ trial }) => !trial.rules.includes('V3')).map(({ trial }) => trial.what)).toEqual([]);
  });

  it('agree on a region that there is not: no plan can be made, for the reason that the service gives', async () => {
    const seen = await observe(first, await regionTrials(first, fitting, { seed: SEED, count: ENOUGH + 10 }));
    all.push(...seen);
    expect(seen.flatMap((observation) => disagreement(observation) ?? []), REPLAY).toEqual([]);
  }, PATIENCE_MS);

  describe('when another hand changes targets between plan and join', () => {
    const runs: LateRun[] = [];
    beforeAll(async () => {
      for (let at = 0; at < LATE_RUNS; at += 1) runs.push(await lateRun(first, at));
      all.push(...runs.flatMap(({ joins }) => joins.map(({ observation }) => observation)));
    }, PATIENCE_MS);

    const joins = () => runs.flatMap((run) => run.joins);
    const stopped = () => joins().filter(({ report }) => report.findings.some(({ rule }) => rule === 'V20'));

    it('agree on the facts that were read again', () => {
      expect(joins().flatMap(({ observation }) => disagreement(observation) ?? []), REPLAY).toEqual([]);
    });

    it('send nothing where something new stands against it (V20), and only where something was changed', () => {
      expect(new Set(stopped().map(({ report, change }) => `${report.outcome}, ${report.sent ? 'sent' : 'not sent'}, ${change === undefined ? 'nothing' : 'something'} changed`))).toEqual(new Set(['refused, not sent, something changed']));
    });

    it('stop every join that turned from possible to blocked or unlisted', () => {
      const turned = joins().filter(({ before, observation }) => ['ready', 'warn'].includes(before.verdict) && (observation.trial.verdict === 'blocked' || observation.trial.rules.includes('V4')));
      expect(turned.length).toBeGreaterThan(10);
      expect(turned.filter((join) => !stopped().includes(join)).map(({ observation }) => observation.trial.what)).toEqual([]);
    });

    it('report as sent what the service received, and nothing else', () => {
      expect(runs.map(({ joins: some }) => some.filter(({ report }) => report.sent).length)).toEqual(runs.map(({ received }) => received));
    });
  });

  it.each(HIDDEN_TRUTHS)('is truly hidden: $name, which brings $code', async (truth) => {
    const world = worlds.find(({ seen }) => refusedFor(truth, seen).length > 0);
    if (world === undefined) throw new Error(`No world of this run hid it. ${REPLAY}`);
    const { plans, plansWithout, codesWithout } = await proofWithout(truth, world.open, world.seen);
    expect(plansWithout).toEqual(plans);
    expect(codesWithout).not.toContain(truth.code);
  }, PATIENCE_MS);

  it(`met every rule, every code and every bound ${ENOUGH} times`, () => {
    expect(complaints(all, NEEDED), REPLAY).toEqual([]);
  });
});
