import { Explorer } from '../../src/app/explore.js';
import { NEVER } from '../../src/app/cancelSource.js';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { send } from '../contract/support/signedRequest.js';
import { CLOCK } from './clocks.js';
import { figures, msText } from './figures.js';
import { LATENCY_MS, onDemoWorld, REGION, requestsOf, type Setting } from './productRooms.js';

const TRIES = 15;
const MOST_TIMES = 1.1;

interface Opening {
  readonly firstMs: number;
  readonly allMs: number;
  readonly pages: number;
}

/** Opening a region's instances through the app and cloud rooms, beside the same pages by a bare fetch; in turns. */
export async function regionRows(place: Place): Promise<Row[]> {
  return onDemoWorld(place, async (setting) => {
    const requests = await requestsOf(setting.sandbox, () => instances(setting).first());
    const ours: Opening[] = [];
    const bare: Opening[] = [];
    for (let round = 0; round <= TRIES; round += 1) {
      const [own, plain] = [await open(setting), await openBare(setting)];
      // The first of each pays for connections and for code that runs for the first time.
      if (round === 0) continue;
      ours.push(own);
      bare.push(plain);
    }
    return rows(requests.length, ours, bare);
  });
}

function rows(requests: number, ours: readonly Opening[], bare: readonly Opening[]): Row[] {
  const [own, plain] = [ours, bare].map((openings) => ({ first: figures(openings.map(({ firstMs }) => firstMs)), all: figures(openings.map(({ allMs }) => allMs)) }));
  if (own === undefined || plain === undefined) throw new Error('nothing was opened');
  const pages = ours[0]?.pages ?? 0;
  const times = own.all.median / plain.all.median;
  const title = `region at ${LATENCY_MS} ms latency`;
  // Where one page is all there is, a millisecond of noise would decide.
  const budget = pages > 1 ? { budget: `≤ ${MOST_TIMES} ×`, within: times <= MOST_TIMES } : {};
  return [
    { what: `${title}: requests to the first rows`, figure: String(requests), budget: '1', within: requests === 1, kind: 'exact' },
    { what: `${title}: time to the first rows`, figure: msText(own.first), kind: 'time', notes: [`a bare fetch of the same page: ${msText(plain.first)}`], data: { ours: own.first, bare: plain.first } },
    {
      what: `${title}: all pages, beside a bare fetch loop`,
      figure: `${times.toFixed(2)} × (${pages} ${pages === 1 ? 'page' : 'pages'})`,
      ...budget,
      kind: 'time',
      notes: [`${msText(own.all)}, the loop ${msText(plain.all)}; the demo world's region, until there is a large one`],
      data: { ours: own.all, bare: plain.all, pages },
    },
  ];
}

/** The list as the tree makes it when the category is opened for the first time. */
function instances({ connection }: Setting) {
  return new Explorer({ account: 'sandbox', connection, signal: NEVER }, { language: 'en', regions: [], clock: CLOCK }).list({ list: 'instances', regionId: REGION });
}

async function open(setting: Setting): Promise<Opening> {
  const list = instances(setting);
  const begin = performance.now();
  let state = await list.first();
  const firstMs = performance.now() - begin;
  let pages = 1;
  for (; state.more && state.failure === undefined; pages += 1) state = await list.next();
  if (state.failure !== undefined || state.items.length === 0) throw new Error(state.failure?.code ?? 'the region is empty');
  return { firstMs, allMs: performance.now() - begin, pages };
}

async function openBare({ sandbox }: Setting): Promise<Opening> {
  const begin = performance.now();
  let [firstMs, pages, token] = [0, 0, ''];
  do {
    const answer = await send(sandbox, 'DescribeInstances', { query: { RegionId: REGION, MaxResults: '100', ...(token === '' ? {} : { NextToken: token }) } });
    if (answer.status !== 200) throw new Error(`DescribeInstances: ${answer.status}`);
    pages += 1;
    if (pages === 1) firstMs = performance.now() - begin;
    const { NextToken } = answer.body;
    token = typeof NextToken === 'string' ? NextToken : '';
  } while (token !== '');
  return { firstMs, allMs: performance.now() - begin, pages };
}
