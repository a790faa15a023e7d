import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Page } from '../../../src/present/page/page.js';
import { envelopeSchema, toPageSchema, toShellSchema } from '../../../src/protocol/messages.js';
import { MOST_ROWS } from '../../../src/protocol/pageSchema.js';
import { Peer } from '../../../src/protocol/peer.js';

const PAGE: Page = {
  language: 'zh',
  title: 'web-1',
  kind: 'Instance · cn-hangzhou',
  readAt: 1_790_000_000_000,
  notes: [{ tone: 'danger', text: 'It vanished', lines: ['InvalidInstanceId.NotFound'], actions: [{ text: 'Refresh', link: 'a', primary: true }] }],
  actions: [{ text: 'Join', link: 'b' }],
  sections: [
    {
      id: 'rules',
      title: 'Rules',
      blocks: [
        { block: 'text', words: [{ text: '<b>', tone: 'muted', link: 'c', badge: true, code: true }] },
        { block: 'note', note: { tone: 'plain', text: '' } },
        { block: 'heading', text: 'Inbound' },
        { block: 'facts', facts: [{ name: 'State', values: [{ text: 'Running' }] }] },
        { block: 'list', items: [[{ text: 'one' }], []] },
        { block: 'actions', actions: [] },
        {
          block: 'table', id: 't', caption: 'Rules', empty: 'None', searchable: true, actions: [{ text: 'CSV', link: 'd' }],
          columns: [{ id: 'port', title: 'Port', sort: 'number', filter: true }, { id: 'text', title: 'Text' }],
          rows: [{ index: 0, tone: 'muted', cells: [{ words: [{ text: '22' }], value: 22 }, { words: [] }] }],
        },
        {
          block: 'picture', id: 'p', title: 'Picture', sentences: ['a reaches b'],
          columns: [{ title: 'Outside', nodes: [{ id: 'a', label: 'a', detail: 'd', tone: 'plain', change: 'comes' }] }],
          lines: [{ from: 'a', to: 'b', labels: ['tcp 22'], more: 2, tone: 'danger', change: 'goes' }],
        },
      ],
    },
  ],
};

const reads = (schema: v.GenericSchema, message: unknown) => v.safeParse(schema, message).success;

/** Every copy of a value in which one part, wherever it lies, is something else. */
function* altered(value: unknown, other: unknown): Generator {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[key];
    const replaced = (now: unknown) => (Array.isArray(value) ? value.with(Number(key), now) : { ...value, [key]: now });
    yield replaced(other);
    for (const inner of altered(part, other)) yield replaced(inner);
  }
}

describe('what the shell says', () => {
  it('is a page with all its parts, which arrives as it was sent', () => {
    const message = { say: 'show', restore: '{}', page: PAGE };
    expect(v.parse(toPageSchema, structuredClone(message))).toEqual(message);
  });

  it('is dropped when any part of it is of another kind', () => {
    const wrong = [...altered({ say: 'show', restore: '{}', page: PAGE }, Symbol.iterator)];
    expect(wrong.length).toBeGreaterThan(80);
    expect(wrong.filter((message) => reads(toPageSchema, message))).toEqual([]);
  });

  it('is dropped when it has a part that nobody knows', () => {
    expect(reads(toPageSchema, { say: 'show', restore: '', page: { ...PAGE, script: 'alert(1)' } })).toBe(false);
    expect(reads(toPageSchema, { say: 'run', command: 'ecsExplorer.joinSecurityGroup' })).toBe(false);
  });

  it('is dropped when it is larger than a page can be', () => {
    const table = { block: 'table', id: 't', caption: '', empty: '', searchable: false, actions: [], columns: [] };
    const rows = (count: number) => ({ say: 'show', restore: '', page: { ...PAGE, sections: [{ id: 's', title: '', blocks: [{ ...table, rows: Array.from({ length: count }, (_, index) => ({ index, cells: [] })) }] }] } });
    expect(reads(toPageSchema, rows(MOST_ROWS))).toBe(true);
    expect(reads(toPageSchema, rows(MOST_ROWS + 1))).toBe(false);
    expect(reads(toPageSchema, { say: 'show', restore: '', page: { ...PAGE, title: 'x'.repeat(20_001) } })).toBe(false);
  });
});

describe('what the page says', () => {
  it('is that it listens, or that a link was chosen, with the rows that are shown beside it', () => {
    const said = [{ say: 'ready' }, { say: 'follow', link: 'k' }, { say: 'follow', link: 'k', table: { id: 'rules', rows: [3, 0] } }];
    expect(said.map((message) => v.parse(toShellSchema, message))).toEqual(said);
  });

  it.each<[string, unknown]>([
    ['a command', { say: 'follow', link: 'k', command: 'workbench.action.quit' }],
    ['arguments', { say: 'follow', link: 'k', args: [] }],
    ['no link', { say: 'follow' }],
    ['a link that is no text', { say: 'follow', link: { toString: 'k' } }],
    ['a link without end', { say: 'follow', link: 'k'.repeat(1_001) }],
    ['rows that are no positions', { say: 'follow', link: 'k', table: { id: 't', rows: [-1] } }],
    ['rows between others', { say: 'follow', link: 'k', table: { id: 't', rows: [0.5] } }],
    ['too many rows', { say: 'follow', link: 'k', table: { id: 't', rows: Array.from({ length: MOST_ROWS + 1 }, () => 0) } }],
    ['the name of something that every object has', { say: 'constructor' }],
    ['something in a list', [{ say: 'ready' }]],
  ])('is dropped with %s', (_what, message) => {
    expect(reads(toShellSchema, message)).toBe(false);
  });

  it('never disturbs the other side, whatever it is', async () => {
    const likeEnvelopes = fc.record({ is: fc.constantFrom('request', 'done', 'failed', '__proto__'), peer: fc.oneof(fc.string(), fc.constant('shell')), id: fc.oneof(fc.integer(), fc.double(), fc.string()), body: fc.anything(), message: fc.anything() }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }), likeEnvelopes)), async (messages) => {
        const posted: unknown[] = [];
        const handled: unknown[] = [];
        let deliver: (message: unknown) => void = () => undefined;
        const port = { post: (message: unknown) => void posted.push(message), onMessage: (listener: (message: unknown) => void) => { deliver = listener; return () => undefined; } };
        const peer = new Peer({ name: 'shell', port, timer: () => () => undefined, incoming: toShellSchema, handle: (body) => { handled.push(body); return Promise.resolve({ ok: true } as const); }, within: 1 });
        for (const message of messages) deliver(message);
        await new Promise(setImmediate);
        const understood = messages.flatMap((message) => {
          const read = v.safeParse(envelopeSchema, message);
          return read.success && read.output.is === 'request' && reads(toShellSchema, read.output.body) ? [read.output.body] : [];
        });
        expect(handled).toEqual(understood);
        expect(posted).toHaveLength(understood.length);
        peer.dispose();
      }),
    );
  });
});
