import fs from 'node:fs';
import path from 'node:path';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { send } from '../contract/support/signedRequest.js';
import { REGION } from './duplicatedWorld.js';
import { kilobytes, msText, type Figures } from './figures.js';
import { answerOf, withSandbox, type SandboxProgram } from './programs.js';

const READ_BUDGET_MS = 4;

/** A page of 100 instances: what it costs to read it our way and the SDK's. */
export async function pageRows(place: Place): Promise<Row[]> {
  return withSandbox(path.join(place.scripts, 'largeSandbox.mjs'), [], async (sandbox) => {
    const file = path.join(place.scripts, 'page.json');
    fs.writeFileSync(file, JSON.stringify(await page(sandbox)));
    return readingRows(place, file);
  });
}

async function page(sandbox: SandboxProgram): Promise<unknown> {
  const { status, body } = await send(sandbox, 'DescribeInstances', { query: { RegionId: REGION, MaxResults: '100' } });
  if (status !== 200) throw new Error(`DescribeInstances: ${status} ${JSON.stringify(body).slice(0, 300)}`);
  return body;
}

async function readingRows(place: Place, file: string): Promise<Row[]> {
  const told = (await answerOf(place, 'translateOne.mjs', [file])) as { readonly ours: Figures; readonly typedClient: Figures; readonly parseOnly: Figures };
  const { ours, typedClient, parseOnly } = told;
  const bytes = fs.statSync(file).size;
  const budget = { budget: `≤ ${READ_BUDGET_MS} ms`, within: ours.median <= READ_BUDGET_MS };
  return [
    { what: 'page of 100 instances, bytes to objects, CPU', figure: msText(ours), ...budget, kind: 'time', notes: [`${kilobytes(bytes)}; decoding and JSON.parse alone: ${msText(parseOnly)}`], data: { ...told, bytes } },
    { what: "the same with the SDK's typed client, CPU", figure: msText(typedClient), kind: 'time', data: typedClient },
  ];
}
