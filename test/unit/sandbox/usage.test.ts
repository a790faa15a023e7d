import { describe, expect, it } from 'vitest';
import { VERB_NAMES } from '../../../src/sandbox/control.js';
import { FAULT_KINDS } from '../../../src/sandbox/faultKinds.js';
import { readFault } from '../../../src/sandbox/readFault.js';
import { USAGE } from '../../../src/sandbox/usage.js';

/** The part about kinds of faults: a verb may have the name of one. */
const FAULTS = USAGE.slice(USAGE.indexOf('in the place of the answer'));

/** What the help says that a fault takes: the names between the braces behind its kind. */
const fieldsOf = (kind: string): readonly string[] => {
  const inside = new RegExp(`\\b${kind} \\{([^}]*)\\}`).exec(FAULTS)?.[1] ?? 'not in the help';
  return inside.split(', ').filter((field) => field !== '');
};

describe('the help', () => {
  it.each(VERB_NAMES)('names the verb %s', (verb) => {
    expect(USAGE).toMatch(new RegExp(`\\b${verb} \\{`));
  });

  it.each([...FAULT_KINDS.keys()])('names the fault %s with its fields, and which of them it needs', (kind) => {
    const fields = fieldsOf(kind);
    const told = readFault({ kind, strange: 1 });
    const known = 'problem' in told ? /known are: (.*)$/.exec(told.problem)?.[1]?.split(', ') : undefined;
    expect(new Set(fields.map((field) => field.replace('?', '')))).toEqual(new Set(known?.filter((field) => field !== '')));
    const needed = fields.filter((field) => !field.endsWith('?'));
    const values = { code: 'X', field: 'x', port: 1, megabytes: 1 };
    expect('value' in readFault({ kind, ...Object.fromEntries(Object.entries(values).filter(([name]) => needed.includes(name))) })).toBe(true);
    for (const left of needed) {
      expect(readFault({ kind, ...Object.fromEntries(Object.entries(values).filter(([name]) => needed.includes(name) && name !== left)) })).toEqual({ problem: expect.stringContaining(`"${left}"`) as unknown });
    }
  });
});

describe('a fault that names only its kind', () => {
  const usual = { matcher: {}, nth: 1, times: 1 };

  it.each<[string, Record<string, unknown>, unknown]>([
    ['error', { code: 'InvalidOperation.Conflict' }, { ...usual, when: 'before', effect: { kind: 'error', error: { code: 'InvalidOperation.Conflict', status: 409, message: 'Request was denied due to conflict with a previous request, please try again later.' } } }],
    ['hang', {}, { ...usual, when: 'before', effect: { kind: 'hang', ms: 60_000 } }],
    ['redirect', { port: 80 }, { ...usual, when: 'before', effect: { kind: 'redirect', port: 80, status: 302 } }],
    ['empty', {}, { ...usual, when: 'before', effect: { kind: 'empty', status: 200 } }],
    ['garbage', {}, { ...usual, when: 'before', effect: { kind: 'garbage', bytes: 512 } }],
    ['tokenDropped', {}, { ...usual, when: 'list', effect: { kind: 'tokenDropped' } }],
    ['tokenRepeated', {}, { ...usual, matcher: { furtherPage: true }, when: 'list', effect: { kind: 'tokenRepeated' } }],
    ['tokenExpired', {}, { ...usual, matcher: { furtherPage: true }, when: 'list', effect: { kind: 'tokenExpired' } }],
    ['duplicatedItems', {}, { ...usual, matcher: { furtherPage: true }, when: 'list', effect: { kind: 'duplicatedItems', count: 1 } }],
    ['truncated', {}, { ...usual, when: 'answer', effect: { kind: 'truncated', abrupt: false } }],
    ['drip', {}, { ...usual, when: 'answer', effect: { kind: 'drip', chunks: 10, ms: 500 } }],
    ['wrongEncoding', {}, { ...usual, when: 'answer', effect: { kind: 'wrongEncoding', encoding: 'invalidUtf8' } }],
    ['deep', {}, { ...usual, when: 'answer', effect: { kind: 'deep', depth: 10_000 } }],
    ['oddFieldType', { field: 'Status' }, { ...usual, when: 'answer', effect: { kind: 'oddFieldType', spot: { field: 'Status', item: 1 }, type: 'object' } }],
    ['maliciousRegions', {}, { ...usual, matcher: { action: 'DescribeRegions' }, when: 'answer', effect: { kind: 'maliciousRegions' } }],
  ])('is the usual one: %s', (kind, more, expected) => {
    expect(readFault({ kind, ...more })).toEqual({ value: expected });
  });

  it('has whatever else is said', () => {
    expect(readFault({ kind: 'reset', action: 'JoinSecurityGroup', region: 'cn-hangzhou', resource: 'i-1', nth: 2, times: 3, probability: 0.25, when: 'afterWrite' })).toEqual({
      value: { matcher: { action: 'JoinSecurityGroup', region: 'cn-hangzhou', resource: 'i-1' }, nth: 2, times: 3, probability: 0.25, when: 'afterWrite', effect: { kind: 'reset' } },
    });
  });
});
