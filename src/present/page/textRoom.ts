/** About how much room a character takes, counted in narrow ones; Chinese ones, and all that are as wide, nearly two. */
export function roomOf(sign: string): number {
  return (sign.codePointAt(0) ?? 0) < 0x2e80 ? 1 : 1.8;
}

/** The same of a text. */
export function textRoom(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + roomOf(sign), 0);
}
