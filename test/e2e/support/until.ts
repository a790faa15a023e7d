import { eventually } from '../../../tools/processes.mjs';

/**
 * Waits until something holds that the page does not tell (a log file, a list read row by row).
 *
 * @param what named in the error, such as "the log names the instance"
 * @returns what the probe gave
 */
export async function until<T>(what: string, probe: () => T | Promise<T>, within = 30_000): Promise<NonNullable<T>> {
  const value = await eventually(probe, { within, every: 50 });
  if (value === undefined) throw new Error(`Not within ${within / 1000} s: ${what}`);
  return value;
}

/** A pattern that matches exactly this text, give or take the blanks around it. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s')}\\s*$`);
}
