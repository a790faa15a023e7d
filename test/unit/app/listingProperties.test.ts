import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER, type CancelSource } from '../../../src/app/cancelSource.js';
import { PagedList, type ListState } from '../../../src/app/listing.js';
import { settled } from '../support/deferred.js';
import { PagedWorld, type Answered, type Mishap, type PagedItem } from '../support/pagedWorld.js';

/** What somebody does to the service's list. */
type Change = { readonly do: 'insert'; readonly id: string; readonly at: number } | { readonly do: 'delete'; readonly id: string };

/** What is done to the list itself. */
type Call =
  | { readonly do: 'first' | 'next' | 'refresh' | 'restart' }
  | { readonly do: 'replace' | 'add' | 'lose'; readonly id: string }
  | { readonly do: 'seed'; readonly ids: readonly string[]; readonly complete: boolean };

type Action =
  | { readonly do: 'all' | 'cancelAll' | 'answer' }
  | Call
  | Change
  | { readonly do: 'mishap'; readonly mishap: Mishap };

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const ids = fc.uniqueArray(id, { maxLength: 7 });
const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  fc.constantFrom<Mishap>({ kind: 'fails' }, { kind: 'empty' }, { kind: 'sameToken' }, { kind: 'doubled' }, { kind: 'waits', ms: 7 }),
  fc.constantFrom('InvalidParameter.NextToken', 'InValidParameter.NextToken', 'InvalidParameter').map((code): Mishap => ({ kind: 'expired', code })),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Action>({ do: 'answer' }) },
  { weight: 6, arbitrary: fc.constantFrom('first', 'next', 'next', 'refresh', 'refresh', 'all', 'cancelAll', 'restart').map((name): Action => ({ do: name })) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('replace', 'add', 'lose', 'delete'), id }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('insert'), id: fc.oneof(id, fc.constant('')), at: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('seed'), ids, complete: fc.boolean() }) },
  { weight: 3, arbitrary: mishap.map((one): Action => ({ do: 'mishap', mishap: one })) },
);
const stories = fc.record({ ids, size: fc.integer({ min: 1, max: 4 }), actions: fc.array(action, { maxLength: 40 }) });

/** Lets everything run that waits for promises only, however many of them one after the other. */
function idle(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve); });
}

function idsOf(items: readonly PagedItem[]): readonly string[] {
  return items.flatMap((item) => item.id ?? []);
}

/** A list, the service behind it, and what one has to know of both. */
class Story {
  readonly world: PagedWorld;
  readonly list: PagedList<PagedItem>;
  /** The walk under way, as the answers have made it; nothing of it once it was restarted. */
  seen = new Set<string>();
  /** Whether the last answer had a token; nothing while nothing was answered. */
  tokenLeft: boolean | undefined;
  told: ListState<PagedItem>;
  tellings = 0;
  #all: CancelSource = createCancelSource();

  constructor({ ids: listed, size }: { readonly ids: readonly string[]; readonly size: number }) {
    this.world = new PagedWorld(listed, size);
    this.list = new PagedList<PagedItem>(this.world.read, NEVER, {
      now: () => this.world.reads,
      onChange: () => {
        this.told = this.list.state;
        this.tellings += 1;
      },
    });
    this.told = this.list.state;
  }

  take(one: Action): Answered | undefined {
    switch (one.do) {
      case 'answer':
        return this.#answered(this.world.answer());
      case 'mishap':
        this.world.next(one.mishap);
        break;
      case 'insert':
      case 'delete':
        this.#change(one);
        break;
      case 'all':
        void this.list.all(this.#all.signal);
        break;
      case 'cancelAll':
        this.#all.cancel();
        this.#all = createCancelSource();
        break;
      default:
        this.#call(one);
    }
    return undefined;
  }

  #change(one: Change): void {
    const { world } = this;
    if (one.do === 'delete') world.items = world.items.filter((item) => item.id !== one.id);
    else if (one.id === '') world.items.splice(one.at, 0, { text: 'nameless' });
    else if (!world.ids.includes(one.id)) world.items.splice(one.at, 0, { id: one.id });
  }

  #call(one: Call): void {
    switch (one.do) {
      case 'seed':
        if (this.list.seed({ items: one.ids.map((each) => ({ id: each })), readAt: 5, complete: one.complete })) this.tokenLeft = undefined;
        break;
      case 'replace':
        this.list.replace({ id: one.id, text: 'fresh' });
        break;
      case 'add':
        this.list.add({ id: one.id, text: 'added' });
        break;
      case 'lose':
        this.list.lose(one.id);
        this.seen.delete(one.id);
        break;
      case 'restart':
        this.list.restart();
        this.seen = new Set();
        this.tokenLeft = undefined;
        break;
      default:
        void this.list[one.do]();
    }
  }

  #answered(answered: Answered | undefined): Answered | undefined {
    if (answered === undefined || answered.late) return answered;
    if (answered.token === undefined) {
      this.seen = new Set();
      this.tokenLeft = answered.result.ok ? undefined : this.tokenLeft;
    }
    if (answered.result.ok) {
      for (const each of idsOf(answered.result.value.items)) this.seen.add(each);
      this.tokenLeft = answered.result.value.nextToken !== undefined;
    }
    return answered;
  }

  /** Answers whatever is asked until nothing is asked any more; fails on a list that asks for ever. */
  async drain(): Promise<void> {
    this.world.next(undefined);
    await idle();
    for (let rounds = 0; this.world.waiting > 0; rounds += 1) {
      if (rounds > 200) throw new Error('Reads without end.');
      this.take({ do: 'answer' });
      await idle();
    }
  }
}

/** What holds of the list at any time. */
function holds({ list, world, told, tellings, seen, tokenLeft }: Story): void {
  const { items, gone, more, failure } = list.state;
  const shown = idsOf(items);
  expect(new Set(shown).size, 'each row once').toBe(shown.length);
  expect([...(gone ?? [])].filter((each) => !shown.includes(each)), 'what is gone is shown').toEqual([]);
  expect(gone?.size, 'gone is left out where nothing is').not.toBe(0);
  expect(shown.filter((each) => each.startsWith('late')), 'nothing of an aborted read is shown').toEqual([]);
  expect([...seen].filter((each) => !shown.includes(each)), 'no row that was listed is lost').toEqual([]);
  expect([told === list.state, tellings >= list.version], 'every change was told').toEqual([true, true]);
  expect(world.most, 'one read at a time').toBeLessThanOrEqual(1);
  if (!list.isReading) expect(list.waitingMs, 'nobody waits for nothing').toBe(0);
  if (!list.isReading && tokenLeft !== undefined) expect(more, 'more as long as a token remains').toBe(tokenLeft && failure?.code !== 'Client.OddAnswer');
}

/** What has to come of one step, beside what always holds. */
function follows(before: ListState<PagedItem>, story: Story, { taken, answered }: { readonly taken: Action; readonly answered: Answered | undefined }): void {
  const { gone, items } = story.list.state;
  const after = idsOf(items);
  if (taken.do !== 'restart' && taken.do !== 'seed') {
    const left = taken.do === 'refresh' ? idsOf(before.items).filter((each) => before.gone?.has(each) !== true || after.includes(each)) : idsOf(before.items);
    expect(after.slice(0, left.length), 'rows keep their places').toEqual(left);
  }
  if (answered?.late !== false || !answered.result.ok) return;
  const unseen = after.filter((each) => !story.seen.has(each));
  const isOver = answered.result.value.nextToken === undefined;
  expect([...(gone ?? [])], 'gone is what the walk has not seen').toEqual(isOver ? unseen : [...(before.gone ?? [])].filter((each) => unseen.includes(each)));
}

describe('a list in pages, whatever happens to it', () => {
  it('shows every row once, loses none, tells of each change and reads one page at a time', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (given) => {
        const story = new Story(given);
        for (const taken of given.actions) {
          const before = story.list.state;
          const answered = story.take(taken);
          await settled();
          holds(story);
          follows(before, story, { taken, answered });
        }
      }),
      { numRuns: 400 },
    );
  });

  it('ends with exactly what the service lists, in few reads, once it answers again', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (given) => {
        const story = new Story(given);
        for (const taken of given.actions) {
          story.take(taken);
          await settled();
        }
        await story.drain();
        const { list, world } = story;
        const before = world.reads;
        void list.refresh();
        await story.drain();
        const all = list.all(NEVER);
        await story.drain();
        const { items, more, gone, failure } = await all;
        expect([idsOf(items).filter((each) => gone?.has(each) !== true).sort(), more, failure]).toEqual([[...world.ids].sort(), false, undefined]);
        expect(items.filter((item) => item.id === undefined).length).toBe(world.items.length - world.ids.length);
        expect([...(gone ?? [])].filter((each) => world.ids.includes(each))).toEqual([]);
        expect(world.reads - before).toBeLessThanOrEqual(Math.ceil(world.items.length / given.size) + 1);
      }),
      { numRuns: 300 },
    );
  });
});
