import type * as vscode from 'vscode';
import type { Clock } from '../app/ports/clock.js';
import type { Accounts } from '../app/accounts.js';
import type { Operations } from '../app/operations.js';
import type { Resource } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import type { Identity } from '../app/ports/accounts.js';
import type { AccountConnector } from './accountConnector.js';
import type { ActivityView } from './activityView.js';
import type { ChangedHere } from './changedHere.js';
import type { PageState } from './details/pageState.js';
import type { JsonDocuments } from './jsonDocuments.js';
import type { KeyStore } from './keyStore.js';
import type { Log } from './log.js';
import type { RecentGroups } from './recentGroups.js';
import type { ResourcesView } from './resourcesView.js';
import type { SandboxProcess } from './sandboxProcess.js';

/** What the commands work with; built once by the composition root. */
export interface Services {
  /** The accounts that are shown; the chosen one is its `main`. */
  readonly accounts: Accounts;
  /** Every account that there is to choose, and who is behind it. */
  readonly directory: Pick<AccountConnector, 'connect' | 'caller' | 'list'>;
  readonly keys: KeyStore;
  /** Removes what was kept of an identity's lists. */
  readonly forgetLists: (identity: Identity) => Promise<void>;
  readonly view: ResourcesView;
  readonly operations: Operations;
  readonly activity: ActivityView;
  /** Tells what was changed from this window. */
  readonly changed: vscode.EventEmitter<ChangedHere>;
  readonly log: Log;
  readonly sandbox: SandboxProcess;
  readonly documents: JsonDocuments;
  /** Opens the page of a resource, with a comparison if one is named; what is known of it already is shown at once. */
  readonly showPage: (state: PageState, known?: Resource) => Promise<void>;
  readonly recent: RecentGroups;
  readonly clock: Clock;
  readonly language: Language;
  /** Where the files of the product are. */
  readonly extensionUri: vscode.Uri;
  /** Where the chosen account is kept, and those shown beside it: this workspace's own choice, else the last one made anywhere. */
  readonly choices: { readonly workspace: vscode.Memento; readonly everywhere: vscode.Memento };
}
