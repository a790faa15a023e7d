import type { Language } from '../../domain/text.js';
import { ago, duration } from '../durations.js';

/** A time as the service writes it: `2026-01-01T00:00Z`, with or without seconds. */
const TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?Z$/;

/** Wall clock of a time as the service writes it, in milliseconds; undefined for anything else. */
export function timeOf(text: string): number | undefined {
  const at = TIME.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/**
 * A time that reads the same everywhere, and how far it is from now: `2026-01-01 00:00 UTC · 3 d ago`. What is not a time stands as it is.
 * @param now wall clock, in milliseconds
 */
export function dateText(text: string, now: number, language: Language): string {
  const [, day, time] = TIME.exec(text) ?? [];
  const at = timeOf(text);
  if (at === undefined || day === undefined || time === undefined) return text;
  const distance = at <= now ? ago(now - at, language) : language === 'zh' ? `${duration(at - now, 'zh')}后` : `in ${duration(at - now, 'en')}`;
  return `${day} ${time} UTC · ${distance}`;
}
