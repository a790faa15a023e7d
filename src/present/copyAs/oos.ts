import type { Step } from '../../domain/change.js';
import type { Text } from '../../domain/text.js';
import { cliParameter } from './cli.js';
import { forJson } from './quoting.js';
import { endpointParts, idInComment, idsOf, type Copied, type CopyRequest } from './request.js';

/** Source: the public template in github.com/aliyun/oos-templates, PublicTemplates/YAML/ACS-ECS-JoinSecurityGroupToMultipleInstance.yml. */
const TEMPLATE = 'ACS-ECS-JoinSecurityGroupToMultipleInstance';

const JOINS_ONLY: Text = {
  en: 'The public OOS template only adds instances to a security group. Choose another format.',
  zh: 'OOS 公共模板只能将实例加入安全组。请选择其他格式。',
};
const INSTANCES_ONLY: Text = {
  en: 'The public OOS template takes instances, not network interfaces. Choose another format.',
  zh: 'OOS 公共模板只支持实例，不支持弹性网卡。请选择其他格式。',
};
const ONE_GROUP: Text = {
  en: 'The public OOS template takes one security group at a time. Choose one group, or another format.',
  zh: 'OOS 公共模板每次只支持一个安全组。请只选择一个安全组，或选择其他格式。',
};
const OF_THIS_MACHINE: Text = {
  en: "The endpoint is on this machine, where OOS can't reach it. Choose another format.",
  zh: '接入地址位于本机，OOS 无法访问。请选择其他格式。',
};
const EXPRESSION: Text = {
  en: 'An id contains "{{", which OOS would take for an expression. Choose another format.',
  zh: '某个 ID 包含“{{”，OOS 会将其视为表达式。请选择其他格式。',
};

/** Above this many targets an orchestration that runs by itself is the better place (design, section 1). */
const MANY = 50;

/** Whether OOS is to be offered without being asked for. */
export function suggestsOos(targetCount: number): boolean {
  return targetCount > MANY;
}

function joinedGroups(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.flatMap(({ change }) => (change.kind === 'join' ? [change.securityGroupId] : [])));
}

function refusal({ kind, steps, endpoint }: CopyRequest): Text | undefined {
  if (kind !== 'join' || steps.some(({ change }) => change.kind !== 'join')) return JOINS_ONLY;
  if (steps.some(({ ref }) => ref.kind !== 'instance')) return INSTANCES_ONLY;
  if (joinedGroups(steps).size > 1) return ONE_GROUP;
  if (endpointParts(endpoint)?.scheme === 'http') return OF_THIS_MACHINE;
  return idsOf(steps).some((id) => id.includes('{{')) ? EXPRESSION : undefined;
}

/**
 * The command that starts OOS on all instances at once. An empty OOSAssumeRole lets it act with the caller's own
 * permissions; the template's own default is a role that an account may not have.
 */
export function oosExecution(request: CopyRequest): Copied {
  const reason = refusal(request);
  if (reason !== undefined) return { reason };
  const { regionId, steps } = request;
  const [securityGroupId = ''] = joinedGroups(steps);
  const instanceIds = [...new Set(steps.map(({ ref }) => ref.id))];
  const parameters = { regionId, targets: { Type: 'ResourceIds', RegionId: regionId, ResourceIds: instanceIds }, securityGroupId, OOSAssumeRole: '' };
  const command = ['aliyun', 'oos', 'StartExecution', cliParameter('region', regionId), cliParameter('TemplateName', TEMPLATE), cliParameter('Parameters', forJson(parameters))];
  const count = instanceIds.length === 1 ? 'One instance joins' : `${instanceIds.length} instances join`;
  return { text: `# ${count} ${idInComment(securityGroupId)}\n${command.join(' ')}\n` };
}
