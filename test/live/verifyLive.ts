import type { CancelSignal } from '../../src/app/ports/cancel.js';
import type { CredentialSource } from '../../src/app/ports/cloud.js';
import { connect } from '../../src/cloud/ecsCloud.js';
import { parseEndpoint, type Endpoint } from '../../src/cloud/endpoints.js';
import { openSource } from '../../src/cloud/keys/openSource.js';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { success, type Result } from '../../src/domain/failure.js';
import { announcement } from './announcement.js';
import { Checklist } from './claims.js';
import { joinAndLeave, skipJoin, type JoinReport } from './joinAndLeave.js';
import { addOpenPoints } from './openPoints.js';
import { parseOptions, USAGE, type Options } from './options.js';
import { readPart } from './readPart.js';
import { recorded, Recorder } from './recorder.js';
import { sandboxShapes, shapesOf } from './reference.js';
import { PRODUCT, Service, TIMEOUT_SECONDS, WRITES } from './service.js';
import { addComparison, comparisonOf, transcriptOf, writeTranscript } from './transcript.js';

/** What the program needs of the process it runs in. */
export interface Surroundings {
  readonly say: (line: string) => void;
  /** Raised by Ctrl-C: reading stops, a join is taken back. */
  readonly signal: CancelSignal;
}

const ENVIRONMENT: CredentialSource = { kind: 'environment' };

/**
 * The program behind `npm run verify:live`.
 * @returns the exit code: 0 all agrees, 1 something differs or was not done, 2 wrong usage
 */
export async function verifyLive(args: readonly string[], { say, signal }: Surroundings): Promise<number> {
  const parsed = parseOptions(args);
  if (parsed.kind === 'help') {
    say(USAGE);
    return 0;
  }
  if (parsed.kind === 'wrong') {
    say(`${parsed.problem}\n\n${USAGE}`);
    return 2;
  }
  const { options } = parsed;
  for (const line of announcement(options)) say(line);
  if (!options.consent) {
    say('Nothing was sent. With --yes-use-my-account it is.');
    return 0;
  }
  const recorder = new Recorder();
  const session = await open(options, { recorder, signal });
  if (!session.ok) {
    say(`No request was sent: ${session.failure.code}. ${session.failure.detail ?? 'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.'}`);
    return 2;
  }
  return run(options, session.value, { recorder, say, signal });
}

interface Session {
  readonly service: Service;
  readonly ecs: Ecs;
  readonly secrets: readonly string[];
}

/** The product's cloud room and our own questions, both under the keys of the environment. Nothing is sent. */
async function open({ endpoint, regionId }: Options, listening: { readonly recorder: Recorder; readonly signal: CancelSignal }): Promise<Result<Session>> {
  const secrets: string[] = [];
  const source = await openSource(ENVIRONMENT, { now: () => Date.now(), onSecret: (secret) => { secrets.push(secret); }, route: (address) => address });
  const keys = source.ok ? await source.value.get() : source;
  if (!keys.ok) return keys;
  const connection = await connect({
    credentials: ENVIRONMENT,
    sandbox: false,
    endpoint,
    network: 'public',
    timeoutSeconds: TIMEOUT_SECONDS,
    concurrentReads: 4,
    ...WRITES,
    product: PRODUCT,
    onSecret: (secret) => secrets.push(secret),
  });
  if (!connection.ok) return connection;
  const place = endpoint === '' ? success<Endpoint | undefined>(undefined) : parseEndpoint(endpoint);
  if (!place.ok) return place;
  return success({ service: new Service(regionId, keys.value, { ...listening, endpoint: place.value }), ecs: connection.value.ecs, secrets: [...secrets, keys.value.accessKeyId] });
}

async function run(options: Options, { service, ecs, secrets }: Session, { recorder, say, signal }: Surroundings & { readonly recorder: Recorder }): Promise<number> {
  const checklist = new Checklist(({ name, verdict, seen, expected }) => { say(`${verdict.padEnd(11)} ${name}: ${seen}${verdict === 'differs' ? ` (expected: ${expected})` : ''}`); });
  let join: JoinReport | undefined;
  try {
    await recorded(recorder, async () => {
      await readPart({ options, service, ecs, recorder, signal }, checklist);
      if (options.join !== undefined && !signal.aborted) {
        join = await joinAndLeave(options.join, options.regionId, { ecs, say, signal, checklist, clock: WRITES.clock, visibilityMs: options.visibilityMs });
      }
    });
  } finally {
    await skipJoin(checklist, options.join === undefined ? 'no join is allowed (--allow-join)' : 'interrupted');
    await addOpenPoints(checklist);
    const comparison = comparisonOf(shapesOf(recorder.exchanges), await sandboxShapes());
    addComparison(checklist, comparison, options.compare);
    await writeTranscript(options.out, transcriptOf({ checklist, comparison, exchanges: recorder.exchanges, endpoint: options.endpoint, ...(join === undefined ? {} : { join }) }), secrets);
  }
  return conclude(options, checklist, { say, join, heard: recorder.exchanges.some(({ code }) => code === '') });
}

function conclude(options: Options, checklist: Checklist, { say, join, heard }: { readonly say: (line: string) => void; readonly join: JoinReport | undefined; readonly heard: boolean }): number {
  const [agrees, differs, open] = [checklist.count('agrees'), checklist.count('differs'), checklist.count('not checked')];
  say(`${agrees} agree, ${differs} differ, ${open} not checked. Transcript: ${options.out}`);
  if (join !== undefined) say(`The target is: ${join.aftermath}${join.shownAfterMs === undefined ? '' : `; the join showed after ${join.shownAfterMs} ms`}${join.goneAfterMs === undefined ? '' : `, the leave after ${join.goneAfterMs} ms`}.`);
  if (!heard) say('No request had success, so nothing of the service was seen.');
  const undone = options.join !== undefined && join?.shownAfterMs === undefined;
  const unclean = join !== undefined && join.aftermath !== 'as it was before';
  return differs > 0 || !heard || undone || unclean ? 1 : 0;
}
