import { clientFailure, failed, success, type Failure, type Result } from '../../domain/failure.js';
import { fields, type Fields } from '../fields.js';
import type { OAuthSite, PlaceOf, Profile } from './profile.js';
import { ProfileReader, SHAPES } from './profileReader.js';
import { homeFile, readSmallFile } from './smallFile.js';

/** What `~/.aliyun/config.json` holds, as the aliyun CLI writes it (github.com/aliyun/aliyun-cli, config/profile.go). */
export interface CliFile {
  /** The file as it is shown. */
  readonly name: string;
  /** By name; of two profiles with one name the first counts, as for the CLI. */
  readonly profiles: ReadonlyMap<string, Fields>;
  /** Entries that are no profiles. */
  readonly failures: readonly Failure[];
}

/** More profiles are no list that a person keeps. */
const MOST_PROFILES = 1000;
/** Roles that lead to roles: the service itself allows two, and a longer chain is a circle or a mistake. */
const LONGEST_CHAIN = 5;

export async function readCliFile(): Promise<Result<CliFile>> {
  const file = homeFile('.aliyun', 'config.json');
  const text = await readSmallFile(file);
  if (!text.ok) return text;
  const parsed = parseJson(text.value);
  if (!parsed.ok) return failed(clientFailure('Client.CredentialFileMalformed', { place: { file: `${file.name}${parsed.line}` } }));
  const list = listOf(parsed.json);
  if (list === undefined || list.length > MOST_PROFILES) return failed(clientFailure('Client.CredentialFileMalformed', { place: { file: file.name, field: 'profiles' } }));
  return success(profilesOf(list, file.name));
}

function profilesOf(list: readonly unknown[], name: string): CliFile {
  const profiles = new Map<string, Fields>();
  const failures: Failure[] = [];
  for (const [index, entry] of list.entries()) {
    const profile = fields(entry);
    const called = profile?.text('name') ?? '';
    if (profile === undefined || called === '') failures.push(clientFailure('Client.CredentialFileMalformed', { place: { file: name, field: `profiles[${index}]${profile === undefined ? '' : '.name'}` } }));
    else if (!profiles.has(called)) profiles.set(called, profile);
  }
  return { name, profiles, failures };
}

/** A fault of JSON is told by its line alone: the parser's words quote what stands there, secrets included. */
function parseJson(text: string): { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly line: string } {
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch (error) {
    const at = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    return { ok: false, line: at === undefined ? '' : `:${text.slice(0, Number(at)).split('\n').length}` };
  }
}

function listOf(json: unknown): readonly unknown[] | undefined {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'profiles')) return undefined;
  const { profiles } = json as { readonly profiles: unknown };
  return Array.isArray(profiles) ? profiles : undefined;
}

/** A profile of the file, checked. */
export function cliProfile(file: CliFile, name: string, through: readonly string[] = []): Result<Profile> {
  const found = file.profiles.get(name);
  const place: PlaceOf = (field) => ({ file: file.name, field: `profiles[${JSON.stringify(name)}].${field}` });
  if (found === undefined) return failed(clientFailure('Client.ProfileMissing', { place: { file: file.name, field: `profiles[${JSON.stringify(name)}]` } }));
  const reader = new ProfileReader(found, place);
  const mode = reader.need('mode');
  const read = Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
  if (read !== undefined) return read({ file, name, reader, place, through });
  if (mode !== '') reader.flaw('mode', 'Client.ModeUnsupported');
  return failed(reader.failure ?? clientFailure('Client.ModeUnsupported', { place: place('mode') }));
}

interface Reading {
  readonly file: CliFile;
  readonly name: string;
  readonly reader: ProfileReader;
  readonly place: PlaceOf;
  /** The profiles that have led here. */
  readonly through: readonly string[];
}

const KEY_FIELDS = { id: 'access_key_id', secret: 'access_key_secret' } as const;

/** Fields and modes as config/profile.go of the CLI has them. */
const MODES: Readonly<Record<string, (reading: Reading) => Result<Profile>>> = {
  AK: ({ reader, place }) => reader.done({ way: 'keys', place, keys: reader.keys(KEY_FIELDS) }),
  StsToken: ({ reader, place }) => reader.done({ way: 'keys', place, keys: reader.keys({ ...KEY_FIELDS, token: 'sts_token' }) }),
  RamRoleArn: ({ reader, place }) => reader.done({ way: 'role', place, base: { way: 'keys', place, keys: reader.keys(KEY_FIELDS) }, ...roleOf(reader), externalId: reader.may('external_id') }),
  ChainableRamRoleArn: chained,
  EcsRamRole: ({ reader, place }) => reader.done({ way: 'instanceRole', place, roleName: reader.may('ram_role_name', SHAPES.roleName) }),
  External: ({ reader, place }) => reader.done({ way: 'command', place, command: reader.need('process_command') }),
  CredentialsURI: ({ reader, place }) => reader.done({ way: 'uri', place, uri: reader.need('credentials_uri', SHAPES.web) }),
  OIDC: ({ reader, place }) =>
    reader.done({ way: 'oidc', place, ...roleOf(reader), providerArn: reader.need('oidc_provider_arn', SHAPES.arn), tokenFile: reader.need('oidc_token_file', SHAPES.file) }),
  CloudSSO: ({ reader, place }) =>
    reader.done({
      way: 'cloudSso',
      place,
      signInUrl: reader.need('cloud_sso_sign_in_url', SHAPES.secureWeb),
      accountId: reader.need('cloud_sso_account_id', SHAPES.id),
      accessConfig: reader.need('cloud_sso_access_config', SHAPES.id),
      accessToken: reader.need('access_token', SHAPES.key),
      expires: reader.seconds('cloud_sso_access_token_expire', { usual: 0, least: 0, most: Number.MAX_SAFE_INTEGER }),
    }),
  OAuth: ({ reader, place }) =>
    reader.done({
      way: 'oauth',
      place,
      site: reader.need('oauth_site_type', /^(?:cn|intl)$/i).toUpperCase() as OAuthSite,
      accessToken: reader.need('oauth_access_token', SHAPES.key),
      expires: reader.seconds('oauth_access_token_expire', { usual: 0, least: 0, most: Number.MAX_SAFE_INTEGER }),
    }),
};

/** A session of a role lasts an hour if nothing else is said, and at least a quarter of one (AssumeRole, parameter DurationSeconds). */
function roleOf(reader: ProfileReader) {
  return {
    roleArn: reader.need('ram_role_arn', SHAPES.arn),
    sessionName: reader.may('ram_session_name', SHAPES.sessionName) ?? 'ecs-explorer',
    seconds: reader.seconds('expired_seconds', { usual: 3600, least: 900, most: 43_200 }),
    stsHost: reader.stsHost({ endpoint: 'sts_endpoint', region: 'sts_region', vpc: 'enable_vpc' }),
  };
}

function chained({ file, name, reader, place, through }: Reading): Result<Profile> {
  const source = reader.need('source_profile');
  if (through.includes(source) || source === name || through.length >= LONGEST_CHAIN) reader.flaw('source_profile', 'Client.ProfileLoop');
  if (reader.failure !== undefined) return failed(reader.failure);
  const base = cliProfile(file, source, [...through, name]);
  return base.ok ? reader.done({ way: 'role', place, base: base.value, ...roleOf(reader), externalId: reader.may('external_id') }) : base;
}
