import { forShell } from './quoting.js';
import { apiCall, endpointParts, stepComment, type Copied, type CopyRequest } from './request.js';

/**
 * A parameter of the aliyun CLI with its value. What begins with a dash would be read as a parameter of its own,
 * so it is bound with `=`, which the CLI splits only once (aliyun-cli, cli/parser.go).
 */
export function cliParameter(name: string, value: string): string {
  return value.startsWith('-') ? `--${name}=${forShell(value)}` : `--${name} ${forShell(value)}`;
}

function flattened(parameters: Readonly<Record<string, string | readonly string[]>>): readonly string[] {
  return Object.entries(parameters).flatMap(([name, value]) =>
    typeof value === 'string' ? [cliParameter(name, value)] : value.map((item, index) => cliParameter(`${name}.${index + 1}`, item)),
  );
}

/** Where the CLI sends to: `--region` chooses the endpoint of an operation, whether or not it has a parameter RegionId. */
function placeOf({ regionId, endpoint }: CopyRequest): readonly string[] {
  const parts = endpointParts(endpoint);
  const other = parts === undefined ? [] : [cliParameter('endpoint', parts.host), ...(parts.scheme === 'http' ? ['--insecure'] : [])];
  return [cliParameter('region', regionId), ...other];
}

/**
 * Commands of the aliyun CLI for a POSIX shell, one for each step. The comments hold nothing that a shell would
 * act on: an interactive zsh takes a comment for a command.
 */
export function cliCommands(request: CopyRequest): Copied {
  const place = placeOf(request);
  const lines = request.steps.flatMap((step) => {
    const { operation, parameters } = apiCall(step, request.regionId);
    return [`# ${stepComment(step)}`, ['aliyun', 'ecs', operation, ...place, ...flattened(parameters)].join(' ')];
  });
  return { text: `${lines.join('\n')}\n` };
}
