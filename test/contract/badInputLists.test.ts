import { VirtualClock } from '../unit/support/virtualClock.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NEVER } from '../../src/app/cancelSource.js';
import { Explorer } from '../../src/app/explore.js';
import type { ListState } from '../../src/app/listing.js';
import type { Connection } from '../../src/app/ports/accounts.js';
import type { Instance } from '../../src/domain/resources.js';
import { childRows, instanceRows, regionNodes, type CategoryNode, type ExplorerNode } from '../../src/present/explorerNode.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { BAD_ANSWERS, HARMLESS, TIMEOUT_SECONDS } from './support/badAnswers.js';
import { connected, CONTEXT, ecsAt, failureOf, valueOf } from './support/cloudConnection.js';
import { control } from './support/sandboxControl.js';
import { throwaway } from './support/throwaway.js';

/** The lists of the tree over a bad network: what is loaded stays, what is missing says why, and nothing goes on for ever. */

const regionId = 'cn-hangzhou';
const PARENT: CategoryNode = { id: 'sandbox/cn-hangzhou/instances', parent: undefined, kind: 'category', category: 'instances', regionId };

let sandbox: Sandbox;
let connection: Connection;
let whole: readonly string[];
beforeAll(async () => {
  sandbox = await startSandbox({ world: 'fleet', resources: 2500, visibilityMs: 0 });
  const { accessKeyId, accessKeySecret, endpoint } = sandbox;
  connection = await connected(endpoint, { sandbox: true, credentials: { kind: 'keys', accessKeyId, accessKeySecret }, timeoutSeconds: TIMEOUT_SECONDS });
  whole = (await toTheEnd(explorer().list({ list: 'instances', regionId }))).items.map(({ id }) => id);
});
beforeEach(async () => {
  for (const verb of ['clearFaults', 'clearRequests']) await control(sandbox, verb);
});
afterAll(() => sandbox.stop());

/** Those that a read does not try again, which the first page has shown to make no difference. */
const AT_ONCE = BAD_ANSWERS.filter(({ tries }) => tries === 1);

/** A view that was just opened. */
const explorer = () => new Explorer({ account: 'sandbox', connection, signal: NEVER }, { language: 'en', regions: [], clock: new VirtualClock() });
type InstanceList = ReturnType<typeof instances>;
const instances = (view = explorer(), region = regionId) => view.list({ list: 'instances', regionId: region });

/** "Load more" for as long as there is more and nothing fails; a list without end fails the test. */
async function toTheEnd(list: InstanceList): Promise<ListState<Instance>> {
  let state = await list.first();
  for (let page = 0; state.more && state.failure === undefined; page += 1) {
    if (page > 100) throw new Error('The list has no end.');
    state = await list.next();
  }
  return state;
}

const rowsOf = (state: ListState<Instance>): readonly ExplorerNode[] => childRows([instanceRows(state, PARENT)], PARENT, 'instances');
/** Kinds of the rows, with how many follow each other. */
const shape = (rows: readonly ExplorerNode[]) => rows.reduce<readonly (readonly [string, number])[]>((all, { kind }) => {
  const last = all.at(-1);
  return last?.[0] === kind ? [...all.slice(0, -1), [kind, last[1] + 1]] : [...all, [kind, 1]];
}, []);
const sent = async (action: string) => ((await control(sandbox, 'requests', { action }))['requests'] as unknown[]).length;
const ids = (state: ListState<Instance>) => state.items.map(({ id }) => id);

it('the region has more than two pages', () => {
  expect([whole.length > 200, new Set(whole).size === whole.length]).toEqual([true, true]);
});

describe('the first page', () => {
  it.each(BAD_ANSWERS)('that is $what is one row that says so, not an empty list, and comes when it is asked for again', async ({ fault, code, tries }) => {
    const view = explorer();
    await control(sandbox, 'faults', { ...fault, action: 'DescribeInstances', region: regionId, times: 1000 });
    const [state, other] = await Promise.all([instances(view).first(), instances(view, 'us-west-1').first()]);
    expect([shape(rowsOf(state)), state.failure?.code, state.failure?.operation, other.failure]).toEqual([[['failure', 1]], code, 'DescribeInstances', undefined]);
    expect(await sent('DescribeInstances')).toBe(tries + 1);
    await control(sandbox, 'clearFaults');
    expect(ids(await instances(view).first())).toEqual(whole.slice(0, 100));
  });

  it.each(HARMLESS)('with %s is whole', async (_what, fault) => {
    await control(sandbox, 'faults', { ...fault, action: 'DescribeInstances' });
    const state = await instances().first();
    expect([state.failure, ids(state)]).toEqual([undefined, whole.slice(0, 100)]);
  });

  it.each([10_000, 1_000_000])('with %i levels in a field that is shown costs that field', async (depth) => {
    await control(sandbox, 'faults', { kind: 'deep', depth, field: 'InstanceName', item: 2, action: 'DescribeInstances' });
    const state = await instances().first();
    expect([ids(state), state.items.flatMap(({ name }, index) => (name === undefined ? [index] : []))]).toEqual([whole.slice(0, 100), [1]]);
  });
});

describe('a further page', () => {
  it.each(AT_ONCE)('that is $what leaves what was loaded, says so beneath it, and goes on when it is asked for again', async ({ fault, code }) => {
    const list = instances();
    await list.first();
    await control(sandbox, 'faults', { ...fault, action: 'DescribeInstances', times: 1000 });
    const broken = await list.next();
    expect([shape(rowsOf(broken)), broken.failure?.code]).toEqual([[['instance', 100], ['failure', 1]], code]);
    await control(sandbox, 'clearFaults');
    const next = await list.next();
    expect([ids(next), shape(rowsOf(next)).at(-1)]).toEqual([whole.slice(0, 200), ['more', 1]]);
    expect(ids(await toTheEnd(list))).toEqual(whole);
  });

  it('whose token has expired is reached by walking the list again, and no row is lost or doubled', async () => {
    const list = instances();
    await list.first();
    await control(sandbox, 'faults', { kind: 'tokenExpired', action: 'DescribeInstances' });
    const state = await list.next();
    expect([shape(rowsOf(state)), await sent('DescribeInstances')]).toEqual([[['instance', 200], ['more', 1]], 4]);
    expect(ids(await toTheEnd(list))).toEqual(whole);
  });

  it('whose token expires at every try leaves what was loaded, and says why', async () => {
    const list = instances();
    await list.first();
    await control(sandbox, 'faults', { kind: 'tokenExpired', action: 'DescribeInstances', times: 1000 });
    const state = await list.next();
    expect([shape(rowsOf(state)), state.failure?.code, state.failure?.httpStatus]).toEqual([[['instance', 100], ['failure', 1]], 'InvalidParameter.NextToken', 400]);
  });

  it('whose token is repeated ends the list with a failure, after what came', async () => {
    const list = instances();
    await control(sandbox, 'faults', { kind: 'tokenRepeated', action: 'DescribeInstances', times: 1000 });
    const state = await toTheEnd(list);
    expect([ids(state), state.more, state.failure?.code, shape(rowsOf(state))]).toEqual([whole.slice(0, 200), false, 'Client.OddAnswer', [['instance', 200], ['failure', 1]]]);
    expect(await sent('DescribeInstances')).toBe(2);
  });

  it('whose token was dropped does not come: the service said that there is no more', async () => {
    await control(sandbox, 'faults', { kind: 'tokenDropped', action: 'DescribeInstances' });
    expect(await instances().first()).toMatchObject({ more: false, items: { length: 100 } });
  });

  it('that repeats items shows each once, and no row has the id of another one', async () => {
    await control(sandbox, 'faults', { kind: 'duplicatedItems', count: 40, action: 'DescribeInstances', times: 1000 });
    const state = await toTheEnd(instances());
    const rows = rowsOf(state).map(({ id }) => id);
    expect([ids(state), new Set(rows).size, state.failure]).toEqual([whole, rows.length, undefined]);
  });

  it('that repeats all items for ever ends the list with a failure', async () => {
    const page = (token: number) => JSON.stringify({ RequestId: 'R', NextToken: `T${String(token)}`, Instances: { Instance: [{ InstanceId: 'i-1' }] } });
    const server = await throwaway((response, _request, count) => { response.end(page(count)); });
    const list = new Explorer({ account: 'a', connection: await connected(server.endpoint), signal: NEVER }, { language: 'en', regions: [], clock: new VirtualClock() }).list({ list: 'instances', regionId });
    const state = await toTheEnd(list);
    expect([ids(state), state.more, state.failure?.code]).toEqual([['i-1'], false, 'Client.OddAnswer']);
    await server.stop();
  });
});

describe('the list of regions', () => {
  it.each(AT_ONCE)('that is $what is one row that says so, and comes when it is asked for again', async ({ fault, code }) => {
    const view = explorer();
    await control(sandbox, 'faults', { ...fault, action: 'DescribeRegions', times: 1000 });
    const state = await view.list({ list: 'regions' }).first();
    expect([shape(regionNodes(state, { account: 'sandbox' })), state.failure?.code]).toEqual([[['failure', 1]], code]);
    await control(sandbox, 'clearFaults');
    expect(shape(regionNodes(await view.list({ list: 'regions' }).first(), { account: 'sandbox' }))).toEqual([['region', 35]]);
  });
});

describe('50 megabytes', () => {
  it.each([
    ['that are announced', true, 4],
    ['that are not', false, 24],
  ])('%s are left before more than so many megabytes were taken', async (_what, announced, most) => {
    const chunk = Buffer.alloc(65_536, 32);
    let written = 0;
    const server = await throwaway((response) => {
      response.writeHead(200, announced ? { 'content-length': 50 * 1_048_576 } : {});
      const more = (): void => {
        for (let room = true; room && !response.destroyed && written < 50 * 1_048_576; written += chunk.length) room = response.write(chunk);
      };
      response.on('drain', more);
      more();
    });
    const failure = failureOf(await (await ecsAt(server.endpoint)).listInstances({ regionId }, CONTEXT));
    expect(failure).toEqual({ operation: 'DescribeInstances', code: 'Client.AnswerTooLarge', reached: 'maybe', httpStatus: 200 });
    expect(written / 1_048_576).toBeLessThan(most);
    await server.stop();
  });
});

describe('one resource as JSON', () => {
  const read = () => connection.ecs.readJson({ kind: 'instance', regionId, id: whole[0] ?? '' }, CONTEXT);

  it.each([10_000, 1_000_000])('with %i levels in a field is a failure, as no editor could show it', async (depth) => {
    await control(sandbox, 'faults', { kind: 'deep', depth, field: 'InstanceName', action: 'DescribeInstances' });
    expect(failureOf(await read())).toMatchObject({ code: 'Client.OddAnswer', operation: 'DescribeInstances', reached: 'yes', httpStatus: 200 });
  });

  it('with 50 levels in a field can be written out', async () => {
    await control(sandbox, 'faults', { kind: 'deep', depth: 50, field: 'InstanceName', action: 'DescribeInstances' });
    expect(JSON.stringify(valueOf(await read()))).toContain(`${'['.repeat(50)}${']'.repeat(50)}`);
  });

  it('of an answer with 1,000,000 levels elsewhere is the resource', async () => {
    await control(sandbox, 'faults', { kind: 'deep', depth: 1_000_000, action: 'DescribeInstances' });
    expect(valueOf(await read())).toMatchObject({ InstanceId: whole[0] });
  });

  it.each(AT_ONCE)('of which $what comes is a failure', async ({ fault, code }) => {
    await control(sandbox, 'faults', { ...fault, action: 'DescribeInstances' });
    expect(failureOf(await read())).toMatchObject({ code, operation: 'DescribeInstances' });
  });
});
