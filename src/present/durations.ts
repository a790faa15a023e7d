import type { Language } from '../domain/text.js';

const UNITS = [
  { ms: 86_400_000, en: 'd', zh: ' 天' },
  { ms: 3_600_000, en: 'h', zh: ' 小时' },
  { ms: 60_000, en: 'min', zh: ' 分钟' },
  { ms: 1_000, en: 's', zh: ' 秒' },
] as const;

/** A length of time in its largest unit, as rows have room for: `12 s`, `3 min`, `2 h`. */
export function duration(ms: number, language: Language): string {
  const unit = UNITS.find((one) => ms >= one.ms) ?? UNITS[3];
  const count = Math.floor(Math.max(0, ms) / unit.ms);
  return language === 'zh' ? `${count}${unit.zh}` : `${count} ${unit.en}`;
}

/** How long ago something was. A clock that was set back gives no future. */
export function ago(ms: number, language: Language): string {
  if (ms < 5_000) return language === 'zh' ? '刚刚' : 'just now';
  return language === 'zh' ? `${duration(ms, language)}前` : `${duration(ms, language)} ago`;
}
