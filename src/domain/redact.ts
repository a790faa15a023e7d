/**
 * The one redactor (law 9): everything that goes to the log, a message or a file of ours passes it.
 * Library errors are not trusted to keep secrets to themselves.
 */

const HIDDEN = '[hidden]';

/** So many characters of a secret in a row are hidden, wherever they stand; fewer say nothing about it. */
const TELLING = 8;

/**
 * Fields whose values are secret wherever they stand: headers, query parameters, JSON members, ini lines. The
 * service's own codes that end like one (`IncompleteSignature`) stand before sentences.
 */
const SECRET_NAME =
  '(?<!incomplete|missing|mismatchwith)(?:access[_-]?key[_-]?secret|secret[_-]?access[_-]?key|access[_-]?key|secret[_-]?key|secret|(?:security|sts|session|access|refresh|bearer|auth|control|\\bid)[_-]?token|authorization|signature|password|private[_-]?key)';
/** Between a name and its value: `=`, `": "` also inside a quoted or an encoded text, and `', '` of a list of headers. */
const BETWEEN = String.raw`(?:\\*["']|%22)?\s*(?:[:=]|%3A|%3D|%253D|,(?=\s*["']))\s*`;
/** A quoted text may have been cut off before its end. */
const QUOTED = String.raw`"(?:[^"\\]|\\[^])*"?|'(?:[^'\\]|\\[^])*'?|\\+(["'])(?:(?!\\+\2)[^])*(?:\\+\2)?`;
const SECRET_FIELD = new RegExp(String.raw`(${SECRET_NAME}${BETWEEN})(?:${QUOTED}|(?:\[hidden\]|[^\s&,;"'}\]])+)`, 'gi');
/** `Authorization: acs id:signature`, `Bearer token` and the like go on to the end of the line. */
const AUTHORIZATION = new RegExp(String.raw`(authorization${BETWEEN})(?:${QUOTED}|\[hidden\]|[^\r\n"']+)`, 'gi');
const SIGNED = /ACS3-HMAC-SHA256[^\n"']*/g;
const BEARER = /\b(Bearer\s+)[\w.~+/=-]{16,}/gi;
const SECRET_ELEMENT = new RegExp(`(<${SECRET_NAME}>)[^<]+`, 'gi');
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** An AccessKey id: its last four characters are enough to tell which one it was. */
const ACCESS_KEY_ID = /(?:\b|(?<=%3D))(LTAI|STS\.|TMP\.)([A-Za-z0-9]{8,})/g;

/**
 * The signed request of the service: everything after the question mark may carry parameters that are nobody's
 * business. The service's link to its own diagnosis page carries a code and a RequestId, and is there to be followed.
 */
const QUERY = /(https?:\/\/(?!api\.aliyun\.com\/troubleshoot\?)[^\s?"'<>]+)\?[^\s"'<>]*/gi;
/** Name and password in an address, as in that of a proxy. */
const USER_PART = /(\w:\/\/)[^\s/"'<>]+@/g;

/**
 * The text without anything secret.
 * @param secrets values known to be secret in this session, hidden wherever eight or more of their characters
 * stand in a row, so that a cut-off secret is hidden too; shorter ones are ignored
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let clean = text;
  for (const secret of secrets) clean = withoutParts(clean, secret);
  return clean
    .replace(PRIVATE_KEY, HIDDEN)
    .replace(SIGNED, `ACS3-HMAC-SHA256 ${HIDDEN}`)
    .replace(AUTHORIZATION, `$1${HIDDEN}`)
    .replace(BEARER, `$1${HIDDEN}`)
    .replace(USER_PART, `$1${HIDDEN}@`)
    .replace(QUERY, '$1?…')
    .replace(SECRET_ELEMENT, `$1${HIDDEN}`)
    .replace(SECRET_FIELD, `$1${HIDDEN}`)
    .replace(ACCESS_KEY_ID, (_all, prefix: string, rest: string) => `${prefix}…${rest.slice(-4)}`);
}

/** Hides every run of characters that the text shares with the secret. */
function withoutParts(text: string, secret: string): string {
  const parts = new Set(Array.from({ length: Math.max(0, secret.length - TELLING + 1) }, (_, at) => secret.slice(at, at + TELLING)));
  let clean = '';
  let kept = 0;
  for (let at = 0; at + TELLING <= text.length; at += 1) {
    if (!parts.has(text.slice(at, at + TELLING))) continue;
    const start = at;
    while (parts.has(text.slice(at + 1, at + 1 + TELLING))) at += 1;
    clean += text.slice(kept, start) + HIDDEN;
    kept = at + TELLING;
    at = kept - 1;
  }
  return clean + text.slice(kept);
}
