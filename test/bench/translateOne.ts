import type * as Sdk from '@alicloud/ecs20140526';
import type * as Dara from '@darabonba/typescript';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { readAnswer } from '../../src/cloud/answer.js';
import { toInstance } from '../../src/cloud/translate.js';
import { cpuSince, figures, type Figures } from './figures.js';

/** A program: reads one page of instances again and again, our way and the SDK's, and prints the CPU a page costs. */
const require = createRequire(import.meta.url);
const { DescribeInstancesResponse } = require('@alicloud/ecs20140526') as typeof Sdk;
const dara = require('@darabonba/typescript') as typeof Dara;
const page = fs.readFileSync(process.argv[2] ?? '');

const PER_BATCH = 10;
const WARM_UP = 6;
const BATCHES = 30;

/** From bytes to the product's resources, as the cloud room does it. */
function ours(): number {
  const answer = readAnswer({ status: 200, headers: new Headers(), text: page.toString('utf8') }, 'DescribeInstances');
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value.body.list('Instances', 'Instance').map((item) => toInstance(item, 'cn-hangzhou')).filter((item) => item !== undefined).length;
}

/** From bytes to the SDK's typed response, as its generated client does it. */
function typedClient(): number {
  const answer = { statusCode: 200, headers: {}, body: JSON.parse(page.toString('utf8')) as unknown };
  const response = dara.cast<Sdk.DescribeInstancesResponse>(answer, new DescribeInstancesResponse({}));
  return response.body?.instances?.instance?.length ?? 0;
}

function parseOnly(): number {
  const { Instances } = JSON.parse(page.toString('utf8')) as { readonly Instances: { readonly Instance: readonly unknown[] } };
  return Instances.Instance.length;
}

const ways = { ours, typedClient, parseOnly };
type Way = keyof typeof ways;
const results: Record<Way, number[]> = { ours: [], typedClient: [], parseOnly: [] };

/** CPU of a page in milliseconds; a batch long enough that the garbage it makes is collected within it. */
function batch(way: Way): number {
  const cpu = process.cpuUsage();
  for (let times = 0; times < PER_BATCH; times += 1) {
    const instances = ways[way]();
    if (instances !== 100) throw new Error(`${way} read ${instances} instances`);
  }
  return cpuSince(cpu) / PER_BATCH;
}

for (let round = 0; round < WARM_UP + BATCHES; round += 1) {
  for (const way of ['ours', 'typedClient', 'parseOnly'] as const) {
    const ms = batch(way);
    if (round >= WARM_UP) results[way].push(ms);
  }
}
const told: Record<Way, Figures> = { ours: figures(results.ours), typedClient: figures(results.typedClient), parseOnly: figures(results.parseOnly) };
process.stdout.write(`${JSON.stringify(told)}\n`);
