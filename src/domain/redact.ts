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
  '(?<!incomplete|missing|mismatchwith)(?:access[_ -]?key[_ -]?secret|secret[_ -]?access[_ -]?key|access[_ -]?key|secret[_ -]?key|secret|(?:security|sts|session|access|refresh|bearer|auth|control|metadata|oidc|subject|(?<![A-Za-z])id)[_-]?token|authorization|signature|password|passphrase|passwd|private[_-]?key|device[_-]?code|code[_-]?verifier|saml[_-]?assertion|(?:set-)?cookie)';
/** A quotation mark as a text has it: plain, escaped, in the entities of HTML, or percent-encoded once or more. */
const MARK = String.raw`(?:\\*["']|%(?:25)*22|&(?:quot|apos|#34|#39);)`;
/** A quoted name with a sign behind it that joins it to a value: in `"mode":"StsToken","secret":"…"` the secret is the second value. */
const NEXT_FIELD = String.raw`\s*(?:"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')\s*(?::|=>)`;
/** Between a name and its value: `=`, `": "` also inside a quoted or an encoded text, `=>`, and `', '` of a list of headers. */
const BETWEEN = String.raw`${MARK}?\s*(?:=>|[:=]|%(?:25)*3A|%(?:25)*3D|,(?=\s*["'])(?!${NEXT_FIELD}))\s*(?:\[\s*(?=\\*["']|\[hidden\]))?(?:&(?:quot|apos|#34|#39);)?`;
/** A quoted text may have been cut off before its end. */
const QUOTED = String.raw`(?:\b[a-z](?=["']))?(?:"(?:[^"\\]|\\[^])*"?|'(?:[^'\\]|\\[^])*'?|\\+(["'])(?:(?!\\+\2)[^])*(?:\\+\2)?)`;
/** A long value goes on in lines that have nothing else on them, as in a file of keys or a wrapped answer. */
const WRAPPED = String.raw`(?:[ \t]*\r?\n[ \t]*[\w+/=.%~-]{8,}(?=[ \t]*(?:\r?\n|["']|$)))*`;
const SECRET_FIELD = new RegExp(String.raw`(${SECRET_NAME}${BETWEEN})(?:${QUOTED}|(?:\[hidden\]|[^\s&,;"'}\]])+${WRAPPED})`, 'gi');
/** `--access-key-secret value` of a command line. */
const OPTION = new RegExp(String.raw`((?<![\w-])--?[\w-]*${SECRET_NAME}\s+)(?![\s=:])(?:${QUOTED}|(?:\[hidden\]|[^\s"'])+)`, 'gi');
/** `Authorization: acs id:signature`, `Bearer token`, cookies and the like go on to the end of the line. */
const AUTHORIZATION = new RegExp(String.raw`((?:authorization|cookie)${BETWEEN})(?:${QUOTED}|\[hidden\]|[^\r\n"']+)`, 'gi');
const SIGNED = /ACS3-HMAC-SHA256[^\n"']*/g;
/** Words that follow the word by chance are shorter or have no figure. */
const BEARER = /\b(Bearer(?:\s|%20|\+)+)(?:[\w.~+/=%-]{16,}|(?=[\w.~+/=%-]*\d)[\w.~+/=%-]{8,})/gi;
const SECRET_ELEMENT = new RegExp(String.raw`((?:<|&lt;)(?:\w+:)?[\w-]*${SECRET_NAME}(?:\s[^<>]*)?(?:>|&gt;)\s*)(?:<!\[CDATA\[[^]*?(?:\]\]>|$)|(?:(?!&lt;)[^<])+)`, 'gi');
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
  return withoutSecrets(text, secrets)
    .replace(PRIVATE_KEY, HIDDEN)
    .replace(SIGNED, `ACS3-HMAC-SHA256 ${HIDDEN}`)
    .replace(AUTHORIZATION, `$1${HIDDEN}`)
    .replace(BEARER, `$1${HIDDEN}`)
    .replace(USER_PART, `$1${HIDDEN}@`)
    .replace(QUERY, '$1?…')
    .replace(SECRET_ELEMENT, `$1${HIDDEN}`)
    .replace(OPTION, `$1${HIDDEN}`)
    .replace(SECRET_FIELD, `$1${HIDDEN}`)
    .replace(ACCESS_KEY_ID, (_all, prefix: string, rest: string) => `${prefix}…${rest.slice(-4)}`)
    // What took the place of a secret must not become the words of a link in a message.
    .replaceAll(`${HIDDEN}(`, `${HIDDEN} (`);
}

/**
 * Without these secrets and nothing else: for words that are no sentences, such as a code or an id, of which
 * {@link redact} would take some for something else.
 */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) clean = withoutParts(clean, secret);
  return clean;
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
