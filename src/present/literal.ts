/**
 * The one escaping module (law 10): names, tags, descriptions and messages of the cloud are hostile text, and
 * each place that shows text has its own way of making something else of it. Every such text passes one of
 * these functions on its way to the screen or the log.
 */

/** Longer names are cut: nobody reads 5,000 characters in a row of a tree. */
const LABEL_LENGTH = 120;
const SENTENCE_LENGTH = 1000;

/**
 * Characters that are invisible (fillers and halves of characters too), that break a line, or that turn the
 * direction of what follows. What only makes an emoji (captured) stays: a joiner between two pictographs, and
 * the sign that asks for the coloured form of one.
 */
const UNSEEN =
  /((?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\uFE0F|(?<=[0-9#*])\uFE0F(?=\u20E3))|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '⏎', '\r': '⏎', '\t': '⇥', '\u2028': '⏎', '\u2029': '⏎' };

/** Makes control, bidirectional and zero-width characters visible, as `⏎` or `<U+202E>`. */
export function visible(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(UNSEEN, (sign, emoji?: string) => emoji ?? NAMED[sign] ?? `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

/** Cuts at a whole character, with an ellipsis in place of the rest; what would join the next emoji goes with it. */
export function shortened(text: string, length: number = LABEL_LENGTH): string {
  // A character has at most two UTF-16 units, so no more than this has to be looked at.
  const signs = Array.from(text.slice(0, length * 2 + 2));
  return signs.length <= length ? text : `${signs.slice(0, length - 1).join('').replace(/\u200D$/, '')}…`;
}

/** For tree labels and descriptions, which show markup and icon names as they are. */
export function forLabel(text: string): string {
  return shortened(visible(text));
}

/** For quick picks and the status bar, where `$(name)` would become an icon. */
export function forPick(text: string, length: number = LABEL_LENGTH): string {
  return shortened(visible(text), length).replaceAll('$(', '\\$(');
}

/**
 * For notifications and dialogs, whose text turns `[words](address)` into a live link, command links too: a
 * word joiner between the brackets keeps the text readable and dead.
 */
export function forMessage(text: string): string {
  return shortened(visible(text), SENTENCE_LENGTH).replaceAll('](', ']\u2060(');
}

/** For the log: one line, everything visible. */
export function forLog(text: string): string {
  return shortened(visible(text), SENTENCE_LENGTH);
}
