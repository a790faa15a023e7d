import { beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '../support/settingsEditor.js';
import { openWorkbench, showTheme } from '../support/session.js';
import type { Tree } from '../support/tree.js';
import type { Workbench } from '../support/workbench.js';

let w: Workbench; let tree: Tree;
let last = performance.now();
const lap = (what: string) => { const now = performance.now(); process.stdout.write(`  ${what} ${((now - last) / 1000).toFixed(1)}\n`); last = now; };
beforeAll(async () => { lap('start'); w = await openWorkbench({ theme: 'light', language: 'zh-cn' }); lap('open'); tree = await w.openView('ECS Explorer', 'Resources'); lap('view'); expect(await tree.labels()).toEqual(['China (Hangzhou)', 'China (Beijing)']); lap('rows'); });

describe('fixture', () => {
  it('tree', async () => {
    await tree.expand('China (Hangzhou)', 'Instances'); lap('expand');
    const rows = await tree.rows(); lap('all rows');
    expect(rows.length).toBe(84);
    await tree.collapse('Instances');
    expect(await tree.shape({ descriptions: true })).toEqual([['China (Hangzhou) · cn', ['Instances · cn', 'Groups · cn']], 'China (Beijing) · cn']);
    await tree.expand('Instances');
    await tree.select('i-70', 'i-72'); lap('select');
    expect(await tree.menu('i-72')).toEqual(['Row Command']); lap('menu');
    await tree.contextMenu('i-72', 'Row Command'); lap('context');
    await w.outputWith('row i-72 i-70+i-72'); lap('output');
    process.stdout.write(await tree.tooltip('i-3') + '\n');
    await tree.titleAction('打招呼');
    await w.toasts.press('Hello from fix', 'Undo');
    await w.outputWith('answer Undo');
  });
  it('modal, toasts', async () => {
    lap('..');
    await w.runCommand('Fix: Modal'); lap('command');
    expect(await w.modal.read()).toEqual({ message: 'Really join?', detail: 'Detail line\nsecond', buttons: ['Other', 'Cancel', 'Join'] });
    await w.modal.press('Join'); await w.outputWith('modal Join'); lap('modal');
    await w.runCommand('Fix: Fail');
    expect(await w.toasts.waitFor('It failed')).toEqual({ severity: 'error', message: 'It failed: X', buttons: [] });
    await w.toasts.dismiss('It failed'); lap('toast');
    expect(await w.toasts.all()).toEqual([]);
    await w.runCommand('Fix: 打招呼'); lap('zh');
  });
  it('pick', async () => {
    await w.runCommand('Fix: Pick');
    await w.quickPick.opened('Join Security Group'); lap('pick');
    expect(await w.quickPick.title()).toBe('Join Security Group (2/3)');
    const items = await w.quickPick.items(); lap('items');
    expect(items.length).toBe(61);
    expect(items[0]).toEqual({ label: 'group-0', description: 'sg-0', detail: 'detail 0', section: 'Eligible', checked: undefined, buttons: ['Look'] });
    expect(await w.quickPick.sections()).toEqual(['Eligible', "Can't join"]);
    await w.quickPick.type('sg-4'); 
    await w.quickPick.itemsWhere('filtered', (all) => all.length === 11);
    await w.quickPick.type(''); 
    await w.quickPick.select('group-45'); await w.outputWith('picked group-45'); lap('select');
    await w.runCommand('Fix: Pick'); await w.quickPick.opened('Join'); await w.quickPick.back(); await w.outputWith('back true');
  });
  it('web, settings, theme', async () => {
    lap('..');
    await w.runCommand('Fix: Web');
    expect(await w.webview().locator('h1').innerText()).toBe('web view'); lap('webview');
    expect(await w.editors()).toEqual(['Details']);
    await changeSettings(w, { 'workbench.activityBar.location': 'default', 'x.y': 1 }); lap('settings');
    await showTheme(w, 'contrast'); lap('theme');
    await w.screenshot('x-contrast');
    await w.reload(); lap('reload');
    process.stdout.write(JSON.stringify(await w.statusBar()));
  });
});
