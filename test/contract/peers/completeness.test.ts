import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULT_ONLY_CODES } from '../../../src/sandbox/faultCodes.js';
import { WRITE_ACTIONS, type WriteAction } from './peer.js';
import { WRITE_CASES } from './writeCases.js';

/** Whether the suite reaches all that is documented: `writes.test.ts` runs every case and every fault of these tables with both peers. */

interface Row {
  readonly code: string;
  readonly http: number;
  readonly message: string;
}

const { _about, ...tables } = JSON.parse(readFileSync(path.resolve('../shared/reference/errors.json'), 'utf8')) as Readonly<Record<string, readonly Row[]>>;
const everything = Object.values(tables).flat();

const TABLES: Readonly<Record<WriteAction, readonly string[]>> = {
  JoinSecurityGroup: ['JoinSecurityGroup', 'JoinSecurityGroup_legacy'],
  LeaveSecurityGroup: ['LeaveSecurityGroup'],
  ModifyInstanceAttribute: ['ModifyInstanceAttribute_securityGroups'],
  ModifyNetworkInterfaceAttribute: ['ModifyNetworkInterfaceAttribute_securityGroups'],
};

const documented = (names: readonly string[]): ReadonlySet<string> => new Set(names.flatMap((name) => tables[name] ?? []).map(({ code, http }) => `${http} ${code}`));
const ofCases = (action: WriteAction): readonly string[] => WRITE_CASES[action].map(({ code, status }) => `${status} ${code}`);
const ofFaults = FAULT_ONLY_CODES.map(({ code, status }) => `${status} ${code}`);

describe('the error tables', () => {
  it('are all there, and each is of one operation or of all', () => {
    expect(Object.keys(tables).sort()).toEqual([...Object.values(TABLES).flat(), 'common'].sort());
    expect(typeof _about).toBe('string');
  });

  it.each(WRITE_ACTIONS)('have no row of %s that neither a case nor a fault reaches, with its status', (action) => {
    const reached = new Set([...ofCases(action), ...ofFaults]);
    const rows = [...documented(TABLES[action])];
    expect(rows.filter((row) => !reached.has(row))).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each(WRITE_ACTIONS)('have every refusal of a case of %s, or the case says where it is from', (action) => {
    const known = documented([...TABLES[action], 'common']);
    const strange = WRITE_CASES[action].filter(({ code, status, note }) => code !== 'ok' && !known.has(`${status} ${code}`) && !/inferred|code of/.test(note));
    expect(strange.map(({ title, code, status }) => `${title}: ${status} ${code}`)).toEqual([]);
  });
});

describe('a fault', () => {
  it('stands for no refusal that a state leads to', () => {
    const cases = new Set(WRITE_ACTIONS.flatMap(ofCases));
    expect(ofFaults.filter((row) => cases.has(row))).toEqual([]);
  });

  it('has the documented message, where one is documented and has nothing to fill in', () => {
    const fixed = (code: string) => everything.filter((row) => row.code === code && row.message !== '' && !row.message.includes('%s')).map(({ message }) => message);
    expect(FAULT_ONLY_CODES.filter(({ code, message }) => fixed(code).length > 0 && !fixed(code).includes(message))).toEqual([]);
  });
});
