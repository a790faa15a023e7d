import { parseArgs } from 'node:util';
import type { SandboxOptions } from './server.js';
import { isWorldName, MAX_RESOURCES, MAX_SEED, WORLD_NAMES } from './worlds/worldTable.js';

const MAX_PORT = 65_535;
const MAX_DELAY_MS = 60_000;

/** The options of the command line, or a sentence that says what is wrong with them. */
export function readOptions(args: readonly string[]): SandboxOptions | { readonly problem: string } {
  const given = parse(args);
  if ('problem' in given) return given;
  const { world, 'access-key-id': accessKeyId, 'access-key-secret': accessKeySecret } = given.values;
  if (world !== undefined && !isWorldName(world)) return { problem: `--world must be one of: ${WORLD_NAMES.join(', ')}` };
  if (accessKeyId === '' || accessKeySecret === '') return { problem: 'an AccessKey cannot be empty' };
  const port = wholeNumber('port', given.values.port, MAX_PORT);
  const visibilityMs = wholeNumber('visibility-ms', given.values['visibility-ms'], MAX_DELAY_MS);
  const latencyMs = wholeNumber('latency-ms', given.values['latency-ms'], MAX_DELAY_MS);
  const seed = wholeNumber('seed', given.values.seed, MAX_SEED);
  const resources = wholeNumber('resources', given.values.resources, MAX_RESOURCES);
  const numbers = [port, visibilityMs, latencyMs, seed, resources];
  const bad = numbers.find((number) => typeof number === 'string');
  if (bad !== undefined) return { problem: bad };
  return {
    ...(world !== undefined && { world }),
    ...(accessKeyId !== undefined && { accessKeyId }),
    ...(accessKeySecret !== undefined && { accessKeySecret }),
    ...(typeof seed === 'number' && { seed }),
    ...(typeof resources === 'number' && { resources }),
    ...(typeof port === 'number' && { port }),
    ...(typeof visibilityMs === 'number' && { visibilityMs }),
    ...(typeof latencyMs === 'number' && { latencyMs }),
  };
}

const CLI_OPTIONS = {
  world: { type: 'string' },
  seed: { type: 'string' },
  resources: { type: 'string' },
  port: { type: 'string' },
  'access-key-id': { type: 'string' },
  'access-key-secret': { type: 'string' },
  'visibility-ms': { type: 'string' },
  'latency-ms': { type: 'string' },
} as const;

type Parsed = ReturnType<typeof parseArgs<{ options: typeof CLI_OPTIONS; strict: true }>>;

function parse(args: readonly string[]): Parsed | { readonly problem: string } {
  try {
    return parseArgs({ args: [...args], options: CLI_OPTIONS, strict: true });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** A number, `undefined` where none was given, or a sentence. */
function wholeNumber(name: string, value: string | undefined, max: number): number | undefined | string {
  if (value === undefined) return undefined;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  return number <= max ? number : `--${name} must be a whole number from 0 to ${max}`;
}
