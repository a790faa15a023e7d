import CloudSsoProvider from '@alicloud/credentials/dist/src/providers/cloud_sso.js';
import InstanceRoleProvider from '@alicloud/credentials/dist/src/providers/ecs_ram_role.js';
import OAuthProvider from '@alicloud/credentials/dist/src/providers/oauth.js';
import OidcProvider from '@alicloud/credentials/dist/src/providers/oidc_role_arn.js';
import RoleProvider from '@alicloud/credentials/dist/src/providers/ram_role_arn.js';
import UriProvider from '@alicloud/credentials/dist/src/providers/uri.js';
import { clientFailure, failed, success, type Failure } from '../../domain/failure.js';
import { endedSignIn, secretsOf, subjectOf, type OAuthSite, type Profile } from '../accounts/profile.js';
import { readSmallFile } from '../accounts/smallFile.js';
import type { Keys } from '../client.js';
import type { HttpAnswer } from '../transport.js';
import { cleaned } from '../cleaned.js';
import { commandKeys } from './commandKeys.js';
import type { KeySource, SourceParts } from './keySource.js';
import { keysOf, StepFailed } from './tokenService.js';

type Get = KeySource['get'];
type Of<W extends Profile['way']> = Extract<Profile, { readonly way: W }>;

/** Opens a profile: nobody is asked before the first {@link KeySource.get}. */
export function profileKeys(profile: Profile, parts: SourceParts): KeySource {
  const secrets = new Set<string>();
  const onSecret = (secret: string) => {
    if (secret === '' || secrets.has(secret)) return;
    secrets.add(secret);
    parts.onSecret(secret);
  };
  // Keys themselves are told by the ring, whoever they come from.
  if (profile.way !== 'keys') for (const secret of secretsOf(profile)) onSecret(secret);
  const get = getter(profile, { ...parts, onSecret });
  return {
    subject: subjectOf(profile),
    get: async () => {
      const keys = await get();
      // A token service, or whoever stands in for it, may repeat what it was sent.
      return keys.ok ? keys : failed(cleaned(keys.failure, [...secrets]));
    },
  };
}

function getter(profile: Profile, parts: SourceParts): Get {
  switch (profile.way) {
    case 'keys':
      return () => Promise.resolve(success(profile.keys));
    case 'role':
      return roleKeys(profile, parts);
    case 'oidc':
      return oidcKeys(profile, parts);
    case 'instanceRole':
      return instanceRoleKeys(profile, parts);
    case 'command':
      return commandKeys(profile, parts);
    case 'uri':
      return keysOf(UriProvider.builder().withCredentialsURI(profile.uri).build(), { ...parts, operation: 'CredentialsURI', place: profile.place('credentials_uri') });
    case 'cloudSso':
      return cloudSsoKeys(profile, parts);
    case 'oauth':
      return oauthKeys(profile, parts);
  }
}

/** AssumeRole of STS 2015-04-01, signed with the keys of the profile's base. */
function roleKeys(profile: Of<'role'>, parts: SourceParts): Get {
  const base = getter(profile.base, parts);
  let earlier: Failure | undefined;
  const before = {
    getProviderName: () => 'profile',
    getCredentials: async (): Promise<Keys> => {
      const keys = await base();
      earlier = keys.ok ? undefined : keys.failure;
      if (!keys.ok) throw new StepFailed(keys.failure);
      return keys.value;
    },
  };
  const builder = RoleProvider.builder();
  // The library's types ask for a token where its code asks whether there is one.
  builder.credentialsProvider = before as typeof builder.credentialsProvider;
  builder.withRoleArn(profile.roleArn).withRoleSessionName(profile.sessionName).withDurationSeconds(profile.seconds).withStsEndpoint(profile.stsHost);
  if (profile.externalId !== undefined) builder.withExternalId(profile.externalId);
  if (profile.policy !== undefined) builder.withPolicy(profile.policy);
  return keysOf(builder.build(), { ...parts, operation: 'AssumeRole', place: profile.place('ram_role_arn'), before: () => earlier });
}

/** AssumeRoleWithOIDC of STS 2015-04-01: the token of the file instead of a signature. */
function oidcKeys(profile: Of<'oidc'>, parts: SourceParts): Get {
  const builder = OidcProvider.builder();
  builder.withOIDCProviderArn(profile.providerArn).withOIDCTokenFilePath(profile.tokenFile).withRoleArn(profile.roleArn);
  builder.withRoleSessionName(profile.sessionName).withDurationSeconds(profile.seconds).withStsEndpoint(profile.stsHost);
  const get = keysOf(builder.build(), { ...parts, operation: 'AssumeRoleWithOIDC', place: profile.place('oidc_token_file') });
  return async () => {
    // The library reads whatever the path leads to, a pipe or a disk too, and says nothing useful when it can't.
    const token = await readSmallFile({ path: profile.tokenFile, name: profile.tokenFile });
    if (!token.ok) return failed({ ...token.failure, place: { file: profile.tokenFile } });
    parts.onSecret(token.value.trim());
    return get();
  };
}

/** The role of the ECS instance that this runs on. Off the cloud its address hangs, so it is asked only where a profile wants it. */
function instanceRoleKeys(profile: Of<'instanceRole'>, parts: SourceParts): Get {
  const operation = 'InstanceMetadata';
  // An instance without a role has no such page, and says so with a page of another kind.
  const meaning = ({ status }: HttpAnswer) => (status === 404 ? clientFailure('Client.TokenAnswer', { operation, httpStatus: status }) : undefined);
  try {
    const provider = InstanceRoleProvider.builder().build();
    // Where the profile names no role the library takes one that the environment names, which is another profile.
    Object.assign(provider, { roleName: profile.roleName });
    return keysOf(provider, { ...parts, operation, place: profile.place('ram_role_name'), meaning });
  } catch {
    // ALIBABA_CLOUD_ECS_METADATA_DISABLED is set.
    return () => Promise.resolve(failed(clientFailure('Client.TokenAnswer', { operation, place: { file: 'env', field: 'ALIBABA_CLOUD_ECS_METADATA_DISABLED' } })));
  }
}

function whileSignedIn(profile: Profile, get: Get, { now }: Pick<SourceParts, 'now'>): Get {
  return () => {
    const ended = endedSignIn(profile, now());
    return ended === undefined ? get() : Promise.resolve(failed(ended));
  };
}

/** The service of the sign-in does not take the token any more. */
function signedOut(profile: Of<'cloudSso'> | Of<'oauth'>, { operation, field }: { readonly operation: string; readonly field: string }) {
  return ({ status }: HttpAnswer) => (status === 401 ? clientFailure('Client.SignInExpired', { operation, httpStatus: status, place: profile.place(field) }) : undefined);
}

function cloudSsoKeys(profile: Of<'cloudSso'>, parts: SourceParts): Get {
  const operation = 'CloudSSO';
  const field = 'access_token';
  const { signInUrl, accountId, accessConfig, accessToken } = profile;
  const builder = CloudSsoProvider.builder().withSignInUrl(signInUrl).withAccountId(accountId).withAccessConfig(accessConfig).withAccessToken(accessToken);
  // Whether the token has run out is asked here, each time; the library's builder would throw.
  const provider = builder.withAccessTokenExpire(Number.MAX_SAFE_INTEGER).build();
  // The library puts the body together and does not send it.
  const body = JSON.stringify({ AccountId: accountId, AccessConfigurationId: accessConfig });
  const get = keysOf(provider, { ...parts, operation, place: profile.place(field), body, meaning: signedOut(profile, { operation, field }) });
  return whileSignedIn(profile, get, parts);
}

/** Addresses and client ids of the aliyun CLI, as the library has them (providers/cli_profile.js). */
const OAUTH: Readonly<Record<OAuthSite, { readonly signInUrl: string; readonly clientId: string }>> = {
  CN: { signInUrl: 'https://oauth.aliyun.com', clientId: '4038181954557748008' },
  INTL: { signInUrl: 'https://oauth.alibabacloud.com', clientId: '4103531455503354461' },
};

/**
 * Changes the access token for keys. The refresh token is not handed over: redeeming it makes a new one, which would
 * have to be written into the person's file, or the CLI would be signed out.
 */
function oauthKeys(profile: Of<'oauth'>, parts: SourceParts): Get {
  const field = 'oauth_access_token';
  const { signInUrl, clientId } = OAUTH[profile.site];
  const provider = OAuthProvider.builder().withSignInUrl(signInUrl).withClientId(clientId).withAccessToken(profile.accessToken).withAccessTokenExpire(profile.expires).build();
  const get = keysOf(provider, { ...parts, operation: 'OAuth', place: profile.place(field), meaning: signedOut(profile, { operation: 'OAuth', field }) });
  return whileSignedIn(profile, get, parts);
}

