import type { Report } from './controlState.js';
import type { KeyName } from './keys.js';
import { readPolicy } from './policy.js';
import type { Runtime } from './runtime.js';

export const KEY_STATES = ['active', 'disabled', 'expired'] as const;
export type KeyState = (typeof KEY_STATES)[number];

const DAY_MS = 86_400_000;

/** Switches a key off or on, or lets a token run out, as its owner or time would while somebody works with it. */
export function setKey(runtime: Runtime, name: KeyName, state: KeyState): Report {
  const key = runtime.keys[name];
  if (state === 'expired' && key.token === undefined) return { problem: `only a temporary key expires: ${name}`, status: 400 };
  const expiresAt = state === 'expired' ? runtime.now() : runtime.now() + DAY_MS;
  const token = key.token && { token: { ...key.token, expiresAt } };
  runtime.gatekeeper.keys.set(key.id, { ...key, disabled: state === 'disabled', ...token });
  return {};
}

/** Puts a policy in the place of what a RAM user or a role may do; the account itself no policy can bind. */
export function setPolicy(runtime: Runtime, name: KeyName, document: unknown): Report {
  const key = runtime.gatekeeper.keys.get(runtime.keys[name].id) ?? runtime.keys[name];
  if (key.principal === undefined || key.principal.type === 'Account') return { problem: `a policy is for a RAM user or a role: ${name}`, status: 400 };
  const policy = readPolicy(document);
  if ('problem' in policy) return { problem: policy.problem, status: 400 };
  runtime.gatekeeper.keys.set(key.id, { ...key, principal: { ...key.principal, grant: policy.value } });
  return {};
}
