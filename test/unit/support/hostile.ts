import fc from 'fast-check';

/** Pieces of text that make something else of the place that shows them. */
const TRICKS = [
  '\n', '\r\n', '\t', '\0', '\u001b[31m', '\u007f', '\u0085', '\u00ad', '\u034f', '\u061c', '\u115f', '\u180e', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f',
  '\u2028', '\u2029', '\u202a', '\u202e', '\u2060', '\u2066', '\u2069', '\u2800', '\u3164', '\ufe0f', '\ufeff', '\uffa0', '\ud800', '\udc00', '\u{e0041}', '\u{e0100}',
  '$(', '$(account)', '\\$(account)', '$(sync~spin)', '$(a b)', '\\', '[', ']', '(', ')', '](', '](command:x "words")', '](file:///etc/passwd)', '\u001b]8;;https://evil.example\u0007', '[x](command:ecsExplorer.joinSecurityGroup)', '[x](https://evil.example)', '](\u200b', ']\u200b(', '**', '<b>', '`', '%', '{0}',
  '👩‍💻', '👩🏽‍💻', '❤️', '1️⃣', '中文', 'constructor', '__proto__', 'a', '1',
];

/** Any whole character, from all of Unicode; fast-check's own unit for that takes seconds to prepare. */
export const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: 0x2fff }), fc.integer({ min: 0, max: 0x10ffff }))
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

/** Anything that the cloud may send as a name, a tag, a code or a message, tricks first. */
export const hostileText = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...TRICKS) }, fc.string({ unit: anyCharacter, maxLength: 8 })), { maxLength: 40 }).map((parts) => parts.join(''));

/**
 * What must not reach a screen: control, bidirectional and zero-width characters, fillers, halves of characters.
 * Only what makes one emoji of several signs may stay.
 */
export function unseen(text: string): readonly string[] {
  const emoji = /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic}|[0-9#*])\uFE0F/gu;
  return text.replace(emoji, '').match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu) ?? [];
}

/** How many characters a reader sees, roughly: code points. */
export function length(text: string): number {
  return Array.from(text).length;
}

/** A text as the editor draws it where icons are drawn: what is read, and the icons in it (`renderLabelWithIcons` of VS Code 1.100 and 1.139). */
export function drawn(text: string): { readonly words: string; readonly icons: readonly string[] } {
  const icons: string[] = [];
  const words = text.replace(/(\\)?(\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, (_all, escape: string | undefined, icon: string) => {
    if (escape !== undefined) return icon;
    icons.push(icon);
    return '';
  });
  return { words, icons };
}

/** The addresses of the links that a notification makes of its text (`parseLinkedText` of the same). */
export function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi)].map(([, , address = '']) => address);
}
