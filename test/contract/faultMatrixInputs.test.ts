import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NEVER } from '../../src/app/cancelSource.js';
import { historyOf } from '../../src/app/journaling.js';
import { membershipIntent, type Intent, type Plan } from '../../src/app/plan.js';
import type { StepReport } from '../../src/app/stepReport.js';
import type { ChangeKind, Step } from '../../src/domain/change.js';
import { newWindowId } from '../../src/store/windowName.js';
import type { JournalDisk } from '../../src/store/journalWriter.js';
import { groupRules, instance, securityGroup } from '../unit/support/builders.js';
import { FakeEcs } from '../unit/support/fakeEcs.js';
import { KINDS } from './faultMatrix/cells.js';
import { entriesIn, journalsIn, onStage, planOn, requestsIn, runOn, writesIn, type Stage, type StageOptions } from './faultMatrix/stage.js';
import { watched } from './faultMatrix/watchedEcs.js';
import { BASE, HOME, REGION_ID, SPARE, stepsOf, TARGETS, WANTED } from './faultMatrix/world.js';
import { valueOf } from './support/cloudConnection.js';
import { control } from './support/sandboxControl.js';

/** Bad input of changes of memberships, and a bad disk, on the whole way from the wish to the journal and the wire. */

const identity = { key: 'k' };
const AGED_MS = 11_000;
const DONE: Readonly<Record<ChangeKind, string>> = { join: 'joined', leave: 'left', replace: 'replaced' };

const intentOf = (kind: ChangeKind, count: number): Intent => ({ kind, regionId: REGION_ID, steps: stepsOf(kind, count) });

interface Doing {
  readonly options?: StageOptions;
  /** Done between the plan and the write. */
  readonly meanwhile?: (stage: Stage) => Promise<unknown>;
}

/** What is reported of a step, in short. */
const short = ({ outcome, sent, attempts, failure, findings }: StepReport) => ({ outcome, sent, attempts, code: failure?.code ?? findings.find(({ severity }) => severity === 'block')?.because.reason });

/** Plans, lets something happen, and carries the plan out: what is said, and what has come of it. */
function changed(intent: Intent, { options = {}, meanwhile }: Doing = {}) {
  return onStage(options, async (stage) => {
    const asking = { ecs: stage.connection.ecs, identity };
    const plan = valueOf(await planOn(stage, intent, asking));
    await meanwhile?.(stage);
    const report = await runOn(stage, plan, { ...asking, operationId: 'op' });
    const journals = existsSync(stage.folder) ? await journalsIn(stage.folder).catch(() => []) : [];
    const [history] = historyOf(journals).filter(({ record }) => record.id === 'op');
    return {
      report,
      steps: report.steps.map(short),
      written: history?.steps.map(({ outcome }) => outcome?.outcome),
      ended: history?.endedAt !== undefined,
      requests: (await requestsIn(stage.sandbox)).map(({ action }) => action),
      writes: (await writesIn(stage.sandbox)).length,
    };
  });
}

const FIRST = TARGETS[0]?.id ?? '';
const remove = (stage: Stage, resource: string) => control(stage.sandbox, 'touch', { resource, delete: true });

describe('an empty selection', () => {
  it.each(KINDS)('comes to nothing for a %s: no request, no journal, nothing sent', async (kind) => {
    const intent = kind === 'replace' ? intentOf(kind, 0) : membershipIntent(kind, REGION_ID, { securityGroupIds: [WANTED], targets: [] });
    const { report, requests, written } = await changed(intent);
    expect({ outcome: report.outcome, sent: report.sent, steps: report.steps, requests, written }).toEqual({ outcome: 'notSent', sent: false, steps: [], requests: [], written: undefined });
  });
});

describe('what is selected twice', () => {
  it.each(['join', 'leave'] as const)('is sent once by a %s', async (kind) => {
    const group = kind === 'join' ? WANTED : SPARE;
    const twice = [...TARGETS, ...TARGETS.toReversed()];
    const { steps, writes } = await changed(membershipIntent(kind, REGION_ID, { securityGroupIds: [group, group], targets: twice }));
    expect([steps.map(({ outcome }) => outcome), writes]).toEqual([TARGETS.map(() => DONE[kind]), TARGETS.length]);
  });

  it.each(KINDS)('is sent once by a %s, also when the steps themselves say it twice', async (kind) => {
    const [step] = stepsOf(kind, 1);
    const { steps, writes } = await changed({ ...intentOf(kind, 1), steps: [step, step].filter((one): one is Step => one !== undefined) });
    expect([steps.map(({ outcome }) => outcome), writes]).toEqual([[DONE[kind], kind === 'leave' ? 'notMember' : 'alreadyMember'], 1]);
  });

  it('is named once in the list of a replacement', async () => {
    const steps = TARGETS.map((ref): Step => ({ ref, change: { kind: 'replace', before: [...BASE, ...BASE], after: [HOME, WANTED, HOME, WANTED] } }));
    const { report, writes } = await changed({ kind: 'replace', regionId: REGION_ID, steps });
    expect([report.outcome, writes]).toEqual(['replaced', TARGETS.length]);
  });
});

describe('a target that is deleted between plan and write', () => {
  it.each([
    ['join', { outcome: 'refused', sent: true, attempts: 1, code: 'InvalidInstanceId.NotFound' }],
    ['leave', { outcome: 'refused', sent: true, attempts: 1, code: 'InvalidInstanceId.NotFound' }],
    ['replace', { outcome: 'notSent', sent: false, attempts: 0, code: 'Client.NotListed' }],
  ] as const)('has the service\'s own word for its %s, and the others of the batch go on', async (kind, expected) => {
    const { steps, written, ended } = await changed(intentOf(kind, 8), { meanwhile: (stage) => remove(stage, FIRST) });
    const others = TARGETS.slice(1).map(() => DONE[kind]);
    expect([steps[0], steps.slice(1).map(({ outcome }) => outcome), written, ended]).toEqual([expected, others, [expected.outcome, ...others], true]);
  });

  it.each(KINDS)('is not asked for by a %s when the facts are read again before', async (kind) => {
    const { steps, writes } = await changed(intentOf(kind, 1), {
      meanwhile: async (stage) => {
        await remove(stage, FIRST);
        await stage.clock.sleep(AGED_MS, NEVER);
      },
    });
    expect([steps, writes]).toEqual([[{ outcome: 'refused', sent: false, attempts: 0, code: 'changedSincePlan' }], 0]);
  });
});

describe('a group that is deleted between plan and write', () => {
  it.each([
    ['join', WANTED, { outcome: 'refused', sent: true, attempts: 1, code: 'InvalidSecurityGroupId.NotFound' }],
    ['leave', SPARE, { outcome: 'refused', sent: true, attempts: 1, code: 'InvalidSecurityGroupId.NotFound' }],
    ['replace', WANTED, { outcome: 'refused', sent: true, attempts: 1, code: 'InvalidSecurityGroupId.NotFound' }],
    ['replace', SPARE, { outcome: 'refused', sent: false, attempts: 0, code: 'Client.ListChanged' }],
  ] as const)('refuses a %s that is about it: %s', async (kind, group, expected) => {
    const { steps, ended } = await changed(intentOf(kind, 8), { meanwhile: (stage) => remove(stage, group) });
    expect([steps, ended]).toEqual([TARGETS.map(() => expected), true]);
  });
});

describe('ten thousand targets', () => {
  const COUNT = 10_000;
  const own = securityGroup({ id: 'sg-own' });
  const [spare, wanted] = [securityGroup({ id: 'sg-spare' }), securityGroup({ id: 'sg-wanted' })];
  const groups = [own, spare, wanted];
  const rules = Object.fromEntries(groups.map(({ id }) => [id, groupRules()]));
  const instances = Array.from({ length: COUNT }, (_unused, index) => instance({ id: `i-${index}`, securityGroupIds: [own.id, spare.id] }));
  const changes = {
    join: { kind: 'join', securityGroupId: wanted.id },
    leave: { kind: 'leave', securityGroupId: spare.id },
    replace: { kind: 'replace', before: [own.id, spare.id], after: [own.id, wanted.id] },
  } as const;

  it.each(KINDS)('are written by a %s once each, with a bounded number of reads, and all in the journal on the disk', async (kind) => {
    const disk: JournalDisk = { write: (file, bytes) => file.appendFile(bytes), flush: () => Promise.resolve() };
    const seen = await onStage({ disk }, async (stage) => {
      const ecs = new FakeEcs({ clock: stage.clock, world: { instances, groups, rules }, maxCalls: 10 * COUNT });
      const steps = instances.map(({ id }): Step => ({ ref: { kind: 'instance', id }, change: changes[kind] }));
      const plan: Plan = valueOf(await planOn(stage, { kind, regionId: 'cn-hangzhou', steps }, { ecs, identity }));
      const planReads = ecs.calls.length;
      const report = await runOn(stage, plan, { ecs, identity, operationId: 'op' });
      const reads = ecs.operations.filter((operation) => operation.startsWith('list') || operation === 'readRules').length;
      const [history] = historyOf(await journalsIn(stage.folder));
      const written = history?.steps.filter(({ outcome }) => outcome?.outcome === DONE[kind]).length;
      return { outcome: report.outcome, planReads, reads, executed: ecs.executed.length, targets: new Set(ecs.executed.map(({ id }) => id)).size, written, ended: history?.endedAt !== undefined };
    });
    // A hundred targets to a request, the groups and their rules once; a replacement also looks right before each request.
    expect(seen.planReads).toBeLessThanOrEqual(COUNT / 100 + 10);
    expect(seen.reads).toBeLessThanOrEqual(kind === 'replace' ? 3 * COUNT : 2 * COUNT);
    expect({ ...seen, planReads: 0, reads: 0 }).toEqual({ outcome: DONE[kind], planReads: 0, reads: 0, executed: COUNT, targets: COUNT, written: COUNT, ended: true });
  }, 120_000);
});

describe('a corrupt journal', () => {
  const TORN = '{"type":"begin","operation":';
  const LINES = [TORN, '{"type":"outcome","operationId":"op","step":-1}', '[]', 'null', '{"type":"end"}', '\u0000\u0000', ''];

  it.each(KINDS)('of a dead window is in the way of no %s', async (kind) => {
    const prepare = (folder: string) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${newWindowId('this-host', 4_194_305)}.jsonl`), `${LINES.join('\n')}\n\ud800{"type`);
      writeFileSync(join(folder, `${newWindowId('this-host', 4_194_305)}.jsonl`), Buffer.from([0xff, 0xfe, 0x0a, 0xc0, 0x00]));
      mkdirSync(join(folder, `${newWindowId('this-host', 4_194_305)}.jsonl`));
      writeFileSync(join(folder, `${newWindowId('this-host', 4_194_305)}.lease`), 'no lease');
    };
    const { report, written, ended, writes } = await changed(intentOf(kind, 8), { options: { prepare } });
    expect([report.outcome, written, ended, writes]).toEqual([DONE[kind], TARGETS.map(() => DONE[kind]), true, 8]);
  });

  it.each(KINDS)('of this window, spoilt before a %s is written to it, holds that all the same', async (kind) => {
    const prepare = (folder: string) => { mkdirSync(folder, { recursive: true }); };
    const meanwhile = (stage: Stage) => { writeFileSync(join(stage.folder, `${stage.windowId}.jsonl`), [...LINES, TORN].join('\n')); return Promise.resolve(); };
    const { report, written, ended } = await changed(intentOf(kind, 8), { options: { prepare }, meanwhile });
    expect([report.outcome, written, ended]).toEqual([DONE[kind], TARGETS.map(() => DONE[kind]), true]);
  });
});

/** A real disk until the nth write, full from there on. */
function fullFrom(nth: number, what: 'write' | 'flush' = 'write'): JournalDisk {
  let count = 0;
  const full = () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));
  const isFull = (step: 'write' | 'flush') => {
    if (step === what) count += 1;
    return step === what && count >= nth;
  };
  return { write: (file, bytes) => (isFull('write') ? full() : file.appendFile(bytes)), flush: (file) => (isFull('flush') ? full() : file.datasync()) };
}

const UNWRITTEN = { outcome: 'notSent', sent: false, attempts: 0, code: 'Client.JournalFailed' };

describe('a disk that takes no journal', () => {
  const inTheWay = (folder: string) => { writeFileSync(folder, 'a file where the folder is to be'); };
  const cases: readonly (readonly [string, () => StageOptions])[] = [
    ['has no folder for it', () => ({ prepare: inTheWay })],
    ['is full', () => ({ disk: fullFrom(1) })],
    ['can\'t be flushed', () => ({ disk: fullFrom(1, 'flush') })],
    ['is full when the request is to leave', () => ({ disk: fullFrom(2) })],
  ];

  describe.each(cases)('since it %s', (_name, options) => {
    it.each(KINDS.flatMap((kind) => [1, 8].map((count) => [kind, count] as const)))('lets no request of a %s of %i leave, and says why', async (kind, count) => {
      const { report, steps, writes } = await changed(intentOf(kind, count), { options: options() });
      expect([report.outcome, report.sent, steps, writes]).toEqual(['notSent', false, Array.from({ length: count }, () => UNWRITTEN), 0]);
    });
  });
});

describe('a disk that fills up while a request is under way', () => {
  it.each(KINDS)('changes nothing of the outcome of a %s, which is written when there is room again', async (kind) => {
    let isFull = false;
    const disk: JournalDisk = {
      write: (file, bytes) => (isFull ? Promise.reject(new Error('ENOSPC: no space left on device, write')) : file.appendFile(bytes)),
      flush: (file) => file.datasync(),
    };
    const seen = await onStage({ disk }, async (stage) => {
      const { ecs } = stage.connection;
      const filling = watched(ecs, { before: ({ isWrite }) => { isFull ||= isWrite; }, after: () => undefined });
      const plan = valueOf(await planOn(stage, intentOf(kind, 1), { ecs, identity }));
      const report = await runOn(stage, plan, { ecs: filling, identity, operationId: 'op' });
      const onDisk = (await entriesIn(stage.folder)).map(({ type }) => type);
      isFull = false;
      const shown = stage.operations.find('op')?.steps[0]?.outcome?.outcome;
      const next = valueOf(await planOn(stage, { ...intentOf(kind, 2), steps: stepsOf(kind, 2).slice(1) }, { ecs, identity }));
      await runOn(stage, next, { ecs, identity, operationId: 'next' });
      const [history] = historyOf(await journalsIn(stage.folder));
      return { outcome: report.outcome, shown, onDisk, written: history?.steps[0]?.outcome?.outcome, ended: history?.endedAt !== undefined };
    });
    expect(seen).toEqual({ outcome: DONE[kind], shown: DONE[kind], onDisk: ['begin', 'sending'], written: DONE[kind], ended: true });
  });
});
