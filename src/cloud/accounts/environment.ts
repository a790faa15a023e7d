import { clientFailure, failed, type Result } from '../../domain/failure.js';
import { fields } from '../fields.js';
import type { PlaceOf, Profile } from './profile.js';
import { ProfileReader, SHAPES } from './profileReader.js';

/** The variables of the official library's chain, in its order, but the file and metadata steps that nobody has asked for. */
const PREFIX = 'ALIBABA_CLOUD_';
/** Variables by the names that the fields have in a profile. */
const VARIABLES: ReadonlyMap<string, string> = new Map([
  ['ram_role_arn', 'ROLE_ARN'],
  ['oidc_token_file', 'OIDC_TOKEN_FILE'],
  ['ram_role_name', 'ECS_METADATA'],
  ['credentials_uri', 'CREDENTIALS_URI'],
]);
const PLACE: PlaceOf = (field) => ({ file: 'env', field: VARIABLES.has(field) ? `${PREFIX}${VARIABLES.get(field) ?? ''}` : field });

/**
 * What the environment of the extension host says about keys: an AccessKey pair, else a role by OIDC, else the role
 * of this instance, else an address that gives out keys.
 */
export function environmentProfile(): Result<Profile> {
  const reader = new ProfileReader(environment(), PLACE);
  const has = (...names: readonly string[]) => names.every((name) => (process.env[PREFIX + name] ?? '') !== '');
  if (has('ACCESS_KEY_ID') || has('ACCESS_KEY_SECRET')) return keys(has('SECURITY_TOKEN'));
  if (has('ROLE_ARN', 'OIDC_PROVIDER_ARN', 'OIDC_TOKEN_FILE')) {
    return reader.done({
      way: 'oidc',
      place: PLACE,
      roleArn: reader.need(`${PREFIX}ROLE_ARN`, SHAPES.arn),
      providerArn: reader.need(`${PREFIX}OIDC_PROVIDER_ARN`, SHAPES.arn),
      tokenFile: reader.need(`${PREFIX}OIDC_TOKEN_FILE`, SHAPES.file),
      sessionName: reader.may(`${PREFIX}ROLE_SESSION_NAME`, SHAPES.sessionName) ?? 'ecs-explorer',
      seconds: 3600,
      stsHost: reader.stsHost({ endpoint: '', region: `${PREFIX}STS_REGION`, vpc: `${PREFIX}VPC_ENDPOINT_ENABLED` }),
    });
  }
  if (has('ECS_METADATA')) return reader.done({ way: 'instanceRole', place: PLACE, roleName: reader.need(`${PREFIX}ECS_METADATA`, SHAPES.roleName) });
  if (has('CREDENTIALS_URI')) return reader.done({ way: 'uri', place: PLACE, uri: reader.need(`${PREFIX}CREDENTIALS_URI`, SHAPES.web) });
  return failed(clientFailure('Client.NoCredentials'));
}

function environment() {
  const variables = fields(Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith(PREFIX))));
  if (variables === undefined) throw new TypeError('An object has fields.');
  return variables;
}

/** Half a pair, or a key with characters that no key has, is told in the words about these variables. */
function keys(hasToken: boolean): Result<Profile> {
  const reader = new ProfileReader(environment(), PLACE);
  const read = reader.done({ way: 'keys', place: PLACE, keys: reader.keys({ id: `${PREFIX}ACCESS_KEY_ID`, secret: `${PREFIX}ACCESS_KEY_SECRET`, ...(hasToken ? { token: `${PREFIX}SECURITY_TOKEN` } : {}) }) });
  return read.ok ? read : failed(clientFailure('Client.NoCredentials', read.failure.place === undefined ? {} : { place: read.failure.place }));
}
