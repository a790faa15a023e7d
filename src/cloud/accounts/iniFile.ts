import { parse } from 'ini';
import { isAbsolute } from 'node:path';
import { clientFailure, failed, success, type Result } from '../../domain/failure.js';
import { fields, type Fields } from '../fields.js';
import type { PlaceOf, Profile } from './profile.js';
import { ProfileReader, SHAPES } from './profileReader.js';
import { homeFile, readSmallFile, type SmallFile } from './smallFile.js';

/** What the credentials file of the Alibaba Cloud SDKs holds (help.aliyun.com: "Manage access credentials", configuration file). */
export interface IniFile {
  readonly name: string;
  readonly profiles: ReadonlyMap<string, Fields>;
}

/** `~/.alibabacloud/credentials`, or where the person's environment says that it is. */
function iniPath(): Result<SmallFile> {
  const named = process.env[PATH_VARIABLE] ?? '';
  if (named === '') return success(homeFile('.alibabacloud', 'credentials'));
  // Another path is relative to wherever the editor was started, which may be a workspace (law 11).
  return isAbsolute(named) ? success({ path: named, name: named }) : failed(clientFailure('Client.ProfileIncomplete', { place: { file: 'env', field: PATH_VARIABLE } }));
}

const PATH_VARIABLE = 'ALIBABA_CLOUD_CREDENTIALS_FILE';
/** More profiles are no list that a person keeps. */
const MOST_PROFILES = 1000;

export async function readIniFile(): Promise<Result<IniFile>> {
  const file = iniPath();
  if (!file.ok) return file;
  const { name } = file.value;
  const text = await readSmallFile(file.value);
  if (!text.ok) return text;
  const profiles = new Map<string, Fields>();
  try {
    for (const [called, value] of Object.entries(parse(plainHeaders(text.value)))) {
      const section = fields(value);
      if (section?.text('type') !== undefined) profiles.set(called, section);
    }
  } catch {
    return failed(clientFailure('Client.CredentialFileMalformed', { place: { file: name } }));
  }
  return profiles.size > MOST_PROFILES ? failed(clientFailure('Client.CredentialFileMalformed', { place: { file: name } })) : success({ name, profiles });
}

/** A section's name, alone in its line but for spaces and words of the person. */
const HEADER = /^[ \t]*\[([^\]\r\n]*)\][ \t\r]*(?:[;#].*)?$/gm;

/**
 * The parser takes dots in a section's name for levels, of which one may displace another, and a name with spaces
 * around it for a field: what follows would become the keys of the profile before.
 */
function plainHeaders(text: string): string {
  return text.replace(HEADER, (_all, name: string) => `[${name.replace(/\\?\./g, '\\.')}]`);
}

/** A profile of the file, checked. */
export function iniProfile(file: IniFile, name: string): Result<Profile> {
  const found = file.profiles.get(name);
  // The fields of a role have shorter names here than in a profile of the CLI.
  const place: PlaceOf = (field) => ({ file: file.name, field: `[${name}] ${field.replace(/^ram_role_/, 'role_')}` });
  if (found === undefined) return failed(clientFailure('Client.ProfileMissing', { place: { file: file.name, field: `[${name}]` } }));
  const reader = new ProfileReader(found, place);
  const type = reader.need('type');
  const read = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (read !== undefined) return read(reader, place);
  if (type !== '') reader.flaw('type', 'Client.ModeUnsupported');
  return failed(reader.failure ?? clientFailure('Client.ModeUnsupported', { place: place('type') }));
}

const KEY_FIELDS = { id: 'access_key_id', secret: 'access_key_secret' } as const;

/** The types that the library reads from this file, and session keys, which stand in it as well. */
const TYPES: Readonly<Record<string, (reader: ProfileReader, place: PlaceOf) => Result<Profile>>> = {
  access_key: (reader, place) => reader.done({ way: 'keys', place, keys: reader.keys(KEY_FIELDS) }),
  sts: (reader, place) => reader.done({ way: 'keys', place, keys: reader.keys({ ...KEY_FIELDS, token: 'security_token' }) }),
  ecs_ram_role: (reader, place) => reader.done({ way: 'instanceRole', place, roleName: reader.may('role_name', SHAPES.roleName) }),
  ram_role_arn: (reader, place) =>
    reader.done({
      way: 'role',
      place,
      base: { way: 'keys', place, keys: reader.keys(KEY_FIELDS) },
      roleArn: reader.need('role_arn', SHAPES.arn),
      sessionName: reader.may('role_session_name', SHAPES.sessionName) ?? 'ecs-explorer',
      seconds: 3600,
      stsHost: 'sts.aliyuncs.com',
      policy: reader.may('policy'),
    }),
};
