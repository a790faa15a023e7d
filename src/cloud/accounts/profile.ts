import { clientFailure, type Failure } from '../../domain/failure.js';
import type { Keys } from '../client.js';

/** Where a profile stands, for failures: the file, and a field of the profile in it. */
export type PlaceOf = (field: string) => { readonly file: string; readonly field: string };

interface OfRole {
  readonly roleArn: string;
  readonly sessionName: string;
  /** How long the session lasts, in seconds. */
  readonly seconds: number;
  /** Host of the token service. */
  readonly stsHost: string;
}

/** A way to get keys, checked: every text has the shape that it must have. */
export type Profile = { readonly place: PlaceOf } & (
  | { readonly way: 'keys'; readonly keys: Keys }
  | ({ readonly way: 'role'; readonly base: Profile; readonly externalId?: string | undefined; readonly policy?: string | undefined } & OfRole)
  | ({ readonly way: 'oidc'; readonly providerArn: string; readonly tokenFile: string } & OfRole)
  | { readonly way: 'instanceRole'; readonly roleName?: string | undefined }
  | { readonly way: 'command'; readonly command: string }
  | { readonly way: 'uri'; readonly uri: string }
  | { readonly way: 'cloudSso'; readonly signInUrl: string; readonly accountId: string; readonly accessConfig: string; readonly accessToken: string; /** Seconds since 1970. */ readonly expires: number }
  | { readonly way: 'oauth'; readonly site: OAuthSite; readonly accessToken: string; /** Seconds since 1970. */ readonly expires: number }
);

export type OAuthSite = 'CN' | 'INTL';

/** Everything secret in a profile, for the redactor. */
export function secretsOf(profile: Profile): readonly string[] {
  switch (profile.way) {
    case 'keys':
      return [profile.keys.accessKeySecret, profile.keys.securityToken ?? ''].filter((secret) => secret !== '');
    case 'role':
      return secretsOf(profile.base);
    case 'cloudSso':
    case 'oauth':
      return [profile.accessToken];
    default:
      return [];
  }
}

/**
 * Whose keys these are, as far as the profile alone decides it; undefined where only the service knows. Keys of a
 * session change every hour, and what is kept of an account must not be lost each time (design, section 4).
 */
export function subjectOf(profile: Profile): readonly string[] | undefined {
  switch (profile.way) {
    case 'keys':
      // With a token they are a session's, and the next ones have another id.
      return profile.keys.securityToken === undefined ? ['key', profile.keys.accessKeyId] : undefined;
    case 'role': {
      const base = subjectOf(profile.base);
      return base === undefined ? undefined : [...base, 'role', profile.roleArn];
    }
    case 'oidc':
      return ['oidc', profile.providerArn, profile.roleArn];
    case 'cloudSso':
      return ['sso', profile.signInUrl, profile.accountId, profile.accessConfig];
    default:
      return undefined;
  }
}

/** The sign-in of a profile lasts until its access token runs out; only the CLI, with a browser, makes another. */
export function endedSignIn(profile: Profile, nowMs: number): Failure | undefined {
  if ((profile.way !== 'cloudSso' && profile.way !== 'oauth') || profile.expires * 1000 > nowMs) return undefined;
  return clientFailure('Client.SignInExpired', { place: profile.place(profile.way === 'oauth' ? 'oauth_access_token_expire' : 'cloud_sso_access_token_expire') });
}
