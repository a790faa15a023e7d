import type { Step } from '../../domain/change.js';
import type { TargetRef } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { forHcl } from './quoting.js';
import { idInComment, stepComment, type Copied, type CopyRequest } from './request.js';

const LEAVE: Text = {
  en: "Terraform describes what is to be there, so it can't say that a membership ends. Remove the attachment from the configuration, or choose another format.",
  zh: 'Terraform 描述的是应当存在的资源，无法表达“移出安全组”。请从配置中删除对应的关联资源，或选择其他格式。',
};
const JOIN_OF_INTERFACE: Text = {
  en: "Terraform can't add one security group to a network interface: the provider knows an attachment by its instance and group, and alicloud_ecs_network_interface holds the whole list of groups. Replace the security groups instead, or choose another format.",
  zh: 'Terraform 无法只为弹性网卡追加一个安全组：provider 以实例和安全组标识关联资源，而 alicloud_ecs_network_interface 管理的是完整的安全组列表。请改用替换安全组，或选择其他格式。',
};

/**
 * Every other character becomes `_` with six digits: two ids never give one name, and the same id always gives
 * the same. Letters that are no hexadecimal digits may therefore follow a `_` that separates.
 */
function inName(id: string): string {
  return id.replace(/[^A-Za-z0-9-]/gu, (sign) => `_${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(6, '0')}`);
}

interface Block {
  readonly type: string;
  readonly name: string;
  readonly comments: readonly string[];
  readonly body: readonly string[];
  /** By which the provider finds what is there already. */
  readonly importId: string;
  /** An import that must not be forgotten: without it Terraform would create something. */
  readonly alwaysImport: boolean;
}

/** Source: the provider's page of alicloud_ecs_security_group_attachment, since 1.287.0. */
function attachment(ref: TargetRef, securityGroupId: string, step: Step): Block {
  return {
    type: 'alicloud_ecs_security_group_attachment',
    name: `member_${inName(ref.id)}_in_${inName(securityGroupId)}`,
    comments: [`${stepComment(step)}.`],
    body: [`instance_id       = ${forHcl(ref.id)}`, `security_group_id = ${forHcl(securityGroupId)}`],
    importId: `${ref.id}:${securityGroupId}`,
    alwaysImport: false,
  };
}

/**
 * The list of groups of the resource that is the instance or the interface. The other arguments are not known
 * here, so the block is to be merged into one that has them (pages of alicloud_instance and alicloud_ecs_network_interface).
 */
function wholeList(ref: TargetRef, after: readonly string[], step: Step): Block {
  const instance = ref.kind === 'instance';
  const type = instance ? 'alicloud_instance' : 'alicloud_ecs_network_interface';
  return {
    type,
    name: `groups_of_${inName(ref.id)}`,
    comments: [
      `${stepComment(step)}.`,
      `Put the list into the ${type} that manages ${idInComment(ref.id)} and drop this block. Where none does, the import`,
      `takes it over: its other arguments${instance ? '' : ', vswitch_id among them,'} belong into this block, or a plan would unset or refuse them.`,
    ],
    body: [`${instance ? 'security_groups' : 'security_group_ids'} = [${after.map(forHcl).join(', ')}]`],
    importId: ref.id,
    alwaysImport: true,
  };
}

function blockOf(step: Step): Block | Text {
  const { ref, change } = step;
  if (change.kind === 'leave') return LEAVE;
  if (change.kind === 'replace') return wholeList(ref, change.after, step);
  return ref.kind === 'instance' ? attachment(ref, change.securityGroupId, step) : JOIN_OF_INTERFACE;
}

function importLines({ type, name, importId }: Block): readonly string[] {
  return ['import {', `  to = ${type}.${name}`, `  id = ${forHcl(importId)}`, '}'];
}

function written(block: Block, done: boolean): string {
  const { type, name, comments, body, alwaysImport } = block;
  const hint = ['# Done already: to take over what is there, remove the marks of this comment before the first apply.', ...importLines(block).map((line) => `# ${line}`)];
  const taking = alwaysImport ? importLines(block) : hint;
  return [
    ...comments.map((comment) => `# ${comment}`),
    ...(alwaysImport || done ? taking : []),
    `resource "${type}" "${name}" {`,
    ...body.map((line) => `  ${line}`),
    '}',
  ].join('\n');
}

/** Terraform for the provider aliyun/alicloud; of several steps that end in one resource, the last is written. */
export function terraform({ regionId, steps, done = false }: CopyRequest): Copied {
  const blocks = new Map<string, Block>();
  for (const step of steps) {
    const block = blockOf(step);
    if ('en' in block) return { reason: block };
    blocks.set(`${block.type}.${block.name}`, block);
  }
  const head = `# For the provider aliyun/alicloud, 1.287.0 or newer, in ${idInComment(regionId)}; the import blocks need Terraform 1.5.`;
  return { text: `${[head, ...[...blocks.values()].map((block) => written(block, done))].join('\n\n')}\n` };
}
