import { describe, expect, it } from 'vitest';
import type { Reach } from '../../../src/domain/exposure/reach.js';
import type { Language } from '../../../src/domain/text.js';
import { SENSITIVE_PORTS } from '../../../src/domain/worldPorts.js';
import { portName } from '../../../src/present/portName.js';
import { gainsText, gainText, reachesText } from '../../../src/present/reachText.js';

const LANGUAGES = ['en', 'zh'] as const;
const SSH: Reach = { direction: 'ingress', protocol: 'tcp', ports: { from: 22, to: 22 }, peer: { peer: 'cidr', cidr: '0.0.0.0/0' }, except: [], by: [] };
const names = new Map([['sg-1', 'web']]);
const told = ({ direction, peer, except, ...traffic }: Reach, language: Language) => reachesText({ direction, peers: [peer], except, reaches: [{ direction, peer, except, ...traffic }] }, language, names);
const both = (reach: Partial<Reach>) => LANGUAGES.map((language) => told({ ...SSH, ...reach }, language));
const withoutPorts = (protocol: Reach['protocol']) => LANGUAGES.map((language) => told({ direction: 'ingress', protocol, peer: { peer: 'cidr', cidr: '::/0' }, except: [], by: [] }, language));

describe('some traffic in a few words', () => {
  it('says which it is and from where or to where', () => {
    expect([
      both({}),
      both({ direction: 'egress', ports: { from: 8000, to: 8100 }, peer: { peer: 'cidr', cidr: '10.0.0.0/8' } }),
      both({ protocol: 'udp', ports: { from: 9999, to: 9999 }, peer: { peer: 'group', groupId: 'sg-1' } }),
      both({ peer: { peer: 'group', groupId: 'sg-2' } }),
      both({ peer: { peer: 'prefixList', prefixListId: 'pl-1' } }),
    ]).toEqual([
      ['TCP 22 (SSH) from anywhere (0.0.0.0/0)', '来自任意地址（0.0.0.0/0）的 TCP 22（SSH）'],
      ['TCP 8000–8100 to 10.0.0.0/8', '发往 10.0.0.0/8 的 TCP 8000–8100'],
      ['UDP 9999 from members of web (sg-1)', '来自安全组 web (sg-1) 的成员的 UDP 9999'],
      ['TCP 22 (SSH) from members of sg-2', '来自安全组 sg-2 的成员的 TCP 22（SSH）'],
      ['TCP 22 (SSH) from prefix list pl-1 (its addresses could not be read)', '来自前缀列表 pl-1（地址未能读取）的 TCP 22（SSH）'],
    ]);
  });

  it('calls protocols without ports by what they are, and all of them everything', () => {
    expect((['all', 'tcp', 'udp', 'icmp', 'icmpv6', 'gre'] as const).map(withoutPorts)).toEqual([
      ['everything from anywhere (::/0)', '来自任意地址（::/0）的所有流量'],
      ['TCP on all ports from anywhere (::/0)', '来自任意地址（::/0）的 TCP 所有端口'],
      ['UDP on all ports from anywhere (::/0)', '来自任意地址（::/0）的 UDP 所有端口'],
      ['ICMP (ping) from anywhere (::/0)', '来自任意地址（::/0）的 ICMP（ping）'],
      ['ICMPv6 (ping) from anywhere (::/0)', '来自任意地址（::/0）的 ICMPv6（ping）'],
      ['GRE from anywhere (::/0)', '来自任意地址（::/0）的 GRE'],
    ]);
  });

  it('names the blocks that it is not so for, three of them and how many there are', () => {
    expect([both({ except: ['192.0.2.0/24'] }), both({ except: ['a', 'b', 'c', 'd', 'e'] })]).toEqual([
      ['TCP 22 (SSH) from anywhere (0.0.0.0/0), except 192.0.2.0/24', '来自任意地址（0.0.0.0/0）的 TCP 22（SSH）（192.0.2.0/24 除外）'],
      ['TCP 22 (SSH) from anywhere (0.0.0.0/0), except a, b, c and 2 more', '来自任意地址（0.0.0.0/0）的 TCP 22（SSH）（a、b、c 等 5 项除外）'],
    ]);
  });

  it('tells several kinds together, and several at the other end', () => {
    const reaches = [22, 80, 443, 8080].map((port): Reach => ({ ...SSH, ports: { from: port, to: port } }));
    const peers = ['10.0.0.0/8', '192.0.2.1/32'].map((cidr) => ({ peer: 'cidr', cidr }) as const);
    const [first = SSH.peer, ...others] = peers;
    expect(LANGUAGES.map((language) => reachesText({ direction: 'egress', peers: [first, ...others], except: [], reaches: [...reaches, ...reaches] }, language))).toEqual([
      'TCP 22 (SSH), TCP 80 (HTTP), TCP 443 (HTTPS) and 1 more to 10.0.0.0/8, 192.0.2.1',
      '发往 10.0.0.0/8、192.0.2.1 的 TCP 22（SSH）、TCP 80（HTTP）、TCP 443（HTTPS） 等 4 项',
    ]);
  });

  it('writes one address without the length of its block, of its own protocol only', () => {
    const peer = (cidr: string) => told({ ...SSH, peer: { peer: 'cidr', cidr } }, 'en').replace('TCP 22 (SSH) from ', '');
    expect(['10.0.0.1/32', '2001:db8::1/128', '2001:db8::/32', '10.0.0.0/24'].map(peer)).toEqual(['10.0.0.1', '2001:db8::1', '2001:db8::/32', '10.0.0.0/24']);
  });
});

describe('sensitive ports that the world gains', () => {
  it('stand with their names, and with the protocol where it is only one of them', () => {
    const gains = [{ port: 22, from: ['0.0.0.0/0', '::/0'] }, { port: 3306, from: ['::/0'] }, { port: 9, from: ['0.0.0.0/0'] }] as const;
    expect(LANGUAGES.map((language) => gainsText(gains, language))).toEqual([
      'The whole internet gains access to: 22 (SSH), 3306 (MySQL, IPv6), 9 (IPv4)',
      '整个互联网将可以访问：22（SSH）、3306（MySQL，IPv6）、9（IPv4）',
    ]);
    expect([gainsText([], 'en'), gainsText([], 'zh'), gainText({ port: 22, from: [] }, 'en')]).toEqual(['', '', '22 (SSH)']);
  });

  it('all have a name', () => {
    expect(SENSITIVE_PORTS.filter((port) => portName(port) === undefined)).toEqual([]);
  });
});
