import type { CommandId } from './contributions.js';
import type { ResourcesView } from './resourcesView.js';

/** Of a menu of rows only; the palette and the buttons of messages call them without arguments, or with an id. */
const OF_ROWS: ReadonlySet<CommandId> = new Set<CommandId>([
  'ecsExplorer.leaveSecurityGroup',
  'ecsExplorer.replaceSecurityGroups',
  'ecsExplorer.undo',
  'ecsExplorer.retryFailed',
  'ecsExplorer.copyAs',
  'ecsExplorer.filter',
  'ecsExplorer.clearFilter',
  'ecsExplorer.refreshRow',
  'ecsExplorer.loadMore',
  'ecsExplorer.loadAll',
  'ecsExplorer.pin',
  'ecsExplorer.unpin',
  'ecsExplorer.checkAccess',
  'ecsExplorer.openDetails',
  'ecsExplorer.viewJson',
  'ecsExplorer.openInConsole',
  'ecsExplorer.copyId',
  'ecsExplorer.copyName',
  'ecsExplorer.copyIp',
  'ecsExplorer.copyRamPolicy',
]);
/** Also buttons of a view's title: VS Code gives these the row that has the focus, and there may be none. */
const OF_ROWS_AND_TITLE: ReadonlySet<CommandId> = new Set<CommandId>(['ecsExplorer.joinSecurityGroup', 'ecsExplorer.explainErrorCode']);
/** They take all rows that are selected; the others go by the row that was clicked. */
const OF_SEVERAL: ReadonlySet<CommandId> = new Set<CommandId>(['ecsExplorer.joinSecurityGroup', 'ecsExplorer.leaveSecurityGroup', 'ecsExplorer.pin', 'ecsExplorer.unpin']);

type View = Pick<ResourcesView, 'isMakingRows' | 'isNode' | 'isPast' | 'now' | 'selection'>;

/**
 * What a command was called with, its rows as they are by now. `lost` when it was called on a row that VS Code does
 * not know at the moment: while it makes rows again, a menu opened on one that is still drawn gives `undefined` for it
 * (microsoft/vscode#192055), and that is no call from the palette. Which one was clicked nobody can tell then; only
 * where the command takes all rows that are selected, and all of them are there again, it is certain which are meant.
 */
export function rowsMeant(view: View, id: CommandId, args: readonly unknown[]): readonly unknown[] | 'lost' {
  const [first, more] = args;
  if (view.isPast(first)) return 'lost';
  const several = Array.isArray(more) ? more : [];
  const isWhole = several.every((row) => view.isNode(row));
  const isLost = args.length > 0 && first === undefined && (OF_ROWS.has(id) || (OF_ROWS_AND_TITLE.has(id) && view.isMakingRows));
  if (!isLost && (isWhole || !OF_SEVERAL.has(id))) return args.map((value) => view.now(value));
  const { selection } = view;
  return OF_SEVERAL.has(id) && several.length > 1 && selection.length === several.length ? [selection[0], selection] : 'lost';
}
