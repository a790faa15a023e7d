import { describe, expect, it } from 'vitest';
import { plannedRequests, searchedKinds, searchRequests, sweepOf } from '../../../src/app/searchRequests.js';
import { learnRegionCodes, NO_CODES } from '../../../src/domain/regionCodes.js';
import { parseSearch, type Search } from '../../../src/domain/searchTerm.js';

const ID = 'i-bp1000000000000000001';

function search(text: string): Search {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.search;
}

const requests = (text: string) => searchRequests(search(text)).map(({ kind, query }) => [kind, query]);

describe('the requests of a search', () => {
  it.each([['instance', ID], ['networkInterface', 'eni-bp1000000000000000001'], ['securityGroup', 'sg-bp1000000000000000001']])('are one for the id of an %s', (kind, id) => {
    expect(requests(id)).toEqual([[kind, { ids: [id] }]]);
  });

  it('are three for a private address, none of them about public ones', () => {
    expect(requests('10.0.0.1')).toEqual([
      ['instance', { address: { sort: 'private', ip: '10.0.0.1' } }],
      ['networkInterface', { address: { sort: 'primary', ip: '10.0.0.1' } }],
      ['networkInterface', { address: { sort: 'secondary', ip: '10.0.0.1' } }],
    ]);
  });

  it('are five for a public address, which may be used inside of a VPC as well', () => {
    expect(requests('47.96.0.1')).toEqual([
      ['instance', { address: { sort: 'public', ip: '47.96.0.1' } }],
      ['instance', { address: { sort: 'elastic', ip: '47.96.0.1' } }],
      ['instance', { address: { sort: 'private', ip: '47.96.0.1' } }],
      ['networkInterface', { address: { sort: 'primary', ip: '47.96.0.1' } }],
      ['networkInterface', { address: { sort: 'secondary', ip: '47.96.0.1' } }],
    ]);
  });

  it('are two for an IPv6 address, as the service writes it', () => {
    expect(requests('2001:DB8:0::A')).toEqual([
      ['instance', { address: { sort: 'ipv6', ip: '2001:db8::a' } }],
      ['networkInterface', { address: { sort: 'ipv6', ip: '2001:db8::a' } }],
    ]);
  });

  it.each([['env=prod', { key: 'env', value: 'prod' }], ['env=', { key: 'env' }]])('are three for a tag: %s', (text, tag) => {
    expect(requests(text)).toEqual([['instance', { tag }], ['networkInterface', { tag }], ['securityGroup', { tag }]]);
  });

  it('are three for a name, whole where the service knows no wildcard', () => {
    expect(requests('web')).toEqual([['instance', { name: '*web*' }], ['networkInterface', { name: 'web' }], ['securityGroup', { name: 'web' }]]);
  });

  it('are one for a name with a wildcard, as typed, since names of the other kinds can’t have a "*"', () => {
    expect(requests('web-*')).toEqual([['instance', { name: 'web-*' }]]);
  });

  it('tell what is searched', () => {
    expect([ID, '10.0.0.1', '2001:db8::1', 'env=prod', 'web', 'web*'].map((text) => searchedKinds(search(text)))).toEqual([
      ['instance'],
      ['instance', 'networkInterface'],
      ['instance', 'networkInterface'],
      ['instance', 'networkInterface', 'securityGroup'],
      ['instance', 'networkInterface', 'securityGroup'],
      ['instance'],
    ]);
  });
});

describe('a sweep', () => {
  const REGIONS = ['us-west-1', 'cn-hangzhou', 'eu-west-1'];
  const known = { codes: NO_CODES, inUse: new Set(['eu-west-1']) };

  it('of an id begins with the region of its code, and counts one request first', () => {
    const sweep = sweepOf(search(ID), REGIONS, known);
    expect(sweep).toEqual({ search: search(ID), regions: ['cn-hangzhou', 'eu-west-1', 'us-west-1'], hinted: true });
    expect(plannedRequests(sweep)).toEqual({ first: 1, most: 3 });
  });

  it('of an id follows what was learned, and the region of an address before that', () => {
    const codes = learnRegionCodes(NO_CODES, [{ id: ID, regionId: 'eu-west-1' }]);
    const first = (text: string) => sweepOf(search(text), REGIONS, { ...known, codes }).regions[0];
    expect([first(ID), first(`https://ecs.console.aliyun.com/server/${ID}/detail?regionId=us-west-1`)]).toEqual(['eu-west-1', 'us-west-1']);
  });

  it.each([
    ['an id whose code points to a region that is not shown', 'i-2ze000000000000000001', 3],
    ['an id whose code is not known', 'i-zzz000000000000000001', 3],
    ['a name', 'web', 9],
    ['a name that looks like a code', 'bp1', 9],
    ['a public address', '47.96.0.1', 15],
  ])('of %s asks all regions, those in use first', (_what, text, count) => {
    const sweep = sweepOf(search(text), REGIONS, known);
    expect([sweep.regions, sweep.hinted, plannedRequests(sweep)]).toEqual([['eu-west-1', 'us-west-1', 'cn-hangzhou'], false, { first: count, most: count }]);
  });

  it('of 35 regions takes 35 requests for an id at most, and one with a known code first', () => {
    const regions = ['cn-hangzhou', ...Array.from({ length: 34 }, (_unused, index) => `region-${index}`)];
    expect([ID, 'i-zzz000000000000000001'].map((id) => plannedRequests(sweepOf(search(id), regions, known)))).toEqual([{ first: 1, most: 35 }, { first: 35, most: 35 }]);
  });

  it('of no region asks nothing', () => {
    expect(plannedRequests(sweepOf(search(ID), [], known))).toEqual({ first: 0, most: 0 });
  });
});
