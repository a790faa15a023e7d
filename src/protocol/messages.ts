import * as v from 'valibot';
import { linkKey, MOST_ROWS, pageSchema } from './pageSchema.js';

/**
 * What the shell and a page of details say to each other. Both sides read what arrives with these schemas; what fits
 * none of them is dropped. Nothing here names a command, an id of a resource or an address.
 */

/** Said by the shell to the page. */
export const toPageSchema = v.variant('say', [
  v.strictObject({
    say: v.literal('show'),
    page: pageSchema,
    /** What the page keeps for the editor, so that the shell finds the same page again after a restart. It says nothing to the page. */
    restore: v.pipe(v.string(), v.maxLength(10_000)),
  }),
]);

const position = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Said by the page to the shell. */
export const toShellSchema = v.variant('say', [
  /** The page listens; it may be shown something. */
  v.strictObject({ say: v.literal('ready') }),
  /** A link was chosen. The table is the one that it stands beside, with the `index` of the rows that are left of it, in the order in which they are shown. */
  v.strictObject({
    say: v.literal('follow'),
    link: linkKey,
    table: v.exactOptional(v.strictObject({ id: v.pipe(v.string(), v.maxLength(1_000)), rows: v.pipe(v.array(position), v.maxLength(MOST_ROWS), v.readonly()) })),
  }),
]);

export type ToPage = v.InferOutput<typeof toPageSchema>;
export type ToShell = v.InferOutput<typeof toShellSchema>;

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** Made anew with each peer: an answer to one that is gone reaches no other. */
const peer = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/** Around every message: what is asked, and the answer to it. */
export const envelopeSchema = v.variant('is', [
  v.strictObject({ is: v.literal('request'), peer, id, body: v.unknown() }),
  v.strictObject({ is: v.literal('done'), peer, id }),
  v.strictObject({ is: v.literal('failed'), peer, id, message: v.pipe(v.string(), v.maxLength(5_000)) }),
]);

export type Envelope = v.InferOutput<typeof envelopeSchema>;
