import { clientFailure, type Failure } from '../../../src/domain/failure.js';

/** Failures as the cloud room makes them. */

/** A refusal of the service. */
export function refusal(code: string, httpStatus = 403, operation = 'JoinSecurityGroup'): Failure {
  return { code, operation, reached: 'yes', httpStatus, serviceMessage: `The service says ${code}.`, requestId: `ID-${code}` };
}

/** Flow control turned the request away; it was not carried out. */
export function throttled(retryAfterMs?: number, httpStatus = 400): Failure {
  return { ...refusal('Throttling.User', httpStatus), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

export function conflict(): Failure {
  return refusal('InvalidOperation.Conflict', 409);
}

export function serverError(): Failure {
  return refusal('InternalError', 500);
}

/** No answer in time: it may have been carried out. */
export function timedOut(): Failure {
  return clientFailure('Client.Timeout', { operation: 'JoinSecurityGroup', reached: 'maybe' });
}

export function connectionLost(): Failure {
  return clientFailure('Client.ConnectionLost', { operation: 'JoinSecurityGroup', reached: 'maybe' });
}

/** Nothing left this machine. */
export function offline(): Failure {
  return clientFailure('Client.Offline', { operation: 'JoinSecurityGroup', reached: 'no' });
}
