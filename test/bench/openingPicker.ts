import type { Place, Row } from '../../tools/benchTable.mjs';
import { answerOf } from './programs.js';

const FROM = ['instance', 'group', 'palette'] as const;
const SHOWN = 'shown';

/** Whether the picker waits for the service before it is on the screen: a matter of order, told by the product's own bundle. */
export async function openingRows(place: Place): Promise<Row[]> {
  const told: (readonly string[])[] = [];
  for (const from of FROM) told.push(((await answerOf(place, 'openPickerOne.mjs', [place.product, from])) as { readonly events: readonly string[] }).events);
  // A run without a box, or without any request, would say nothing.
  const broken = told.some((events) => !events.includes(SHOWN) || events.every((event) => event === SHOWN));
  if (broken) throw new Error(`the picker did not open, or asked for nothing: ${JSON.stringify(told)}`);
  const before = told.flatMap((events) => events.slice(0, events.indexOf(SHOWN)));
  return [
    {
      what: 'picker: requests before it is on the screen',
      figure: before.length === 0 ? 'none' : before.join(', '),
      budget: 'none',
      within: before.length === 0,
      kind: 'exact',
      notes: FROM.map((from, at) => `from ${from === 'palette' ? 'the palette' : `a node: ${from}`}: ${told[at]?.join(', ') ?? ''}`),
      data: told,
    },
  ];
}
