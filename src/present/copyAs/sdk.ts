import type { Step } from '../../domain/change.js';
import { forLog } from '../literal.js';
import { forJson } from './quoting.js';
import { apiCall, endpointParts, idInComment, type ApiCall, type Copied, type CopyRequest } from './request.js';

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function requestLiteral({ parameters }: ApiCall): string {
  return `{ ${Object.entries(parameters).map(([name, value]) => `${lowerFirst(name)}: ${forJson(value)}`).join(', ')} }`;
}

/** What the program prints about a step. */
function label({ operation }: ApiCall, { ref, change }: Step): string {
  const groups = change.kind === 'replace' ? change.after : [change.securityGroupId];
  return forLog([operation, ref.id, ...groups].join(' '));
}

function stepLines(step: Step, regionId: string): readonly string[] {
  const call = apiCall(step, regionId);
  return [
    '  {',
    `    what: ${forJson(label(call, step))},`,
    `    send: () => client.${lowerFirst(call.operation)}(new ${call.operation}Request(${requestLiteral(call)})),`,
    '  },',
  ];
}

const REPLACES = `//
// A replacement sets the whole list of groups: what somebody else has added meanwhile is lost.`;

function head(request: CopyRequest): string {
  const { regionId, steps } = request;
  const replaces = steps.some(({ change }) => change.kind === 'replace') ? `\n${REPLACES}` : '';
  return `// Changes security groups in ${idInComment(regionId)}, one request after the other, and exits with 1 when one has failed.
//
//   npm install @alicloud/ecs20140526 @alicloud/openapi-core @alicloud/credentials
//   npx tsx change.ts
//
// Keys come from the default chain: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, the profile
// of the aliyun CLI, and so on. ALIBABA_CLOUD_ECS_ENDPOINT names another endpoint, such as http://127.0.0.1:8080.${replaces}`;
}

function imports(steps: readonly Step[]): string {
  const requests = [...new Set(steps.map((step) => `${apiCall(step, '').operation}Request`))].sort();
  return `import CredentialModule from '@alicloud/credentials';
import EcsModule, { ${requests.join(', ')} } from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';`;
}

const SETUP = `/** Under native ES modules the class is the "default" of what a CommonJS package exports by default. */
function classOf<T extends object>(module: T): T {
  return 'default' in module ? (module.default as T) : module;
}

function endpointOptions(address: string): { endpoint?: string; protocol?: string } {
  if (address === '') return {};
  const { host, protocol } = new URL(address.includes('://') ? address : \`https://\${address}\`);
  return { endpoint: host, protocol: protocol.replace(':', '') };
}

const Credential = classOf(CredentialModule);
const Ecs = classOf(EcsModule);
const credential = new Credential();`;

/** Both time-outs, since the connect one goes on counting after the connection (SDK facts, section 3). */
function client({ regionId, endpoint }: CopyRequest): string {
  const parts = endpointParts(endpoint);
  const usual = forJson(parts === undefined ? '' : `${parts.scheme}://${parts.host}`);
  return `const client = new Ecs(
  new $OpenApiUtil.Config({
    credential,
    regionId: ${forJson(regionId)},
    connectTimeout: 15_000,
    readTimeout: 15_000,
    ...endpointOptions(process.env['ALIBABA_CLOUD_ECS_ENDPOINT'] ?? ${usual}),
  }),
);`;
}

/** What the library says about keys is not printed: it may quote the whole profile file. */
const RUN = `/** Code, status and message of whatever was thrown. */
function explained(error: unknown): string {
  const { code, statusCode, message } = error as { code?: unknown; statusCode?: unknown; message?: unknown };
  return JSON.stringify({ code, statusCode, message });
}

async function main(): Promise<number> {
  try {
    await credential.getCredential();
  } catch {
    console.error('No usable credentials were found.');
    return 1;
  }
  let failed = 0;
  for (const { what, send } of steps) {
    try {
      const { body } = await send();
      console.log(\`done: \${what} (request \${body?.requestId ?? 'unknown'})\`);
    } catch (error) {
      failed += 1;
      console.error(\`failed: \${what} \${explained(error)}\`);
    }
  }
  console.log(\`\${steps.length - failed} done, \${failed} failed\`);
  return failed === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});`;

/** A whole TypeScript program for the official SDK. No key is in it. Nothing is sent twice: the SDK does not retry by itself. */
export function sdkProgram(request: CopyRequest): Copied {
  const { regionId, steps } = request;
  const list = [
    'const steps: readonly { what: string; send: () => Promise<{ body?: { requestId?: string } }> }[] = [',
    ...steps.flatMap((step) => stepLines(step, regionId)),
    '];',
  ].join('\n');
  return { text: `${[`${head(request)}\n${imports(steps)}`, SETUP, client(request), list, RUN].join('\n\n')}\n` };
}
