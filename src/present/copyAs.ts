import { isRegionId } from '../domain/ids.js';
import type { Text } from '../domain/text.js';
import { cliCommands } from './copyAs/cli.js';
import { oosExecution } from './copyAs/oos.js';
import { idsOf, type Copied, type CopyRequest } from './copyAs/request.js';
import { sdkProgram } from './copyAs/sdk.js';
import { terraform } from './copyAs/terraform.js';

export type CopyFormat = 'cli' | 'terraform' | 'sdk' | 'oos';

/** The formats in the order in which they are offered. */
export const COPY_FORMATS: readonly CopyFormat[] = ['cli', 'terraform', 'sdk', 'oos'];

export const COPY_FORMAT_NAME: Readonly<Record<CopyFormat, Text>> = {
  cli: { en: 'aliyun CLI', zh: '阿里云 CLI' },
  terraform: { en: 'Terraform', zh: 'Terraform' },
  sdk: { en: 'TypeScript SDK', zh: 'TypeScript SDK' },
  oos: { en: 'OOS (CloudOps Orchestration Service)', zh: 'OOS（系统运维管理）' },
};

const WRITERS: Readonly<Record<CopyFormat, (request: CopyRequest) => Copied>> = {
  cli: cliCommands,
  terraform,
  sdk: sdkProgram,
  oos: oosExecution,
};

const NOTHING: Text = { en: 'There is no change to copy.', zh: '没有可复制的变更。' };
const REGION: Text = { en: "The region id has characters that no region's id has.", zh: '地域 ID 包含无效字符。' };
const CHARACTERS: Text = { en: "An id has characters that can't be written down as text: a null character, or half of one.", zh: '某个 ID 包含无法以文本形式写出的字符（空字符或不完整的字符）。' };
const EMPTY: Text = { en: 'An id is empty.', zh: '某个 ID 为空。' };
const NO_GROUP: Text = { en: 'A list of security groups is empty, but at least one group must remain.', zh: '安全组列表为空，但至少必须保留一个安全组。' };

/** What no format can say. The region becomes part of a host name in all of them. */
function refusal({ regionId, steps }: CopyRequest): Text | undefined {
  if (steps.length === 0) return NOTHING;
  if (!isRegionId(regionId)) return REGION;
  if (steps.some(({ change }) => change.kind === 'replace' && change.after.length === 0)) return NO_GROUP;
  const ids = idsOf(steps);
  // Clients leave out what is empty, and the request becomes another one.
  if (ids.includes('')) return EMPTY;
  return ids.some((id) => /[\0\p{Cs}]/u.test(id)) ? CHARACTERS : undefined;
}

/** Changes as text for another tool, or why that tool can't make them. Ids come from the service and are hostile text (law 10). */
export function copyAs(request: CopyRequest, format: CopyFormat): Copied {
  const reason = refusal(request);
  return reason === undefined ? WRITERS[format](request) : { reason };
}
