import type { GenericEntry } from './generic.js';

/**
 * A refusal in which a policy says no, other than one in which none says yes: granting more changes nothing. The
 * usual reason is a condition on where the request comes from (`acs:SourceIp`, `acs:SourceVpc`), which a laptop
 * does not meet (www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax).
 */
export const EXPLICIT_DENIAL: Omit<GenericEntry, 'page'> = {
  meaning: {
    en: 'A policy forbids this outright, whatever other policies allow. Often it lets requests in only from certain IP addresses or from a VPC (acs:SourceIp, acs:SourceVpc), and this machine is in neither.',
    zh: '有策略明确拒绝（Deny）此操作，其他策略的允许不起作用。这类策略常常只放行来自特定 IP 地址或专有网络的请求（acs:SourceIp、acs:SourceVpc），而本机不在其中。',
  },
  remedy: {
    en: 'Send it from where the policy allows: through the VPN, or in the remote host where VS Code is remote ("remote.extensionKind": {"ecs-explorer.ecs-explorer": ["workspace"]}). Or have the policy changed by whoever manages it.',
    zh: '从策略允许的位置发出请求：通过 VPN；如果 VS Code 连接了远程主机，让本扩展在其中运行（"remote.extensionKind": {"ecs-explorer.ecs-explorer": ["workspace"]}）。或请策略的管理者修改。',
  },
  retry: 'never',
  fix: 'runInRemoteHost',
};
