import type { Text } from './text.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** In the largest unit that keeps two digits of meaning: 17 minutes, 26 hours, 400 days. */
function size(ms: number): readonly [count: number, en: string, zh: string] {
  if (ms < 2 * HOUR) return [Math.round(ms / MINUTE), 'minute', '分钟'];
  if (ms < 2 * DAY) return [Math.round(ms / HOUR), 'hour', '小时'];
  return [Math.round(ms / DAY), 'day', '天'];
}

/** How far off the clock is, without the direction: `17 minutes`. */
export function clockDistance(ms: number): Text {
  const [count, en, zh] = size(Math.abs(ms));
  return { en: `${String(count)} ${en}${count === 1 ? '' : 's'}`, zh: `${String(count)} ${zh}` };
}

/** The measured difference as a sentence. @param ms ours minus theirs */
export function clockSentence(ms: number): Text {
  if (Math.abs(ms) < MINUTE) {
    return { en: 'The clock of this machine agrees with the one of the service to within a minute.', zh: '本机时钟与服务时钟相差不到一分钟。' };
  }
  const { en, zh } = clockDistance(ms);
  return { en: `The clock of this machine is ${en} ${ms > 0 ? 'ahead' : 'behind'}.`, zh: `本机时钟${ms > 0 ? '快' : '慢'}了 ${zh}。` };
}
