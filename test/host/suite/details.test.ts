import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';

function pages(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('ecsExplorer.details'));
}

/** Opens the page of the first resource of the first kind in the first region, by what the boxes offer first. */
async function openFirst(): Promise<void> {
  const done = vscode.commands.executeCommand('ecsExplorer.openDetails');
  const state = { done: false };
  void Promise.resolve(done).finally(() => { state.done = true; });
  while (!state.done) {
    // A box that is still empty takes nothing.
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  await done;
  // The window tells of its tabs a little later.
  while (pages().length === 0) await new Promise((resolve) => { setImmediate(resolve); });
}

describe('a page of details', () => {
  before(async () => { await vscode.commands.executeCommand('ecsExplorer.switchAccount', 'sandbox'); });

  afterEach(async () => { await vscode.window.tabGroups.close(pages()); });

  it('is opened from the palette, which asks for the resource, and is there once', async () => {
    await openFirst();
    const [first] = pages();
    assert.ok(first !== undefined && first.label !== '');
    await openFirst();
    assert.deepEqual(pages().map(({ label }) => label), [first.label]);
  });

  it('is opened anew after it was closed', async () => {
    await openFirst();
    await vscode.window.tabGroups.close(pages());
    assert.deepEqual(pages(), []);
    await openFirst();
    assert.equal(pages().length, 1);
  });
});
