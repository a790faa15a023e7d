import type { Failure } from './failure.js';

/**
 * Codes of the gateway that refuse a request over its keys, before anything is carried out: unknown, switched off,
 * run out, or with another secret (help.aliyun.com document 434846, and the error centre of STS).
 */
const ABOUT_KEYS = /^(?:InvalidAccessKeyId|InvalidAccessKey|Forbidden\.AccessKeyDisabled|InvalidSecurityToken|SecurityTokenExpired|MissingSecurityToken|SignatureDoesNotMatch)(?:\.|$)/i;

/** Whether other keys of the same account might be let through where these were not. */
export function isAboutKeys({ code, reached }: Failure): boolean {
  return reached === 'yes' && ABOUT_KEYS.test(code);
}
