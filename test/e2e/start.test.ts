import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { HostHandle } from '../../tools/host.mjs';
import { ROOT } from '../../tools/paths.mjs';
import { openWorkbench } from './support/session.js';

interface Started {
  readonly url: string;
  /** Control-C, and the exit code. */
  readonly interrupt: () => Promise<number | null>;
}

/** `npm start`, as far as npm itself does nothing: the address is what it prints. */
function start(): Promise<Started> {
  const child = spawn(process.execPath, [path.join(ROOT, 'tools', 'start.mjs'), '--port', '8471'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<number | null>((resolve) => { child.once('exit', resolve); });
  const interrupt = () => {
    child.kill('SIGINT');
    return exited;
  };
  onTestFinished(async () => { await interrupt(); });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
      const url = /VS Code with ECS Explorer: (http:\/\/127\.0\.0\.1:\d+)\//.exec(output)?.[1];
      if (url !== undefined) resolve({ url, interrupt });
    });
    void exited.then((code) => { reject(new Error(`npm start ended with code ${String(code)}:\n${output}`)); });
  });
}

it('opens a VS Code in which the sandbox account joins an instance to a group, and ends with Control-C', async () => {
  const { url, interrupt } = await start();
  // The address answers as soon as it is printed.
  expect((await fetch(url)).status).toBe(200);
  const host: HostHandle = { url, port: Number(new URL(url).port), dataDir: path.join(ROOT, '.vscode-test', 'start'), home: '', logs: () => '', set: () => undefined };
  const workbench = await openWorkbench({ host, theme: 'asItIs' });
  const tree = await workbench.openView('ECS Explorer', 'Resources');
  await tree.expand('China (Hangzhou)', 'Instances', 'shop-web-02');
  await tree.contextMenu('shop-web-02', 'Join Security Group…');
  await workbench.quickPick.opened('Join Security Group: shop-web-02');
  await workbench.quickPick.ready();
  await workbench.quickPick.select((await workbench.quickPick.items()).find(({ label }) => label.trim() === 'partner-api')?.label ?? '');
  await workbench.toasts.waitFor('joined security group partner-api');
  await expect.poll(() => tree.labels()).toContain('partner-api');
  await workbench.screenshot('npm-start');
  // What a shell gives a program that Control-C ended.
  expect(await interrupt()).toBe(130);
  await expect(fetch(url)).rejects.toThrow();
});
