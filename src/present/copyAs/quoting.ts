/**
 * Values as literals of other languages (law 10): each is read back as exactly the same text. Characters that
 * are invisible, turn the direction or mean something to a terminal are spelled out, so that what is pasted is
 * what is seen: a raw Ctrl+C or "end of paste" inside quotes would end the line that is being typed.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The bytes of UTF-8, as printf wants them. */
function octal(sign: string): string {
  const byte = (hex: string) => `\\${parseInt(hex, 16).toString(8).padStart(3, '0')}`;
  return encodeURIComponent(sign).replace(/%([0-9A-F]{2})/g, (_match, hex: string) => byte(hex));
}

/**
 * For a POSIX shell, always in quotes. A line break stays one, since `$(…)` would drop it and no line editor
 * acts on it inside quotes. The null character cannot be given to any program.
 */
export function forShell(value: string): string {
  const quoted = `'${value.replaceAll("'", String.raw`'\''`)}'`;
  return quoted.replace(UNSEEN, (sign) => (sign === '\n' ? sign : `'"$(printf '${octal(sign)}')"'`));
}

function hex(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * A string of HCL (https://developer.hashicorp.com/terraform/language/expressions/strings); what would begin a
 * template is doubled. Terraform normalizes text (NFC), which no escaping prevents; ids of the service are ASCII.
 */
export function forHcl(value: string): string {
  const escaped = value.replace(/["\\]/g, (sign) => `\\${sign}`).replace(/[$%](?=\{)/g, (sign) => sign + sign);
  return `"${escaped.replace(UNSEEN, (sign) => (sign === '\n' ? String.raw`\n` : hex(sign)))}"`;
}

/** Any JSON value in plain ASCII, which is a literal of TypeScript as well. */
export function forJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
