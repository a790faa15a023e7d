import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../tools/host.mjs';
import { HOSTILE_TEXTS } from '../../src/sandbox/worlds/hostile.js';
import { wrongForAxe } from '../page/support/axe.js';
import { DetailsPage } from './support/detailsPage.js';
import { instanceId, startEcs, type EcsServer } from './support/ecs.js';
import { closeWorkbench, openWorkbench, ownHost, showTheme, type Theme } from './support/session.js';
import { HOVER } from './support/tree.js';
import { until } from './support/until.js';
import type { Workbench } from './support/workbench.js';

const WIDE = { width: 1280, height: 1300 };

/** So wide is what VS Code itself keeps beside an editor when the side bar is away. */
const BESIDE = 48;

/** What the policy of a page has forbidden in this window so far; it is known by the one hash in it. */
function forbiddenIn(workbench: Workbench): readonly string[] {
  const forbidden: string[] = [];
  workbench.page.on('console', (message) => {
    const [, what] = /^(.*?) violates the following Content Security Policy directive .*sha256-47DEQpj8/.exec(message.text()) ?? [];
    if (what !== undefined) forbidden.push(what);
  });
  return forbidden;
}

/** What the program of a page has complained of in this window so far, or has broken of. */
function complaintsIn(workbench: Workbench): readonly string[] {
  const complaints: string[] = [];
  workbench.page.on('console', (message) => {
    const isOurs = message.location().url.includes('/dist/webview/');
    if (isOurs && ['error', 'warning'].includes(message.type()) && !message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  // Not those of the editor itself.
  workbench.page.on('pageerror', ({ stack = '' }) => { if (stack.includes('/dist/webview/')) complaints.push(stack); });
  return complaints;
}

/** What stands outside the frame and in no box that scrolls, and by how much the page itself would have to be scrolled to the side. */
async function cutOff(page: DetailsPage): Promise<unknown> {
  return (await page.inside()).evaluate(() => ({
    aside: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    outside: [...document.querySelectorAll('main *')].filter((one) => one.closest('.scroll') === null && one.getBoundingClientRect().right > innerWidth + 1).map(({ outerHTML }) => outerHTML.slice(0, 160)),
  }));
}

/** A picture without what the editor shows where the mouse was left. */
async function pictured(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.mouse.move(0, 0);
  await workbench.page.locator(HOVER).first().waitFor({ state: 'hidden' });
  await workbench.screenshot(name);
}

/** Puts the beginning of a section at the top. */
async function scrolledTo(page: DetailsPage, section: string): Promise<void> {
  await page.section(section).evaluate((element) => { element.scrollIntoView(); });
}

describe('the page of details, as it looks', () => {
  let ecs: EcsServer;
  let host: Host;
  let workbench: Workbench;
  let page: DetailsPage;
  let forbidden: readonly string[];
  let complaints: readonly string[];

  const show = async (title: string) => {
    await workbench.page.locator('.tabs-container .tab', { hasText: title }).click();
    await page.read(title);
  };
  const size = (width: number, height: number) => workbench.page.setViewportSize({ width, height });

  beforeAll(async () => {
    ecs = await startEcs('demo');
    host = await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.regions': ['cn-hangzhou'] }, env: ecs.env });
    workbench = await openWorkbench({ host, theme: 'dark', size: WIDE });
    [forbidden, complaints] = [forbiddenIn(workbench), complaintsIn(workbench)];
    const tree = await workbench.openView('ECS Explorer', 'Resources');
    page = new DetailsPage(workbench);
    await tree.expand('China (Hangzhou)', 'Instances', 'Security Groups');
    await tree.contextMenu('shop-web-01', 'Open Details');
    await page.read('shop-web-01');
    await page.press('Preview a Join…');
    await workbench.quickPick.opened('What joining would change, nothing is sent: shop-web-01');
    await workbench.quickPick.ready();
    await workbench.quickPick.select('hz-monitoring');
    await page.section('difference').locator('h2', { hasText: 'If it joins' }).waitFor();
    await tree.contextMenu('hz-web-public', 'Open Details');
    await page.read('hz-web-public');
  });

  afterAll(() => { ecs.stop(); });

  it.each<[string, Theme]>([['dark', 'dark'], ['contrast', 'contrast'], ['contrast-light', 'contrastLight'], ['light', 'light']])('has nothing that axe-core finds wrong, and breaks its policy once in the known way, in the theme %s', async (name, theme) => {
    if (theme !== 'dark') await showTheme(workbench, theme);
    const before = forbidden.length;
    await show('shop-web-01');
    await page.section('difference').waitFor();
    await pictured(workbench, `details-${name}`);
    expect(await wrongForAxe(await page.inside())).toEqual([]);
    for (const section of ['picture', 'effective']) {
      await scrolledTo(page, section);
      await pictured(workbench, `details-${name}-${section}`);
    }
    await show('hz-web-public');
    await pictured(workbench, `details-${name}-group`);
    expect(await wrongForAxe(await page.inside())).toEqual([]);
    // The toolkit writes a style attribute at each of the two pages; nothing is lost without it.
    await expect.poll(() => forbidden.slice(before)).toEqual(['Applying inline style', 'Applying inline style']);
    expect(complaints).toEqual([]);
  });

  it('is used by keyboard alone', async () => {
    const keys = workbench.page.keyboard;
    const focused = async () => (await page.inside()).evaluate(() => document.activeElement?.getAttribute('data-search') ?? document.activeElement?.textContent.trim() ?? '');
    await show('hz-web-public');
    await workbench.runCommand('View: Focus Active Editor Group');
    const stops: string[] = [];
    await until('the keyboard has come to the search', async () => {
      await keys.press('Tab');
      stops.push(await focused());
      return stops.length > 60 || stops.at(-1) === 'rules';
    });
    expect(stops).toEqual(expect.arrayContaining(['Add Members…', 'Refresh', 'IP addresses', 'hz-app', 'rules']));
    await keys.type('https');
    await page.section('rules').getByText('2 of 3 rows').waitFor();
    await until('the keyboard has come to the order of ports', async () => {
      await keys.press('Tab');
      return (await focused()) === 'Ports';
    });
    const order = page.section('rules').locator('th', { hasText: 'Ports' });
    await keys.press('Enter');
    await expect.poll(() => order.getAttribute('aria-sort')).toBe('ascending');
    await pictured(workbench, 'details-keyboard');
    await keys.press('Enter');
    await expect.poll(() => order.getAttribute('aria-sort')).toBe('descending');
  });

  it('is searched as any editor is', async () => {
    await show('shop-web-01');
    await workbench.runCommand('View: Focus Active Editor Group');
    await page.frame.locator('h1').click();
    await workbench.page.keyboard.press('Control+F');
    const find = workbench.page.locator('.simple-find-part.visible');
    await find.locator('input').fill('effective rules');
    await find.locator('input').press('Enter');
    await expect.poll(async () => (await page.inside()).evaluate(() => document.getSelection()?.toString())).toBe('Effective rules');
    await pictured(workbench, 'details-find');
    await workbench.page.keyboard.press('Escape');
  });

  it('cuts nothing off in a narrow editor, nor at 200 % zoom', async () => {
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    for (const title of ['shop-web-01', 'hz-web-public']) {
      await size(900, 1000);
      await show(title);
      await size(300 + BESIDE, 1000);
      await expect.poll(async () => (await page.inside()).evaluate(() => innerWidth)).toBeLessThan(320);
      expect(await cutOff(page)).toEqual({ aside: 0, outside: [] });
      await pictured(workbench, `details-narrow-${title}`);
      if (title === 'shop-web-01') await scrolledTo(page, 'picture');
      else await scrolledTo(page, 'rules');
      await pictured(workbench, `details-narrow-${title}-below`);
    }
    // Zoomed to twice its size, a window of 1280 by 1300 has that much less room.
    await size(WIDE.width / 2, WIDE.height / 2);
    await show('shop-web-01');
    await expect.poll(() => cutOff(page)).toEqual({ aside: 0, outside: [] });
    await pictured(workbench, 'details-zoom');
    await size(WIDE.width, WIDE.height);
  });

  it('reads when its program does not run, and says so', async () => {
    const [extension = ''] = fs.readdirSync(path.join(host.dataDir, 'ext')).filter((name) => name.startsWith('ecs-explorer.'));
    const program = path.join(host.dataDir, 'ext', extension, 'dist', 'webview', 'page.js');
    await show('shop-web-01');
    const words = async () => (await page.inside()).evaluate(() => [...document.querySelectorAll('h1, h2, h3, dt, dd, li, td, caption, svg text')].map(({ textContent }) => textContent));
    const alive = await words();
    await show('hz-web-public');
    fs.renameSync(program, `${program}.away`);
    try {
      await show('shop-web-01');
      await page.frame.getByText('Scripts did not run: the page can be read, but its buttons do nothing.').waitFor();
      expect(await words()).toEqual(alive);
      expect(await wrongForAxe(await page.inside())).toEqual([]);
      await pictured(workbench, 'details-lifeless');
    } finally {
      fs.renameSync(`${program}.away`, program);
    }
  });

  it('speaks Chinese', async () => {
    await closeWorkbench(workbench);
    workbench = await openWorkbench({ host, theme: 'light', language: 'zh-cn', size: WIDE });
    page = new DetailsPage(workbench);
    const tree = await workbench.openView('ECS Explorer', '资源');
    await tree.expand('华东1（杭州）', '安全组', '实例');
    const english = async () => (await page.inside()).evaluate(() => [...document.querySelectorAll('h2, h3, dt, th, caption, vscode-button, label, .field > span, summary, .count')].map(({ textContent }) => textContent.trim()).filter((text) => text !== '' && !/\p{Script=Han}/u.test(text)));
    await tree.contextMenu('hz-web-public', '打开详情');
    await page.read('hz-web-public');
    await pictured(workbench, 'details-zh-group');
    expect(await english()).toEqual(['ID']);
    await tree.contextMenu('shop-web-01', '打开详情');
    await page.read('shop-web-01');
    expect(await page.frame.locator('main').getAttribute('lang')).toBe('zh-CN');
    await page.follow('预览移出', page.section('related'));
    // It comes above the link that was followed, so the page goes there.
    await expect.poll(async () => (await page.inside()).evaluate(() => [document.activeElement?.closest('section')?.dataset['section'], (document.activeElement?.getBoundingClientRect().top ?? -1) >= 0])).toEqual(['difference', true]);
    await pictured(workbench, 'details-zh');
    expect(await english()).toEqual(['ID', 'IPv6']);
    expect(await wrongForAxe(await page.inside())).toEqual([]);
    await scrolledTo(page, 'picture');
    await pictured(workbench, 'details-zh-picture');
    await scrolledTo(page, 'effective');
    await pictured(workbench, 'details-zh-effective');
  });
});

/** A window over another world, with its list of instances and of groups open. */
async function windowOver(ecs: EcsServer) {
  const workbench = await openWorkbench({ host: await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.regions': ['cn-hangzhou'] }, env: ecs.env }), theme: 'dark', size: WIDE });
  const tree = await workbench.openView('ECS Explorer', 'Resources');
  return { workbench, tree, page: new DetailsPage(workbench), complaints: complaintsIn(workbench) };
}

describe('the page of details of odd things', () => {
  const servers: EcsServer[] = [];
  const serve = async (world: 'hostile' | 'heavy') => {
    const server = await startEcs(world);
    servers.push(server);
    return server;
  };

  afterAll(() => { for (const server of servers) server.stop(); });

  it('shows hostile names and rules as they are written', async () => {
    const { workbench, tree, page, complaints } = await windowOver(await serve('hostile'));
    const html = HOSTILE_TEXTS['html'] ?? '';
    const made = async () => (await page.inside()).evaluate(() => document.querySelectorAll('main :is(img, script, iframe, a, style, b, i)').length);
    await tree.expand('China (Hangzhou)', 'Instances');
    await tree.contextMenu(html, 'Open Details');
    await page.read(html);
    const effective = await page.section('effective').innerText();
    expect(effective).toContain(html);
    expect(effective).toContain(HOSTILE_TEXTS['link']);
    expect(await made()).toBe(0);
    expect(await wrongForAxe(await page.inside())).toEqual([]);
    await pictured(workbench, 'details-hostile');
    await scrolledTo(page, 'effective');
    await pictured(workbench, 'details-hostile-effective');
    await tree.collapse('Instances');
    await tree.expand('Security Groups');
    await tree.contextMenu(instanceId('plain'), 'Open Details');
    await page.read(instanceId('plain'));
    expect(await page.section('rules').innerText()).toContain('the day before yesterday');
    expect(await page.section('rules').innerText()).toContain(html);
    expect(await made()).toBe(0);
    expect(await cutOff(page)).toEqual({ aside: 0, outside: [] });
    await pictured(workbench, 'details-hostile-group');
    await scrolledTo(page, 'rules');
    await pictured(workbench, 'details-hostile-rules');
    expect(complaints).toEqual([]);
  });

  it('finds one among a thousand rules, and draws five groups with forty', async () => {
    const { workbench, tree, page, complaints } = await windowOver(await serve('heavy'));
    await tree.expand('China (Hangzhou)', 'Security Groups');
    await tree.contextMenu('rules-1000', 'Open Details');
    await page.read('rules-1000');
    const rules = page.section('rules');
    await rules.getByText('1,000 rows', { exact: true }).waitFor();
    await expect.poll(() => rules.locator('tbody tr').count()).toBe(1_000);
    await scrolledTo(page, 'rules');
    await pictured(workbench, 'details-rules');
    await rules.locator('vscode-text-field input').fill('rule 777');
    await rules.getByText('1 of 1,000 rows').waitFor();
    expect(await rules.locator('tbody tr').allInnerTexts()).toEqual([expect.stringContaining('rule 777')]);
    await tree.collapse('Security Groups');
    await tree.expand('Instances');
    await tree.contextMenu('in-five-groups', 'Open Details');
    await page.read('in-five-groups');
    await pictured(workbench, 'details-five');
    await scrolledTo(page, 'picture');
    await pictured(workbench, 'details-five-picture');
    expect(complaints).toEqual([]);
  });
});
