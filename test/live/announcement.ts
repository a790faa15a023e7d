import { byHand } from './joinTexts.js';
import type { Options } from './options.js';

/** Everything that reading sends; a test holds it against what is really sent. */
export const READS: Readonly<Record<string, string>> = {
  DescribeRegions: 'in both languages, in none and in one that there is not',
  DescribeInstances: 'pages of different sizes, by ids, by group, an unknown id, a malformed id, a bad token, an unknown region, a dry run',
  DescribeNetworkInterfaces: 'pages, by ids, by group, by instance, managed ones, an unknown id, a malformed id, a bad token',
  DescribeSecurityGroups: 'pages, by ids, with counts, without a region, an unknown id, a malformed id, a bad token, a dry run, from another region',
  DescribeSecurityGroupAttribute: 'the rules of one group in pages, a bad token, unknown groups, from another region',
  DescribeInstanceAttribute: 'one instance, and an unknown one',
  DescribeSecurityGroupReferences: 'which groups refer to ten that are listed, and to an unknown one',
  DescribePrefixListAttributes: 'a prefix list that the rules name, and an unknown one',
};

/** At most so many requests in the reading part. */
export const MOST_READS = 100;

/** What would be sent, where to, and what never is. */
export function announcement(options: Options): readonly string[] {
  const { regionId, endpoint, groupId, otherRegionId, join, out } = options;
  return [
    `Region: ${regionId}${otherRegionId === undefined ? ', and another one of the account for groups that are elsewhere' : `, and ${otherRegionId} for groups that are elsewhere`}`,
    `Endpoint: ${endpoint === '' ? "the regions' own (ecs.<region>.aliyuncs.com and the like)" : `${endpoint}, for every region`}`,
    'Keys: those of ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_SECURITY_TOKEN',
    `Reads, at most ${MOST_READS}, one after the other:`,
    ...Object.entries(READS).map(([operation, what]) => `  ${operation}: ${what}`),
    `  rules of: ${groupId ?? 'a group that is listed'}`,
    ...writes(options),
    'Never sent: a wrong signature, a wrong key, a wrong time, a flood of requests, any other write.',
    `The transcript goes to ${out}: operations, parameter names, states, codes, field names and types, no values.${join === undefined ? '' : ' The target and the group are named on this screen only.'}`,
  ];
}

function writes({ join, regionId }: Options): readonly string[] {
  if (join === undefined) return ['Writes: none.'];
  const { ref, groupId, despiteWarnings } = join;
  const request = { regionId, securityGroupId: groupId, ...(ref.kind === 'instance' ? { instanceId: ref.id } : { networkInterfaceId: ref.id }) };
  return [
    `Writes, if the preflight rules say ready${despiteWarnings ? ' or warn' : ''}: one JoinSecurityGroup (${ref.id} into ${groupId}), and one LeaveSecurityGroup that takes it back.`,
    '  The plan before and the looks between and after them are more reads.',
    `  Should that fail, to leave by hand: ${byHand(request)}`,
  ];
}
