import type { Cell, Page, Row, Table, Tone, Words } from '../../../src/present/page/page.js';

const cell = (...words: readonly Words[]): Cell => ({ words });
const code = (text: string): Words => ({ text, code: true });

const PROTOCOLS = ['TCP', 'UDP', 'ICMP', 'All'];
const PORTS = ['22', '443', '3306', '8000-9000', '1-65535'];

/** A row of a table of rules, made of its number. */
function ruleRow(index: number): Row {
  const drop = index % 7 === 3;
  const port = PORTS[index % PORTS.length] ?? '';
  const never = index % 11 === 5;
  return {
    index,
    cells: [
      { words: [{ text: String(1 + (index % 100)) }], value: 1 + (index % 100) },
      cell({ text: drop ? 'Drop' : 'Accept', badge: true, tone: drop ? 'danger' : 'good' }),
      cell({ text: PROTOCOLS[index % PROTOCOLS.length] ?? '' }),
      { words: [code(port)], value: Number.parseInt(port) },
      cell(code(`10.${Math.floor(index / 250)}.${index % 250}.0/24`)),
      cell({ text: `sg-bp1group${index % 5}`, code: true, link: `open group ${index % 5}` }),
      cell({ text: never ? 'Never takes effect: rule 2 decides first' : `Rule ${index} of the platform team` }),
    ],
    ...(never && { tone: 'muted' as const }),
  };
}

/** A table of rules with so many rows. */
export function rulesTable(count: number, id = 'rules'): Table {
  return {
    block: 'table',
    id,
    caption: 'Inbound rules',
    columns: [
      { id: 'priority', title: 'Priority', sort: 'number' },
      { id: 'policy', title: 'Policy', sort: 'text', filter: true },
      { id: 'protocol', title: 'Protocol', sort: 'text', filter: true },
      { id: 'ports', title: 'Ports', sort: 'number' },
      { id: 'source', title: 'Source', sort: 'text' },
      { id: 'group', title: 'Group', sort: 'text', filter: true },
      { id: 'description', title: 'Description' },
    ],
    rows: Array.from({ length: count }, (_, index) => ruleRow(index)),
    empty: 'This group has no inbound rules.',
    searchable: true,
    actions: [{ text: 'Export as CSV', link: 'csv' }, { text: 'Export as JSON', link: 'json' }],
  };
}

/** Five groups and forty rules, before and after a join. */
function picture(): Page['sections'][number]['blocks'][number] {
  const groups = ['web', 'database', 'bastion', 'monitoring', 'new-group'];
  const peers: readonly (readonly [string, string, Tone])[] = [['0.0.0.0/0', 'the whole internet', 'danger'], ['10.0.0.0/8', 'private addresses', 'plain'], ['203.0.113.0/24', 'an office', 'plain'], ['sg-bp1peer0000000000000', 'members of deploy-runners', 'plain'], ['::/0', 'the whole internet, IPv6', 'warning']];
  return {
    block: 'picture',
    id: 'picture',
    title: 'What reaches web-1, with new-group',
    sentences: ['The whole internet reaches web-1 on TCP 443 through web.', 'With the change the whole internet also reaches it on TCP 22, through new-group.', 'Members of deploy-runners no longer reach it on TCP 8080.'],
    columns: [
      { title: 'Outside', nodes: peers.map(([id, detail, tone]) => ({ id, label: id, detail, tone })) },
      { title: 'Security groups', nodes: groups.map((id, at) => ({ id, label: at === 1 ? 'database-of-the-orders-team-production' : id, detail: `sg-bp1${id}`, tone: 'plain', ...(at === 4 && { change: 'comes' as const }) })) },
      { title: 'Interfaces', nodes: [{ id: 'eni', label: 'eni-bp1primary', detail: '172.16.0.10 · primary', tone: 'plain' }] },
    ],
    lines: [
      ...Array.from({ length: 40 }, (_, at) => {
        const group = groups[at % 5] ?? '';
        const peer = peers[(at * 3) % 5] ?? peers[0];
        return { from: peer?.[0] ?? '', to: group, labels: [`tcp ${[443, 22, 3306, 8080, 53][at % 5] ?? 0}${at > 20 ? `-${at + 9000}` : ''}`], tone: at % 9 === 1 ? ('danger' as const) : ('plain' as const), ...(group === 'new-group' && { change: 'comes' as const }), ...(at === 13 && { change: 'goes' as const }) };
      }),
      ...groups.map((from) => ({ from, to: 'eni', tone: 'plain' as const, ...(from === 'new-group' && { change: 'comes' as const }) })),
    ],
  };
}

/** The page of an instance with everything that a page can hold, and so many rules. */
export function samplePage(rows = 60): Page {
  return {
    language: 'en',
    title: 'web-1',
    kind: 'Instance · China (Hangzhou)',
    readAt: Date.UTC(2026, 10, 26, 12, 0, 0),
    notes: [
      { tone: 'danger', text: 'With new-group the whole internet would reach port 22 (SSH).', lines: ['From 0.0.0.0/0 and ::/0, by the rule that new-group brings with priority 1.'], actions: [{ text: 'Compare without', link: 'without', primary: true }] },
      { tone: 'warning', text: 'The prefix list pl-bp1office could not be read; what it lets through is not known.', lines: ['Forbidden.RAM (403), RequestId 4E5F-1'] },
      { tone: 'plain', text: 'Reading the rules of two more groups…' },
    ],
    actions: [{ text: 'Join Security Group…', link: 'join', primary: true }, { text: 'Refresh', link: 'refresh' }, { text: 'View as JSON', link: 'viewJson' }, { text: 'Open in Console', link: 'console' }],
    sections: [
      {
        id: 'facts',
        title: 'Overview',
        blocks: [
          {
            block: 'facts',
            facts: [
              { name: 'State', values: [{ text: 'Running', badge: true, tone: 'good' }] },
              { name: 'ID', values: [code('i-bp1web10000000000000')] },
              { name: 'Private IP', values: [code('172.16.0.10')] },
              { name: 'Public IP', values: [code('203.0.113.10')] },
              { name: 'VPC', values: [{ text: 'vpc-bp1production', code: true, link: 'vpc' }] },
              { name: 'Zone', values: [{ text: 'cn-hangzhou-k' }] },
              { name: 'Created', values: [{ text: '2026-03-01 08:00 UTC' }] },
              { name: 'Tags', values: [{ text: 'env: production', badge: true }, { text: 'team: web', badge: true }] },
              { name: 'Protection', values: [{ text: 'Release protection is off', tone: 'warning' }] },
              { name: 'Owner', values: [{ text: 'Managed by Auto Scaling', tone: 'muted' }] },
            ],
          },
        ],
      },
      {
        id: 'groups',
        title: 'Security groups',
        blocks: [
          { block: 'list', items: [[{ text: 'web', link: 'open web' }, { text: 'sg-bp1web', code: true, tone: 'muted' }], [{ text: 'database', link: 'open database' }, { text: 'sg-bp1database', code: true, tone: 'muted' }, { text: 'advanced', badge: true }]] },
          { block: 'actions', actions: [{ text: 'What would a join do?', link: 'compare' }] },
        ],
      },
      { id: 'picture', title: 'In a picture', blocks: [picture()] },
      { id: 'rules', title: 'Effective rules', blocks: [{ block: 'text', words: [{ text: 'In the order in which they are evaluated.' }, { text: 'All groups', link: 'all groups' }] }, rulesTable(rows)] },
      { id: 'outbound', title: 'Outbound', blocks: [{ block: 'heading', text: 'Nothing special' }, { block: 'note', note: { tone: 'good', text: 'Everything is let out.' } }, { ...rulesTable(0, 'egress'), caption: 'Outbound rules' }] },
    ],
  };
}

/** A page with one table of so many rows. */
export function rowsPage(count: number): Page {
  return { language: 'en', title: 'many rules', kind: 'Security group', notes: [], actions: [], sections: [{ id: 'rules', title: 'Rules', blocks: [rulesTable(count)] }] };
}
