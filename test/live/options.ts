import { parseArgs } from 'node:util';
import { parseEndpoint } from '../../src/cloud/endpoints.js';
import { idProblem, isRegionId } from '../../src/domain/ids.js';
import type { TargetRef } from '../../src/domain/resources.js';

/** One join and one leave, as the person allows them. */
export interface JoinWish {
  readonly ref: TargetRef;
  readonly groupId: string;
  /** Goes on when the plan only warns; what the plan blocks is never sent. */
  readonly despiteWarnings: boolean;
}

export interface Options {
  readonly regionId: string;
  /** Where the group of the named region is asked for in vain; another one of the account's where absent. */
  readonly otherRegionId?: string;
  /** One endpoint for every region; empty for the regions' own. */
  readonly endpoint: string;
  /** Whether anything may be sent at all. */
  readonly consent: boolean;
  /** File of the redacted transcript. */
  readonly out: string;
  /** Fields that only the service has count as a difference, too. */
  readonly compare: boolean;
  /** The group whose rules are read; some group with rules where absent. */
  readonly groupId?: string;
  readonly join?: JoinWish;
  /** How long to look for a change to show. */
  readonly visibilityMs: number;
}

export type Parsed =
  | { readonly kind: 'options'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string };

export const USAGE = `Usage: npm run verify:live -- --region <id> [options]

Compares what this project believes of ECS with the real service. Without --yes-use-my-account it only says what
it would send. Keys come from ALIBABA_CLOUD_ACCESS_KEY_ID, _SECRET and _SECURITY_TOKEN.

  --region <id>             the region to read
  --other-region <id>       a second region (default: another one of the account's)
  --group <sg-…>            the group whose rules are read (default: one that has rules)
  --yes-use-my-account      sends requests with these keys; they only read
  --endpoint <address>      one endpoint for every region: https://host[:port], http:// on this machine only
  --out <file>              where the redacted transcript goes (default: dist/verify-live.json)
  --compare                 lists fields that the sandbox lacks, and counts them as differences
  --allow-join              one join and one leave: with --group and one of the two
    --instance <i-…>          the instance that joins the group and leaves it again
    --eni <eni-…>             the network interface that does
    --allow-warnings          also when the preflight rules warn
    --visibility-seconds <n>  how long to look for a change to show (default: 30)
  --help

Exit code: 0 all that was checked agrees, 1 something differs or was not done, 2 wrong usage.`;

const FLAGS = {
  region: { type: 'string' },
  'other-region': { type: 'string' },
  group: { type: 'string' },
  instance: { type: 'string' },
  eni: { type: 'string' },
  endpoint: { type: 'string', default: '' },
  out: { type: 'string', default: 'dist/verify-live.json' },
  'visibility-seconds': { type: 'string', default: '30' },
  'yes-use-my-account': { type: 'boolean', default: false },
  'allow-join': { type: 'boolean', default: false },
  'allow-warnings': { type: 'boolean', default: false },
  compare: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values'];

const MAX_VISIBILITY_SECONDS = 600;

/** Reads the command line; every problem is found before anything is sent. */
export function parseOptions(args: readonly string[]): Parsed {
  let values: Values;
  try {
    ({ values } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: false }));
  } catch (error) {
    return { kind: 'wrong', problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return { kind: 'help' };
  const problem = placeProblem(values) ?? joinProblem(values);
  return problem === undefined ? { kind: 'options', options: optionsOf(values) } : { kind: 'wrong', problem };
}

function placeProblem(values: Values): string | undefined {
  const { region, endpoint, out } = values;
  if (region === undefined) return '--region is missing';
  if (!isRegionId(region)) return `not a region id: --region ${region}`;
  const other = values['other-region'];
  if (other !== undefined && (!isRegionId(other) || other === region)) return `not another region's id: --other-region ${other}`;
  const parsed = endpoint === '' ? undefined : parseEndpoint(endpoint);
  if (parsed?.ok === false) return `--endpoint takes https://host or https://host:port (${parsed.failure.code})`;
  if (out.trim() === '') return '--out needs a file';
  const seconds = Number(values['visibility-seconds']);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_VISIBILITY_SECONDS) return `--visibility-seconds takes 1 to ${MAX_VISIBILITY_SECONDS}`;
  return undefined;
}

function joinProblem(values: Values): string | undefined {
  const { group, instance, eni } = values;
  if (group !== undefined && idProblem(group, 'securityGroup') !== undefined) return `not the id of a security group: --group ${group}`;
  if (!values['allow-join']) return instance === undefined && eni === undefined && !values['allow-warnings'] ? undefined : '--instance, --eni and --allow-warnings go with --allow-join only';
  if (group === undefined) return '--allow-join needs --group';
  if ((instance === undefined) === (eni === undefined)) return '--allow-join needs exactly one of --instance and --eni';
  if (instance !== undefined && idProblem(instance, 'instance') !== undefined) return `not the id of an instance: --instance ${instance}`;
  if (eni !== undefined && idProblem(eni, 'networkInterface') !== undefined) return `not the id of a network interface: --eni ${eni}`;
  return undefined;
}

function optionsOf(values: Values): Options {
  const { group, endpoint, out, compare } = values;
  const other = values['other-region'];
  const join = joinOf(values);
  return {
    regionId: values.region ?? '',
    endpoint,
    out,
    compare,
    consent: values['yes-use-my-account'],
    visibilityMs: Number(values['visibility-seconds']) * 1000,
    ...(other === undefined ? {} : { otherRegionId: other }),
    ...(group === undefined ? {} : { groupId: group }),
    ...(join === undefined ? {} : { join }),
  };
}

function joinOf(values: Values): JoinWish | undefined {
  const { group = '', instance, eni } = values;
  if (!values['allow-join']) return undefined;
  const ref: TargetRef = instance === undefined ? { kind: 'networkInterface', id: eni ?? '' } : { kind: 'instance', id: instance };
  return { ref, groupId: group, despiteWarnings: values['allow-warnings'] };
}
