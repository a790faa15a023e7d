import { createHash, randomBytes } from 'node:crypto';

/**
 * A window's id is random, but for what others need to judge it when nothing else of it can be read: the machine
 * (as a hash, since host names may be telling) and the process.
 */
const SHAPE = /^([0-9a-f]{8})-([1-9]\d{0,9})-[0-9a-f]{8}$/;

export interface WindowName {
  readonly machine: string;
  readonly pid: number;
}

export function machineOf(host: string): string {
  return createHash('sha256').update(host).digest('hex').slice(0, 8);
}

export function newWindowId(host: string, pid: number): string {
  return `${machineOf(host)}-${pid}-${randomBytes(4).toString('hex')}`;
}

/** What an id tells; undefined when it is none of ours. */
export function parseWindowId(id: string): WindowName | undefined {
  const [, machine, pid] = SHAPE.exec(id) ?? [];
  return machine === undefined || pid === undefined ? undefined : { machine, pid: Number(pid) };
}

/** Whether a process of this machine lives. One that is somebody else's does; `process.kill` with 0 sends nothing. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The system's code of an error, such as `ENOSPC`; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
