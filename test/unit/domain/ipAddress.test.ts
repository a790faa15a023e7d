import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, compareBlocks, containsBlock, parseBlock, parseIp } from '../../../src/domain/ipAddress.js';

describe('an IPv4 address', () => {
  it.each(['10.0.0.0', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '100.64.0.0', '100.127.255.255'])('%s is a private one', (ip) => {
    expect(parseIp(ip)).toEqual({ version: 4, ip, isPrivate: true });
  });

  it.each(['9.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '192.167.0.1', '192.169.0.1', '100.63.255.255', '100.128.0.0', '47.96.0.1', '0.0.0.0', '255.255.255.255'])('%s is a public one', (ip) => {
    expect(parseIp(ip)).toEqual({ version: 4, ip, isPrivate: false });
  });

  it.each(['999.1.1.1', '256.0.0.1', '10.0.0', '10.0.0.0.1', '10.0.0.0/8', '010.0.0.1', '10.0.0.01', '10.0.0.1:22', '0x0a.0.0.1', '1e1.0.0.1', '+1.0.0.1', '10..0.1', '', ' ', '10.0.0.1 ', 'web.10.0.0.1', '１０.0.0.1'])('is not what %j is', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });
});

describe('an IPv6 address', () => {
  // The examples of RFC 5952, sections 1 to 4, and the ends.
  it.each([
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8::1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8::0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0::1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:DB8:0:0:1::1', '2001:db8::1:0:0:1'],
    ['2001:db8:aaaa:bbbb:cccc:dddd::1', '2001:db8:aaaa:bbbb:cccc:dddd:0:1'],
    ['2001:db8:0:0:aaaa::1', '2001:db8::aaaa:0:0:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['fe80::', 'fe80::'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['[2001:db8::A]', '2001:db8::a'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
  ])('%s is written as %s', (text, ip) => {
    expect(parseIp(text)).toEqual({ version: 6, ip });
  });

  it.each([
    ['::ffff:10.0.0.1', '10.0.0.1', true],
    ['::FFFF:0a00:0001', '10.0.0.1', true],
    ['[::ffff:47.96.0.1]', '47.96.0.1', false],
  ])('that stands for an IPv4 client, %s, is that one', (text, ip, isPrivate) => {
    expect(parseIp(text)).toEqual({ version: 4, ip, isPrivate });
  });

  it.each([':', ':::', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8::', '1::2::3', '12345::', 'g::1', '::1/128', 'fe80::1%eth0', '[::1', '::1]', '[]', '::1.2.3', '1.2.3.4::', '::1.2.3.4:5', ' ::1', '::1\n', 'web:1'])('is not what %j is', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });
});

describe('addresses at random', () => {
  it('are taken for one exactly when Node does, zones and brackets aside', () => {
    const character = fc.constantFrom('0', '1', '9', 'a', 'F', '255', ':', '::', '.', 'ffff');
    const text = fc.oneof(fc.ipV4(), fc.ipV6(), fc.array(character, { maxLength: 17 }).map((parts) => parts.join('')), fc.ipV4().map((ip) => `::ffff:${ip}`));
    fc.assert(fc.property(text, (typed) => { expect(parseIp(typed) !== undefined).toBe(isIP(typed) !== 0); }), { numRuns: 3000 });
  });

  it('are written in one way, which is read as itself', () => {
    fc.assert(fc.property(fc.ipV6(), (typed) => {
      const first = parseIp(typed);
      expect(parseIp(first?.ip ?? '')).toEqual(first);
      expect(parseIp(typed.toUpperCase())).toEqual(first);
    }), { numRuns: 1000 });
  });

  it('are the ones that the platform writes in the same way', () => {
    // The host of a web address is normalised after the same rules.
    fc.assert(fc.property(fc.array(fc.constantFrom(0, 0, 0, 1, 0xff, 0xabcd), { minLength: 8, maxLength: 8 }), (fields) => {
      const typed = fields.map((field) => field.toString(16)).join(':');
      expect(`[${parseIp(typed)?.ip ?? ''}]`).toBe(new URL(`http://[${typed}]/`).hostname);
    }), { numRuns: 1000 });
  });
});

describe('a block of addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['255.255.255.255/1', '128.0.0.0/1'],
    ['1.2.3.4/0', '0.0.0.0/0'],
    ['10.0.0.1', '10.0.0.1/32'],
    ['2001:0DB8::1/32', '2001:db8::/32'],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/65', 'ffff:ffff:ffff:ffff:8000::/65'],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127'],
    ['::', '::/128'],
    ['::ffff:10.0.0.1/96', '::ffff:0:0/96'],
  ])('%s is the network %s', (text, network) => {
    const block = parseBlock(text);
    expect(block === undefined ? undefined : blockText(block)).toBe(network);
  });

  it.each(['', '/', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0.0/8/8', '10.0.0/8', '010.0.0.0/8', '10.0.0.256/8', '10..0.0/8', '.10.0.0/8', '10.0.0.0./8', '10.0.0.0.0/8', ' 10.0.0.0/8', '10.0.0.0/8 ', '::/129', '::/1280', '::/x', '::1::/64', '[::1]/64', 'pl-1'])('is not what %j is', (text) => {
    expect(parseBlock(text)).toBeUndefined();
  });

  const blocks = fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128)).map(([ip, length]) => parseBlock(`${ip}/${ip.includes(':') ? length : length % 33}`)).filter((block) => block !== undefined);

  it('at random is written as the address that it begins with, which is read as itself', () => {
    fc.assert(fc.property(blocks, (block) => { expect(parseBlock(blockText(block))).toEqual(block); }), { numRuns: 1000 });
  });

  it('at random holds what is within it, which comes behind it, and nothing of the block that it has for a neighbour', () => {
    const pairs = blocks.filter(({ length }) => length > 0).chain((inner) => fc.nat(inner.length - 1).map((length) => ({ inner, outer: parseBlock(blockText(inner).replace(/[0-9]+$/, String(length))) })));
    fc.assert(fc.property(pairs, ({ inner, outer }) => {
      if (outer === undefined) return;
      expect([containsBlock(outer, inner), containsBlock(inner, outer), containsBlock(inner, inner), compareBlocks(outer, inner) < 0]).toEqual([true, false, true, true]);
    }), { numRuns: 1000 });
    const [low, high] = [parseBlock('10.0.0.0/9'), parseBlock('10.128.0.0/9')];
    expect(low === undefined || high === undefined ? undefined : [containsBlock(low, high), containsBlock(high, low)]).toEqual([false, false]);
  });
});
