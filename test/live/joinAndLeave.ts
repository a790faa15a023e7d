import { NEVER } from '../../src/app/cancelSource.js';
import { readTargets } from '../../src/app/facts.js';
import { membershipIntent, planChanges, type PlannedStep } from '../../src/app/plan.js';
import type { CancelSignal } from '../../src/app/ports/cancel.js';
import type { Clock } from '../../src/app/ports/clock.js';
import type { Ecs, MembershipRequest, Receipt } from '../../src/app/ports/ecs.js';
import { isLost } from '../../src/app/writeOnce.js';
import type { Failure, Result } from '../../src/domain/failure.js';
import { judged, notChecked, type Checklist, type Seen } from './claims.js';
import { alarm, byHand, planLines, type Aftermath } from './joinTexts.js';
import type { JoinWish } from './options.js';
import { cleanCode } from './pseudonyms.js';
import { PRODUCT } from './service.js';

export interface JoinDeps {
  readonly ecs: Ecs;
  readonly clock: Clock;
  /** Ends waiting for the join to show, and begins the way back at once. */
  readonly signal: CancelSignal;
  readonly say: (line: string) => void;
  readonly checklist: Checklist;
  readonly visibilityMs: number;
}

export interface JoinReport {
  readonly aftermath: Aftermath;
  /** How long reads took to show the change; absent where they did not. */
  readonly shownAfterMs?: number;
  readonly goneAfterMs?: number;
}

/** The setting `ecsExplorer.join.verifySeconds` as it comes: how long the product itself looks. */
const PRODUCT_PATIENCE_MS = 10_000;
const PAUSE_MS = 250;
const CONTEXT = { signal: NEVER, operationId: PRODUCT };
const NOT_A_MEMBER = 'InvalidSecurityGroupAssociation.NotFound';
const LIMITS = { groupsPerInterface: 5 };

const CLAIMS = {
  accepted: { name: 'join-accepted', source: 'the preflight rules', expected: 'what the rules call ready, the service accepts' },
  shown: { name: 'join-visible', source: 'open point 4', expected: `reads show the join within ${PRODUCT_PATIENCE_MS / 1000} s` },
  left: { name: 'leave-accepted', source: 'facts 2.3', expected: 'a member may leave while another group remains' },
  gone: { name: 'leave-visible', source: 'open point 4', expected: `reads show the leave within ${PRODUCT_PATIENCE_MS / 1000} s` },
  before: { name: 'groups-as-before', source: 'facts 1.1', expected: 'a join and a leave change no other group' },
} as const;

/** The open point of the visibility delay, where the person allows no join. */
export async function skipJoin(checklist: Checklist, why: string): Promise<void> {
  for (const claim of Object.values(CLAIMS)) if (!checklist.results.some(({ name }) => name === claim.name)) await checklist.check(claim, () => notChecked(why));
}

/**
 * One join and one leave, each sent once. Nothing is sent unless the plan is ready (or only warns and the person
 * allows that). Whatever happens after the join, the way back is tried, and what is then known is said.
 */
export async function joinAndLeave(wish: JoinWish, regionId: string, deps: JoinDeps): Promise<JoinReport> {
  const planned = await planOf(wish, regionId, deps);
  if (planned === undefined) return { aftermath: 'nothing was sent' };
  const { ref, groupId } = wish;
  const request: MembershipRequest = { regionId, securityGroupId: groupId, ...(ref.kind === 'instance' ? { instanceId: ref.id } : { networkInterfaceId: ref.id }) };
  deps.say(`Joining ${ref.id} to ${groupId} now, and leaving it again. Should this program die in between, leave by hand:`);
  deps.say(`  ${byHand(request)}`);
  const way = new WayThereAndBack(request, wish, planned, deps);
  const report = await way.go();
  await skipJoin(deps.checklist, 'it did not come to that');
  return report;
}

/** The target as judged, if it may go; else the reasons were said and noted. */
async function planOf({ ref, groupId, despiteWarnings }: JoinWish, regionId: string, deps: JoinDeps): Promise<PlannedStep | undefined> {
  const { ecs, clock, say, checklist, signal } = deps;
  const refuse = async (why: string) => {
    say(`Not joined, nothing was sent: ${why}.`);
    await skipJoin(checklist, why);
    return undefined;
  };
  const plan = await planChanges(membershipIntent('join', regionId, { securityGroupIds: [groupId], targets: [ref] }), { ecs, clock, limits: LIMITS }, { ...CONTEXT, signal });
  if (!plan.ok) return refuse(`the facts could not be read (${cleanCode(plan.failure.code)})`);
  const [planned] = plan.value.planned;
  if (planned === undefined) return refuse('the plan is empty');
  for (const line of planLines(planned)) say(line);
  if (signal.aborted) return refuse('interrupted');
  if (planned.verdict === 'ready' || (planned.verdict === 'warn' && despiteWarnings)) return planned;
  return refuse(`the preflight rules say ${planned.verdict}${planned.verdict === 'warn' ? ' and --allow-warnings is not given' : ''}`);
}

interface Look {
  readonly look: 'present' | 'absent' | 'unreadable';
  readonly groups?: readonly string[];
  readonly ms: number;
}

/** What became of a write: the service's word, none at all, or a refusal that is certain. */
type Sent = 'accepted' | 'lost' | 'refused';

/** After the join was sent there is no early way out: every step ends in {@link WayThereAndBack.#end}. */
class WayThereAndBack {
  readonly #request: MembershipRequest;
  readonly #wish: JoinWish;
  readonly #before: readonly string[];
  readonly #deps: JoinDeps;
  readonly #times: { shownAfterMs?: number; goneAfterMs?: number } = {};

  constructor(request: MembershipRequest, wish: JoinWish, planned: PlannedStep, deps: JoinDeps) {
    this.#request = request;
    this.#wish = wish;
    this.#before = planned.target?.securityGroupIds ?? [];
    this.#deps = deps;
  }

  async go(): Promise<JoinReport> {
    try {
      return await this.#there();
    } catch (error) {
      return this.#end('unknown', error instanceof Error ? error.message : 'something unexpected happened');
    }
  }

  async #there(): Promise<JoinReport> {
    const { ecs, checklist, say } = this.#deps;
    const answer = await ecs.joinSecurityGroup(this.#request, CONTEXT);
    const joined = sentAs(answer);
    await checklist.check(CLAIMS.accepted, () => (answer.ok ? judged(true, 'accepted') : saidOf(answer.failure)));
    if (!answer.ok) say(`The join got no success: ${cleanCode(answer.failure.code)}.`);
    if (joined !== 'refused') return this.#back(joined);
    // A refusal is certain, and so is what never left this machine: there is nothing to go back from.
    return { aftermath: !answer.ok && answer.failure.reached === 'no' ? 'nothing was sent' : 'as it was before' };
  }

  async #back(joined: Sent): Promise<JoinReport> {
    const { ecs, checklist, signal, visibilityMs, say } = this.#deps;
    const shown = await this.#lookUntil('present', visibilityMs, signal);
    if (shown.look === 'present') this.#times.shownAfterMs = shown.ms;
    await checklist.check(CLAIMS.shown, () => (signal.aborted && shown.look !== 'present' ? notChecked('interrupted') : timeOf(shown, 'present')));
    if (signal.aborted) say('Interrupted: leaving the group now.');
    const answer = await ecs.leaveSecurityGroup(this.#request, CONTEXT);
    await checklist.check(CLAIMS.left, () => (answer.ok ? judged(true, 'accepted') : saidOf(answer.failure)));
    const gone = await this.#lookUntil('absent', signal.aborted ? Math.min(visibilityMs, PRODUCT_PATIENCE_MS) : visibilityMs, NEVER);
    if (answer.ok) return this.#afterLeave(shown, gone);
    return this.#afterFailure({ joined, left: answer.failure, shown, gone });
  }

  async #afterLeave(shown: Look, gone: Look): Promise<JoinReport> {
    const { checklist } = this.#deps;
    // What never showed cannot be seen to go.
    await checklist.check(CLAIMS.gone, () => (shown.look === 'present' ? timeOf(gone, 'absent') : notChecked('the join had not shown yet')));
    if (gone.look !== 'absent') return this.#end('unknown', 'The service accepted the leave, and reads do not show it.');
    if (shown.look === 'present') this.#times.goneAfterMs = gone.ms;
    return this.#compared(gone);
  }

  /** A look that shows no membership proves it only where an earlier look showed one: reads lag behind writes. */
  async #afterFailure({ joined, left, shown, gone }: { readonly joined: Sent; readonly left: Failure; readonly shown: Look; readonly gone: Look }): Promise<JoinReport> {
    const code = cleanCode(left.code);
    if (left.code === NOT_A_MEMBER && gone.look === 'absent') return this.#compared(gone);
    if (isLost(left) && shown.look === 'present' && gone.look === 'absent') return this.#compared(gone);
    if (!isLost(left) && (joined === 'accepted' || shown.look === 'present')) return this.#end('still a member', `The leave failed: ${code}. ${left.serviceMessage ?? ''}`.trim());
    if (gone.look === 'present') return this.#end('still a member', `The leave got no certain answer: ${code}.`);
    return this.#end('unknown', `The leave got no certain answer: ${code}.`);
  }

  async #compared({ groups = [] }: Look): Promise<JoinReport> {
    const same = [...groups].sort().join() === [...this.#before].sort().join();
    await this.#deps.checklist.check(CLAIMS.before, () => judged(same, same ? 'the same groups' : 'other groups'));
    return same ? { aftermath: 'as it was before', ...this.#times } : this.#end('changed by somebody else', 'It is out of the group again, but its other groups are not those of before.');
  }

  #end(aftermath: Aftermath, why: string): JoinReport {
    for (const line of alarm(aftermath, why, this.#request)) this.#deps.say(line);
    return { aftermath, ...this.#times };
  }

  async #lookUntil(wanted: Look['look'], patienceMs: number, signal: CancelSignal): Promise<Look> {
    const { clock } = this.#deps;
    const begin = clock.monotonic();
    for (;;) {
      const seen = await this.#lookOnce();
      const ms = Math.round(clock.monotonic() - begin);
      if (seen.look === wanted || signal.aborted || ms + PAUSE_MS > patienceMs) return { ...seen, ms };
      await clock.sleep(PAUSE_MS, signal);
    }
  }

  async #lookOnce(): Promise<Omit<Look, 'ms'>> {
    const { regionId, securityGroupId } = this.#request;
    const { ref } = this.#wish;
    const read = await readTargets(this.#deps.ecs, { regionId, targets: [ref] }, CONTEXT);
    const groups = read.ok ? read.value.get(ref.id)?.securityGroupIds : undefined;
    if (groups === undefined) return { look: 'unreadable' };
    return { look: groups.includes(securityGroupId) ? 'present' : 'absent', groups };
  }
}

function sentAs(answer: Result<Receipt>): Sent {
  if (answer.ok) return 'accepted';
  return isLost(answer.failure) ? 'lost' : 'refused';
}

/** A lost answer, a limit of the moment or a missing permission says nothing about the rules. */
function saidOf(failure: Failure): Seen {
  const code = cleanCode(failure.code);
  return failure.reached !== 'yes' || isLost(failure) || /^(?:Forbidden\.RAM|Throttling)/.test(failure.code) ? notChecked(code) : judged(false, code);
}

function timeOf({ look, ms }: Look, wanted: Look['look']): Seen {
  if (look === wanted) return judged(ms <= PRODUCT_PATIENCE_MS, `after ${ms} ms`);
  return look === 'unreadable' ? notChecked('the target could not be read') : judged(false, `not within ${ms} ms`);
}
