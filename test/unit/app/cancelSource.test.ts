import { describe, expect, it } from 'vitest';
import { cancelledBy, createCancelSource, NEVER } from '../../../src/app/cancelSource.js';

describe('a cancel source', () => {
  it('tells every listener at once, each once', () => {
    const { signal, cancel } = createCancelSource();
    const heard: string[] = [];
    signal.addEventListener('abort', () => { heard.push(`first, aborted: ${signal.aborted}`); });
    signal.addEventListener('abort', () => { heard.push('second'); });
    expect(signal.aborted).toBe(false);
    cancel();
    cancel();
    expect(heard).toEqual(['first, aborted: true', 'second']);
  });

  it('does not tell a listener that was taken away', () => {
    const { signal, cancel } = createCancelSource();
    let heard = 0;
    const listener = () => { heard += 1; };
    signal.addEventListener('abort', listener);
    signal.removeEventListener('abort', listener);
    cancel();
    expect(heard).toBe(0);
  });

  it('tells the others, too, when a listener takes itself away or adds another', () => {
    const { signal, cancel } = createCancelSource();
    const heard: string[] = [];
    const once = () => {
      heard.push('once');
      signal.removeEventListener('abort', once);
      signal.addEventListener('abort', () => { heard.push('too late'); });
    };
    signal.addEventListener('abort', once);
    signal.addEventListener('abort', () => { heard.push('other'); });
    cancel();
    expect(heard).toEqual(['once', 'other']);
  });
});

describe('a source cancelled by others', () => {
  it('is cancelled by any of them', () => {
    const [one, two] = [createCancelSource(), createCancelSource()];
    const both = cancelledBy(one.signal, two.signal);
    expect(both.signal.aborted).toBe(false);
    two.cancel();
    expect([both.signal.aborted, one.signal.aborted]).toEqual([true, false]);
  });

  it('is cancelled from the start when one of them already is', () => {
    const one = createCancelSource();
    one.cancel();
    expect(cancelledBy(NEVER, one.signal).signal.aborted).toBe(true);
  });

  it('can be cancelled by itself, and cancels nobody', () => {
    const one = createCancelSource();
    const both = cancelledBy(one.signal);
    both.cancel();
    expect([both.signal.aborted, one.signal.aborted]).toEqual([true, false]);
  });

  it('hears nothing more once it is disposed', () => {
    const one = createCancelSource();
    const both = cancelledBy(one.signal);
    both.dispose();
    one.cancel();
    expect(both.signal.aborted).toBe(false);
  });
});
