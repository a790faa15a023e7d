/** What many measurements of one thing come to. The minimum is what a busy machine distorts least. */
export interface Figures {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

export function figures(values: readonly number[]): Figures {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN, count: sorted.length };
}

/** `12.3 ms (min 11.0)` */
export function msText({ median, min }: Figures): string {
  return `${median.toFixed(1)} ms (min ${min.toFixed(1)})`;
}

/** The same in whole milliseconds. */
export function wholeMs({ median, min }: Figures): string {
  return `${median.toFixed(0)} ms (min ${min.toFixed(0)})`;
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** CPU of this process since `before`, all its threads, in milliseconds. */
export function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
