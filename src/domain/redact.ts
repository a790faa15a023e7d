/**
 * The one redactor (law 9): everything that goes to the log, a message or a file of ours passes it.
 * Library errors are not trusted to keep secrets to themselves.
 */

const HIDDEN = '[hidden]';

/** Fields whose values are secret wherever they stand: headers, query parameters, JSON members, ini lines. */
const SECRET_FIELD =
  /((?:access_?key_?secret|secret_?access_?key|access_?key|secret|security_?token|sts_?token|x-acs-security-token|authorization|signature|password|client_secret|refresh_token|access_token|private_key)["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s&,;"'}\]]+(?:\s+(?:Credential|SignedHeaders)=[^\s"']+)?)/gi;

/** An AccessKey id: its last four characters are enough to tell which one it was. */
const ACCESS_KEY_ID = /\b(LTAI|STS\.|TMP\.)([A-Za-z0-9]{8,})/g;

/** The signed request of the service: everything after the question mark may carry parameters that are nobody's business. */
const QUERY = /(https?:\/\/[^\s?]+)\?[^\s"']*/gi;

const AUTHORIZATION = /ACS3-HMAC-SHA256[^\n"']*/g;

/**
 * The text without anything secret.
 * @param secrets values known to be secret in this session, hidden wherever they occur; shorter than 8 characters are ignored
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= 8) clean = clean.split(secret).join(HIDDEN);
  }
  return clean
    .replace(AUTHORIZATION, `ACS3-HMAC-SHA256 ${HIDDEN}`)
    .replace(QUERY, '$1?…')
    .replace(SECRET_FIELD, `$1${HIDDEN}`)
    .replace(ACCESS_KEY_ID, (_all, prefix: string, rest: string) => `${prefix}…${rest.slice(-4)}`);
}
