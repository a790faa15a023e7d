import fs from 'node:fs';
import path from 'node:path';
import type { HostHandle } from '../../../tools/host.mjs';
import { until } from './until.js';

/** A line of the journal, as far as tests look at it. */
export interface JournalLine {
  readonly type: 'begin' | 'sending' | 'outcome' | 'end';
  readonly operation?: { readonly id: string; readonly steps: readonly { readonly ref: { readonly id: string } }[] };
  readonly operationId?: string;
  readonly step?: number;
  readonly outcome?: string;
}

/** The processes of this host's extension hosts: children of the server that the test started, known by their home folder. */
function extensionHosts({ home }: HostHandle): readonly number[] {
  return fs.readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      const isHost = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=extensionHost');
      return isHost && fs.readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`HOME=${home}`) ? [pid] : [];
    } catch {
      return [];
    }
  });
}

/** Kills the extension host outright, as a crash or a closed window would, and waits until it is gone. */
export async function killExtensionHost(host: HostHandle): Promise<void> {
  const pids = extensionHosts(host);
  if (pids.length === 0) throw new Error('There is no extension host to kill.');
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await until('the extension host is gone', () => Promise.resolve(!extensionHosts(host).some((pid) => pids.includes(pid))), 10_000);
}

/** Every line of every journal that the extension keeps on the host's disk, in no order across files. */
export function journalOf(host: HostHandle): readonly JournalLine[] {
  const folder = path.join(host.dataDir, 'data', 'User', 'globalStorage', 'ecs-explorer.ecs-explorer', 'journal');
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => fs.readFileSync(path.join(folder, name), 'utf8').split('\n'))
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as JournalLine];
      } catch {
        return [];
      }
    });
}
