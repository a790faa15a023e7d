import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { assertPruned, calledOperations, pruneClient, pruneModels } from '../../../tools/pruneSdk.mjs';

/** In the regular layout of the generated client, made up and small. */
const CLIENT = `"use strict";
class Client extends OpenApi {
    constructor(config) {
        super(config);
    }
    getEndpoint(regionId) {
        return regionId;
    }
    /** Joins. */
    async joinThingWithOptions(request, runtime) {
        if (request) {
            return 1;
        }
        return 2;
    }
    async joinThing(request) {
        return await this.joinThingWithOptions(request, {});
    }
    async joinThingsWithOptions(request, runtime) {
        if (request) {
            return 3;
        }
    }
    async joinThings(request) {
        return 4;
    }
    helper() {
        return 5;
    }
    async leaveThingWithOptions(request, runtime) {
        return 6;
    }
    async leaveThing(request) {
        return 7;
    }
}
exports.default = Client;`;

const methods = (source: string): readonly string[] => [...source.matchAll(/^ {4}(?:async )?(\w+)\(.*\) \{$/gm)].map((match) => match[1] ?? '');

describe('pruning the client', () => {
  it('keeps the called operations, both forms of each, and all that is no operation', () => {
    expect(methods(pruneClient(CLIENT, ['joinThing']))).toEqual(['constructor', 'getEndpoint', 'joinThingWithOptions', 'joinThing', 'helper']);
  });

  it('keeps the bodies of what it keeps, and nothing of what it drops', () => {
    const pruned = pruneClient(CLIENT, ['leaveThing']);
    expect(['return 1', 'return 2', 'return 3', 'return 4', 'return 5', 'return 6', 'return 7'].filter((text) => pruned.includes(text))).toEqual(['return 5', 'return 6', 'return 7']);
    expect(pruned.endsWith('}\nexports.default = Client;')).toBe(true);
  });

  it('changes nothing when everything is called', () => {
    expect(pruneClient(CLIENT, ['joinThing', 'joinThings', 'leaveThing'])).toBe(CLIENT);
  });
});

describe('pruning the models', () => {
  it('exports the requests of the called operations and an empty model for each answer', () => {
    const pruned = pruneModels(['joinThing', 'leaveThing']);
    expect(pruned.match(/Object\.assign\(exports, require\('[^']+'\)\)|exports\.\w+ = \w+/g)).toEqual([
      "Object.assign(exports, require('./JoinThingRequest'))",
      'exports.JoinThingResponse = NoResponse',
      "Object.assign(exports, require('./LeaveThingRequest'))",
      'exports.LeaveThingResponse = NoResponse',
    ]);
  });

  it('leaves every class that the real room makes', async () => {
    const barrel = createRequire(import.meta.url).resolve('@alicloud/ecs20140526/dist/models/model.js');
    const exported: Record<string, unknown> = {};
    // The barrel is text that the bundler would load; here it is loaded by hand.
    const load = compileFunction(pruneModels(await calledOperations('src/cloud')), ['exports', 'require']) as (exports: unknown, require: unknown) => void;
    load(exported, createRequire(barrel));
    const names = (await readdir('src/cloud')).filter((name) => name.endsWith('.ts'));
    const sources = await Promise.all(names.map((name) => readFile(join('src/cloud', name), 'utf8')));
    const made = [...new Set(sources.flatMap((text) => [...text.matchAll(/new (\w+Request\w*)\(/g)].map((match) => match[1] ?? '')))];
    expect(made).toEqual(expect.arrayContaining(['JoinSecurityGroupRequest', 'DescribeInstancesRequestTag']));
    expect(made.filter((name) => typeof exported[name] !== 'function')).toEqual([]);
  });
});

describe('the called operations', () => {
  it('are read from all sources of the room, each once and in order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prune-'));
    await mkdir(join(folder, 'inner'));
    await writeFile(join(folder, 'a.ts'), 'client.leaveThingWithOptions(r, c); client.joinThingWithOptions(r, c)');
    await writeFile(join(folder, 'inner', 'b.ts'), 'x\n  .joinThingWithOptions(r, c);');
    await writeFile(join(folder, 'c.md'), 'client.otherThingWithOptions(r, c)');
    expect(await calledOperations(folder)).toEqual(['joinThing', 'leaveThing']);
    await rm(folder, { recursive: true });
  });

  it('of the real room are those of its adapter', async () => {
    expect(await calledOperations('src/cloud')).toEqual(expect.arrayContaining(['describeInstances', 'describeNetworkInterfaces', 'describeRegions', 'describeSecurityGroupAttribute', 'describeSecurityGroups', 'joinSecurityGroup', 'leaveSecurityGroup']));
  });
});

describe('the finished bundle', () => {
  it('passes when every called operation is in it, also minified', () => {
    expect(() => { assertPruned('class a{async joinThingWithOptions(r,n){}async leaveThingWithOptions(r){}}', ['joinThing', 'leaveThing']); }).not.toThrow();
  });

  it.each<[string, string, readonly string[], string]>([
    ['one is missing', 'class a{async joinThingWithOptions(r){}}', ['joinThing', 'leaveThing'], 'Pruned away although it is called: leaveThing'],
    ['one has only a longer namesake', 'class a{async joinThingsWithOptions(r){}}', ['joinThing'], 'Pruned away although it is called: joinThing'],
    ['one is called but not defined', 'x.joinThingWithOptions(r)', ['joinThing'], 'Pruned away although it is called: joinThing'],
    ['the layout of the client has changed', pruneClient(CLIENT.replaceAll('    async', '  async'), ['missingThing']), ['missingThing'], 'Pruned away although it is called: missingThing'],
    ['no call was found at all', CLIENT, [], 'No call of the SDK was found'],
  ])('fails loudly when %s', (_when, bundle, operations, message) => {
    expect(() => { assertPruned(bundle, operations); }).toThrow(message);
  });
});
