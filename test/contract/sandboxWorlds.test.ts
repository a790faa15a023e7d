import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { HOSTILE_TEXTS, MAX_TAG } from '../../src/sandbox/worlds/hostile.js';
import { idOf } from './support/demoIds.js';
import { everyItem, LIST_NAMES, type Item, type ListName } from './support/lists.js';
import { control, tryControl } from './support/sandboxControl.js';
import { send, sendRaw } from './support/signedRequest.js';

const RegionId = 'cn-hangzhou';
const all = (sandbox: Sandbox, list: ListName, regionId = RegionId): Promise<readonly Item[]> => everyItem(list, (query) => send(sandbox, list, { query: { RegionId: regionId, ...query } }));

describe('the world "hostile"', () => {
  let sandbox: Sandbox;
  let items: Readonly<Record<ListName, ReadonlyMap<unknown, Item>>>;
  beforeAll(async () => {
    sandbox = await startSandbox({ world: 'hostile', visibilityMs: 0 });
    const byId = async (list: ListName, field: string): Promise<ReadonlyMap<unknown, Item>> => new Map((await all(sandbox, list)).map((item) => [item[field], item]));
    items = {
      DescribeInstances: await byId('DescribeInstances', 'InstanceId'),
      DescribeNetworkInterfaces: await byId('DescribeNetworkInterfaces', 'NetworkInterfaceId'),
      DescribeSecurityGroups: await byId('DescribeSecurityGroups', 'SecurityGroupId'),
    };
  });
  afterAll(() => sandbox.stop());

  const texts = Object.entries(HOSTILE_TEXTS);
  const kinds = [
    ['DescribeInstances', 'i', 'instance', 'InstanceName'],
    ['DescribeNetworkInterfaces', 'eni', 'eni', 'NetworkInterfaceName'],
    ['DescribeSecurityGroups', 'sg', 'group', 'SecurityGroupName'],
  ] as const;
  const tagsOf = (item: Item | undefined): readonly { readonly TagKey: string; readonly TagValue: string }[] => (item?.['Tags'] as { readonly Tag: readonly { readonly TagKey: string; readonly TagValue: string }[] }).Tag;

  it.each(texts)('brings "%s" over the wire to the last character, as name, as description and as tag', (key, text) => {
    const following = texts[(texts.findIndex(([name]) => name === key) + texts.length - 1) % texts.length]?.[0] ?? '';
    for (const [list, kind, stem, nameField] of kinds) {
      const own = items[list].get(idOf(kind, `${stem}-${key}`));
      const before = items[list].get(idOf(kind, `${stem}-${following}`));
      expect([own?.[nameField], before?.['Description']]).toEqual([text, text]);
      if (kind !== 'i') expect(tagsOf(own)).toContainEqual({ TagKey: key, TagValue: text.slice(0, MAX_TAG) });
    }
  });

  it.each(texts)('brings "%s" in what tells of one resource, too', async (key, text) => {
    const instance = await send(sandbox, 'DescribeInstanceAttribute', { query: { InstanceId: idOf('i', `instance-${key}`) } });
    const group = await send(sandbox, 'DescribeSecurityGroupAttribute', { query: { RegionId, SecurityGroupId: idOf('sg', `group-${key}`) } });
    expect([instance.body['InstanceName'], group.body['SecurityGroupName']]).toEqual([text, text]);
  });

  it('brings rules with such descriptions', async () => {
    const { body } = await send(sandbox, 'DescribeSecurityGroupAttribute', { query: { RegionId, SecurityGroupId: idOf('sg', 'plain') } });
    const { Permission } = body['Permissions'] as { readonly Permission: readonly Item[] };
    expect(Permission.map((rule) => rule['Description'])).toEqual([HOSTILE_TEXTS['html'], HOSTILE_TEXTS['link'], HOSTILE_TEXTS['newlines']]);
  });

  it.each(LIST_NAMES)('brings %s in good UTF-8 and good JSON', async (list) => {
    const response = await sendRaw(sandbox, list, { query: { RegionId, MaxResults: '100' } });
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await response.arrayBuffer());
    expect([response.status, typeof JSON.parse(text)]).toEqual([200, 'object']);
  });

  it('has tags with the names that every object has', () => {
    const keys = new Set([...items.DescribeInstances.values()].flatMap((item) => tagsOf(item).map(({ TagKey }) => TagKey)));
    expect(['__proto__', 'constructor', 'hasOwnProperty', '<b>key</b>', '$(key)'].filter((key) => !keys.has(key))).toEqual([]);
  });

  it('has twenty tags as long as they may be', () => {
    const tags = tagsOf(items.DescribeInstances.get(idOf('i', 'instance-icon')));
    expect([tags.length, new Set(tags.flatMap(({ TagKey, TagValue }) => [TagKey.length, TagValue.length]))]).toEqual([20, new Set([MAX_TAG])]);
  });

  it('has names that are ids, of the thing itself and of another one', () => {
    expect([
      items.DescribeInstances.get(idOf('i', 'own-id'))?.['InstanceName'],
      items.DescribeInstances.get(idOf('i', 'other-id'))?.['InstanceName'],
      items.DescribeSecurityGroups.get(idOf('sg', 'id-of-an-instance'))?.['SecurityGroupName'],
      items.DescribeNetworkInterfaces.get(idOf('eni', 'id-of-a-group'))?.['NetworkInterfaceName'],
    ]).toEqual([idOf('i', 'own-id'), idOf('sg', 'plain'), idOf('i', 'plain'), idOf('sg', 'plain')]);
  });

  it.each(texts.filter(([, text]) => text !== '' && !text.includes('*') && text.length < 1_000 && !/\p{Surrogate}/u.test(text)))('finds "%s" by its name', async (key, text) => {
    const { body } = await send(sandbox, 'DescribeSecurityGroups', { query: { RegionId, SecurityGroupName: text } });
    const { SecurityGroup } = body['SecurityGroups'] as { readonly SecurityGroup: readonly Item[] };
    expect(SecurityGroup.map((group) => group['SecurityGroupId'])).toEqual([idOf('sg', `group-${key}`)]);
  });

  it('can be worked with', async () => {
    const query = { RegionId, InstanceId: idOf('i', 'plain'), SecurityGroupId: idOf('sg', 'group-html') };
    expect((await send(sandbox, 'JoinSecurityGroup', { query })).status).toBe(200);
  });
});

describe('the world "fleet"', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ world: 'fleet', seed: 5, resources: 2_000, visibilityMs: 0 });
  });
  afterAll(() => sandbox.stop());

  type Census = Readonly<Record<string, Readonly<Record<'instances' | 'enis' | 'groups', number>>>>;
  const census = async (): Promise<Census> => (await control(sandbox, 'census'))['regions'] as Census;
  const total = (regions: Census): number => Object.values(regions).flatMap((region) => Object.values(region)).reduce((sum, count) => sum + count, 0);

  it.each([0, 1, 100, 2_000])('has the size that it is reset to: %i', async (resources) => {
    expect(await control(sandbox, 'reset', { resources })).toEqual({ ok: true, world: 'fleet' });
    expect([total(await census()), Object.keys(await census()).length]).toEqual([resources, 35]);
  });

  it('lists all that the census counts', async () => {
    const { instances, enis, groups } = (await census())[RegionId] ?? { instances: -1, enis: -1, groups: -1 };
    const counts = await Promise.all(LIST_NAMES.map(async (list) => (await all(sandbox, list)).length));
    expect(counts).toEqual([instances, enis, groups]);
  });

  it('lists nothing, and no error, in a region that is empty', async () => {
    const empty = Object.entries(await census()).find(([, region]) => region.groups === 0)?.[0] ?? '';
    expect(await Promise.all(LIST_NAMES.map((list) => all(sandbox, list, empty)))).toEqual([[], [], []]);
  });

  it('keeps its seed and its size at a reset, and is another one with another seed', async () => {
    const first = await all(sandbox, 'DescribeInstances');
    await control(sandbox, 'reset');
    const same = await all(sandbox, 'DescribeInstances');
    await control(sandbox, 'reset', { seed: 6 });
    const other = await all(sandbox, 'DescribeInstances');
    await control(sandbox, 'reset', { seed: 5 });
    expect([same, other.some((item) => first.some((known) => known['InstanceId'] === item['InstanceId'])), await all(sandbox, 'DescribeInstances')]).toEqual([first, false, first]);
  });

  it('forgets its changes at a reset', async () => {
    const [instance] = await all(sandbox, 'DescribeInstances');
    const resource = String(instance?.['InstanceId']);
    await control(sandbox, 'touch', { resource, delete: true });
    const gone = (await tryControl(sandbox, 'state', { resource })).status;
    await control(sandbox, 'reset');
    expect([gone, (await tryControl(sandbox, 'state', { resource })).status]).toEqual([404, 200]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['too large', { resources: 50_001 }, '"resources" must be a whole number from 0 to 50000'],
    ['half a resource', { resources: 0.5 }, '"resources" must be a whole number from 0 to 50000'],
    ['a seed in words', { seed: 'one' }, '"seed" must be a whole number from 0 to 999999999'],
  ])('is not reset by a mistake: %s', async (_what, body, error) => {
    const before = await census();
    expect(await tryControl(sandbox, 'reset', body)).toEqual({ status: 400, body: { error } });
    expect(await census()).toEqual(before);
  });
});
