import { CLIENT_CODES, type Failure } from '../domain/failure.js';
import { redact, withoutSecrets } from '../domain/redact.js';

const OWN_CODES: ReadonlySet<string> = new Set(CLIENT_CODES);

/** A service repeats the whole request when a signature does not match, and so may anything in between (law 9). */
export function cleaned(failure: Failure, secrets: readonly string[]): Failure {
  const { code, serviceMessage, detail, requestId, recommend, deniedAction, policyType } = failure;
  return {
    ...failure,
    // Ours decide what is done about it, and carry nothing of anybody's.
    code: OWN_CODES.has(code) ? code : withoutSecrets(code, secrets),
    ...(serviceMessage === undefined ? {} : { serviceMessage: redact(serviceMessage, secrets) }),
    ...(detail === undefined ? {} : { detail: redact(detail, secrets) }),
    ...(requestId === undefined ? {} : { requestId: withoutSecrets(requestId, secrets) }),
    ...(recommend === undefined ? {} : { recommend: withoutSecrets(recommend, secrets) }),
    ...(deniedAction === undefined ? {} : { deniedAction: withoutSecrets(deniedAction, secrets) }),
    ...(policyType === undefined ? {} : { policyType: withoutSecrets(policyType, secrets) }),
  };
}
