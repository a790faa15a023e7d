import type { ChangeKind } from '../../../src/domain/change.js';

/**
 * The moments of a change at which something goes wrong.
 * - `identify`: while the service is asked whose keys these are, before anything is planned.
 * - `plan`: while the facts of the plan are read.
 * - `reread`: after the plan, on the facts that are read again before the write.
 * - `write`: in the place of the write, which is not carried out.
 * - `applied`: after the write was carried out, on its answer.
 * - `readBack`: after that answer, on the reads that look for the change.
 */
export const PHASES = ['identify', 'plan', 'reread', 'write', 'applied', 'readBack'] as const;
export type Phase = (typeof PHASES)[number];

/** Once, or from then on. Of an edit by another hand: of a group that nobody asked about, or of the very one. */
export const EXTENTS = ['once', 'lasting'] as const;
export type Extent = (typeof EXTENTS)[number];

export const KINDS: readonly ChangeKind[] = ['join', 'leave', 'replace'];
/** One target, or a batch. */
export const SIZES = [1, 8] as const;

/** A fault as the control of the sandbox takes it, without which requests it is for. */
export type Fault = Readonly<Record<string, unknown>>;

/**
 * What goes wrong. `lost`: nobody can tell from the answer whether a write was carried out. `cut`: the real answer,
 * which does not come through. `refused`: the service says that nothing was carried out.
 */
export type Trouble = { readonly name: string } & (
  | { readonly how: 'lost' | 'cut' | 'refused'; readonly fault: Fault; readonly isSlow?: true }
  /** The key's token runs out; once, the service only says so. */
  | { readonly how: 'expired'; readonly fault: Fault }
  | { readonly how: 'edited' }
);

export const TROUBLES: readonly Trouble[] = [
  { name: 'throttled', how: 'refused', fault: { code: 'Throttling.User' } },
  { name: 'throttled for 20 ms', how: 'refused', fault: { code: 'Throttling.User', retryAfterMs: 20 } },
  { name: '500', how: 'lost', fault: { code: 'InternalError' } },
  { name: '503 as a page', how: 'lost', fault: { kind: 'html503' } },
  { name: 'reset', how: 'lost', fault: { kind: 'reset' } },
  { name: 'hang', how: 'lost', fault: { kind: 'hang' }, isSlow: true },
  { name: 'truncated', how: 'cut', fault: { kind: 'truncated' } },
  { name: 'broken off', how: 'cut', fault: { kind: 'truncated', abrupt: true } },
  { name: 'dripping', how: 'cut', fault: { kind: 'drip', chunks: 1000, ms: 100 }, isSlow: true },
  { name: 'expired token', how: 'expired', fault: { code: 'InvalidSecurityToken.Expired', status: 400 } },
  { name: 'permission lost', how: 'refused', fault: { code: 'Forbidden.RAM', status: 403 } },
  { name: 'edited', how: 'edited' },
];

export interface Cell {
  readonly phase: Phase;
  readonly trouble: Trouble;
  readonly extent: Extent;
  readonly kind: ChangeKind;
  readonly size: (typeof SIZES)[number];
}

/** One line of the summary: all kinds and sizes. */
export type Row = Pick<Cell, 'phase' | 'trouble' | 'extent'>;

/**
 * An answer can be cut only where there is a real one, and that is one of a write that was carried out. Whose keys
 * these are is asked once, so that no answer of that goes wrong again.
 */
function isPossible({ phase, trouble, extent }: Row): boolean {
  if (phase === 'write') return trouble.how !== 'cut';
  return phase !== 'identify' || extent === 'once' || trouble.how === 'edited' || trouble.how === 'expired';
}

export const ROWS: readonly Row[] = PHASES.flatMap((phase) => TROUBLES.flatMap((trouble) => EXTENTS.map((extent) => ({ phase, trouble, extent })))).filter(isPossible);

export const CELLS: readonly Cell[] = ROWS.flatMap((row) => KINDS.flatMap((kind) => SIZES.map((size) => ({ ...row, kind, size }))));

/** The positions of the targets that a fault of a write, or another hand, hits: an instance, and in a batch an interface as well. */
export function victimsOf({ size }: Pick<Cell, 'size'>): readonly number[] {
  return size === 1 ? [0] : [2, 5];
}

/** Whether requests of the cell are waited for until their time is up. */
export function isSlow({ trouble }: Row): boolean {
  return 'isSlow' in trouble;
}

export function rowName({ phase, trouble, extent }: Row): string {
  return `${phase}: ${trouble.name} ${extent}`;
}

export function nameOf(cell: Cell): string {
  return `${rowName(cell)}, ${cell.kind} of ${cell.size}`;
}
