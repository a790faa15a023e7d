import { describe, expect, it } from 'vitest';
import * as tree from '../../../src/present/explorerNode.js';
import type { ExplorerNode } from '../../../src/present/explorerNode.js';
import type { CommandId } from '../../../src/shell/contributions.js';
import { rowsMeant } from '../../../src/shell/rowsMeant.js';
import { instance, REGION } from '../support/builders.js';

const category = tree.categoryNode(tree.regionNode({ id: REGION, name: REGION }, 'env'), 'instances');
const [one, two, older, past] = ['i-1', 'i-2', 'i-1', 'i-3'].map((id) => tree.resourceNode(instance({ id }), category));

/** A view with two rows, of which VS Code holds an older object of the first. */
function view(more: { readonly isMakingRows?: boolean; readonly selection?: readonly (ExplorerNode | undefined)[] } = {}) {
  const now = (value: unknown): unknown => (Array.isArray(value) ? value.map(now) : value === older ? one : value);
  return {
    isMakingRows: false,
    isNode: (value: unknown): value is ExplorerNode => value !== undefined && [one, two, older].some((row) => row === value),
    isPast: (value: unknown) => value === past,
    now,
    ...more,
    selection: (more.selection ?? []).filter((node) => node !== undefined),
  };
}

const meant = (id: CommandId, args: readonly unknown[], more?: Parameters<typeof view>[0]) => rowsMeant(view(more), id, args);

describe('the rows that a command is about', () => {
  it('are those that it was called on, as they are by now', () => {
    expect([meant('ecsExplorer.copyId', [older, undefined]), meant('ecsExplorer.pin', [older, [older, two]])]).toEqual([[one, undefined], [one, [one, two]]]);
  });

  it('are none where it is called from the palette, or by argument', () => {
    expect([meant('ecsExplorer.copyId', []), meant('ecsExplorer.joinSecurityGroup', [{ securityGroupId: 'sg-1' }]), meant('ecsExplorer.undo', ['operation-1'])]).toEqual([[], [{ securityGroupId: 'sg-1' }], ['operation-1']]);
  });

  it('are lost where a menu gives none, whatever is selected: another row may have been clicked', () => {
    const calls = (['ecsExplorer.copyId', 'ecsExplorer.leaveSecurityGroup', 'ecsExplorer.refreshRow', 'ecsExplorer.undo'] as const).map((id) => meant(id, [undefined, undefined], { selection: [two] }));
    expect(calls).toEqual(['lost', 'lost', 'lost', 'lost']);
  });

  it('are lost where the row is one of before', () => {
    expect(meant('ecsExplorer.showOutput', [past])).toBe('lost');
  });

  it('are none where a button of the title gives none, but lost where rows are being made again', () => {
    expect([false, true].map((isMakingRows) => meant('ecsExplorer.joinSecurityGroup', [undefined, undefined], { isMakingRows }))).toEqual([[undefined, undefined], 'lost']);
    expect(meant('ecsExplorer.find', [undefined, undefined], { isMakingRows: true })).toEqual([undefined, undefined]);
  });

  it('are those that are selected, once all of them are there again and the command takes them all', () => {
    const several = [undefined, [undefined, undefined]];
    expect([
      meant('ecsExplorer.leaveSecurityGroup', several, { selection: [one, two] }),
      meant('ecsExplorer.leaveSecurityGroup', [one, [one, undefined]], { selection: [one, two] }),
      meant('ecsExplorer.leaveSecurityGroup', several, { selection: [one] }),
      meant('ecsExplorer.leaveSecurityGroup', [one, [one, undefined]], { selection: [one] }),
      meant('ecsExplorer.replaceSecurityGroups', several, { selection: [one, two] }),
    ]).toEqual([[one, [one, two]], [one, [one, two]], 'lost', 'lost', 'lost']);
  });
});
