import { describe, expect, it } from 'vitest';
import { lastUndoable, retryIntent, undoIntent } from '../../../src/app/undo.js';
import { REGION } from '../support/builders.js';
import { history, join, leave, outcome, replace, stepOf } from '../support/histories.js';

const BATCH = { steps: [stepOf('i-1', join('sg-1')), stepOf('i-1', join('sg-2')), stepOf('eni-1', join('sg-1'))] };
/** The operation that takes back the whole batch. */
const back = (id: string, undoes: string) => ({ id, undoes, at: 2000, steps: [stepOf('eni-1', leave('sg-1')), stepOf('i-1', leave('sg-2')), stepOf('i-1', leave('sg-1'))] });
const again = (id: string, undoes: string) => ({ ...BATCH, id, undoes, at: 3000 });

describe('taking an operation back', () => {
  it('inverts what was done, the last step first', () => {
    const of = history(BATCH, ['joined', 'joined', 'accepted']);
    expect(undoIntent(of, [of])).toEqual({ kind: 'leave', regionId: REGION, undoes: 'op', steps: [stepOf('eni-1', leave('sg-1')), stepOf('i-1', leave('sg-2')), stepOf('i-1', leave('sg-1'))] });
  });

  it.each(['alreadyMember', 'notMember', 'refused', 'notSent', 'unknown', undefined] as const)('leaves alone what is %s', (outcomeOf) => {
    const of = history({}, [outcomeOf]);
    expect(undoIntent(of, [of])).toBeUndefined();
  });

  it('of a leave is a join, and of a replacement the old list in the place of the new one', () => {
    const [left, replaced] = [history({ steps: [stepOf('i-1', leave('sg-1'))] }, ['left']), history({ steps: [stepOf('i-1', replace(['sg-1'], ['sg-2']))] }, ['replaced'])];
    expect([undoIntent(left, [left]), undoIntent(replaced, [replaced])]).toMatchObject([
      { kind: 'join', steps: [stepOf('i-1', join('sg-1'))] },
      { kind: 'replace', steps: [stepOf('i-1', replace(['sg-2'], ['sg-1']))] },
    ]);
  });

  it('of a join that was made by replacing puts the old list back', () => {
    const of = history({ kind: 'join', steps: [stepOf('i-1', replace(['sg-1'], ['sg-1', 'sg-2']))] }, ['joined']);
    expect(undoIntent(of, [of])).toMatchObject({ kind: 'replace', steps: [stepOf('i-1', replace(['sg-1', 'sg-2'], ['sg-1']))] });
  });

  it('a second time takes back only what is left of it', () => {
    const of = history(BATCH, ['joined', 'joined', 'joined']);
    const partly = history(back('undo', 'op'), ['left', 'refused', 'unknown']);
    expect(undoIntent(of, [of, partly])?.steps).toEqual([stepOf('i-1', leave('sg-2')), stepOf('i-1', leave('sg-1'))]);
  });

  it.each([['what was taken back', 'left'], ['what somebody else took back', 'notMember'], ['what was taken back and has not shown yet', 'accepted']] as const)('is over with %s', (_what, outcomeOf) => {
    const of = history({}, ['joined']);
    const undo = history({ id: 'undo', undoes: 'op', steps: [stepOf('i-1', leave('sg-1'))] }, [outcomeOf]);
    expect(undoIntent(of, [of, undo])).toBeUndefined();
  });

  it('is over as well when a leave was taken back by replacing the list', () => {
    const of = history({ steps: [stepOf('i-1', leave('sg-1'))] }, ['left']);
    const undo = history({ id: 'undo', kind: 'join', undoes: 'op', steps: [stepOf('i-1', replace(['sg-9'], ['sg-9', 'sg-1']))] }, ['joined']);
    expect(undoIntent(of, [of, undo])).toBeUndefined();
  });

  it('is not over with another target\'s or group\'s step, nor with an operation that takes back something else', () => {
    const of = history({}, ['joined']);
    const others = [
      history({ id: 'a', undoes: 'op', steps: [stepOf('i-2', leave('sg-1')), stepOf('i-1', leave('sg-2'))] }, ['left', 'left']),
      history({ id: 'b', undoes: 'another', steps: [stepOf('i-1', leave('sg-1'))] }, ['left']),
      history({ id: 'c', steps: [stepOf('i-1', leave('sg-1'))] }, ['left']),
    ];
    expect(undoIntent(of, [of, ...others])?.steps).toEqual([stepOf('i-1', leave('sg-1'))]);
  });
});

describe('taking back what took something back', () => {
  const of = history(BATCH, ['joined', 'joined', 'joined']);
  const undo = history(back('undo', 'op'), ['left', 'left', 'left']);
  const redo = history(again('redo', 'undo'), ['joined', 'refused', 'joined']);

  it('makes the changes again', () => {
    expect(undoIntent(undo, [of, undo])).toEqual({ kind: 'join', regionId: REGION, undoes: 'undo', steps: BATCH.steps });
  });

  it('lets the first one be taken back again, as far as it is made again', () => {
    expect(undoIntent(of, [of, undo, redo])?.steps).toEqual([stepOf('eni-1', leave('sg-1')), stepOf('i-1', leave('sg-1'))]);
    const third = history(back('third', 'op'), ['left', 'notMember', 'left']);
    expect(undoIntent(of, [of, undo, redo, third])).toBeUndefined();
  });

  it('ends in a damaged journal where operations take each other back in a circle', () => {
    const [a, b] = [history({ id: 'a', undoes: 'b' }, ['joined']), history({ id: 'b', undoes: 'a', steps: [stepOf('i-1', leave('sg-1'))] }, ['left'])];
    const own = history({ id: 'own', undoes: 'own' }, ['joined']);
    expect([undoIntent(a, [a, b]), undoIntent(own, [own])]).toMatchObject([undefined, { undoes: 'own' }]);
  });
});

describe('the last change', () => {
  const older = history({ id: 'older', at: 1 }, ['joined']);
  const newer = history({ id: 'newer', at: 2, steps: [stepOf('i-2', join('sg-1'))] }, ['joined']);

  it('is the newest operation of this identity that changed something', () => {
    const all = [older, newer, history({ id: 'failed', at: 3 }, ['refused']), history({ id: 'foreign', at: 4, identity: { key: 'other' } }, ['joined'])];
    expect(lastUndoable(all, 'somebody')).toEqual({ of: newer, intent: { kind: 'leave', regionId: REGION, undoes: 'newer', steps: [stepOf('i-2', leave('sg-1'))] } });
  });

  it('is the one before once that is taken back, and never the taking back itself', () => {
    const undo = history({ id: 'undo', undoes: 'newer', steps: [stepOf('i-2', leave('sg-1'))] }, ['left']);
    expect(lastUndoable([older, newer, undo], 'somebody')?.of).toBe(older);
  });

  it('is the same again once it is made again', () => {
    const undo = history({ id: 'undo', undoes: 'newer', steps: [stepOf('i-2', leave('sg-1'))] }, ['left']);
    const redo = history({ id: 'redo', undoes: 'undo', steps: [stepOf('i-2', join('sg-1'))] }, ['joined']);
    expect(lastUndoable([older, newer, undo, redo], 'somebody')?.of).toBe(newer);
  });

  it('is none of another identity\'s', () => {
    expect([lastUndoable([older, newer], 'other'), lastUndoable([], 'somebody')]).toEqual([undefined, undefined]);
  });
});

describe('another try', () => {
  it.each([
    ['was not sent', outcome('notSent', { code: 'Client.Offline' }), true],
    ['is not known', outcome('unknown', { code: 'Client.Timeout' }), true],
    ['was refused for a state that passes', outcome('refused', { code: 'IncorrectInstanceStatus' }), true],
    ['was throttled', outcome('refused', { code: 'Throttling.User' }), true],
    ['was held back because something had changed', outcome('refused', { sent: false, attempts: 0 }), true],
    ['was refused for good', outcome('refused', { code: 'InvalidOperation.VpcMismatch' }), false],
    ['was refused in words that nobody knows', outcome('refused'), false],
    ['was done', outcome('joined'), false],
    ['was accepted', outcome('accepted'), false],
    ['had nothing to do', outcome('alreadyMember'), false],
    ['is still under way', undefined, false],
  ] as const)('of a step that %s: %s', (_what, of, helps) => {
    expect(retryIntent(history({}, [of]))).toEqual(helps ? { kind: 'join', regionId: REGION, steps: [stepOf('i-1', join('sg-1'))] } : undefined);
  });

  it('takes only the steps for which it makes sense, without the names of the record', () => {
    const of = history({ steps: BATCH.steps.map((step) => ({ ...step, name: 'web' })) }, ['joined', 'unknown', 'notSent']);
    expect(retryIntent(of)).toEqual({ kind: 'join', regionId: REGION, steps: BATCH.steps.slice(1) });
  });

  it('of taking back still takes back', () => {
    expect(retryIntent(history(back('undo', 'op'), ['left', 'notSent', 'left']))).toEqual({ kind: 'leave', regionId: REGION, undoes: 'op', steps: [stepOf('i-1', leave('sg-2'))] });
  });

  it('of a join by replacing is a join of the groups that came, whatever else the list has become', () => {
    const of = (how: Parameters<typeof history>[1][number]) => retryIntent(history({ kind: 'join', steps: [stepOf('i-1', replace(['sg-own'], ['sg-own', 'sg-1', 'sg-2']))] }, [how]));
    const expected = { kind: 'join', regionId: REGION, steps: [stepOf('i-1', join('sg-1')), stepOf('i-1', join('sg-2'))] };
    expect([of('unknown'), of(outcome('refused', { sent: false, code: 'Client.ListChanged' }))]).toEqual([expected, expected]);
  });

  it('of a replacement is no use once the list has changed', () => {
    const of = (how: Parameters<typeof history>[1][number]) => retryIntent(history({ steps: [stepOf('i-1', replace(['sg-1'], ['sg-2']))] }, [how]));
    expect([of('notSent')?.steps, of(outcome('refused', { sent: false, code: 'Client.ListChanged' }))]).toEqual([[stepOf('i-1', replace(['sg-1'], ['sg-2']))], undefined]);
  });
});
