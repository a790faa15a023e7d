import type { Explorer } from '../app/explore.js';
import type { Intent } from '../app/plan.js';
import type { OperationReport } from '../app/stepReport.js';
import { clientFailure, type Failure, type Result } from '../domain/failure.js';
import type { TargetRef } from '../domain/resources.js';
import { argumentReport, findRegion, notSent, refusedByRule, type ArgumentReport, type MembershipArguments, type ReplacementArguments, type Wanted } from './changeArguments.js';
import { explorerFor } from './openExplorer.js';
import type { Services } from './services.js';
import { ofAccount, showFailure, showRefusal, showUnexpected } from './showFailure.js';

/** What a call by argument asks for, once its words make sense. */
export interface AskedChange {
  /** The API operation, for messages. */
  readonly operation: string;
  readonly asked: Partial<MembershipArguments & ReplacementArguments>;
  readonly wanted: Wanted;
  /** What is wanted of these targets, in that region; reading may be needed to know it. */
  readonly intent: (explorer: Explorer, regionId: string, targets: readonly TargetRef[]) => Promise<Intent | Failure>;
  readonly perform: (explorer: Explorer, intent: Intent) => Promise<Result<OperationReport>>;
}

/** No picker opens, one confirmation is always asked, and the promise always resolves to a report. */
export async function changeByArgument(services: Services, change: AskedChange): Promise<ArgumentReport> {
  const { asked, wanted, operation } = change;
  // A person pressed a key for it, so that what did not happen is shown as well as reported.
  const told = (failure: Failure) => {
    showFailure(services, operation, failure, ofAccount(asked.account ?? services.accounts.main.account));
    return notSent(services, failure);
  };
  if (!wanted.ok) {
    const report = refusedByRule(services, asked, wanted.findings);
    showRefusal(services, report.message);
    return report;
  }
  const explorer = await explorerFor(services, asked);
  if (!('scope' in explorer)) return told(explorer);
  const regionId = asked.regionId ?? (await findRegion(explorer, wanted.targets));
  if (typeof regionId !== 'string') return told(regionId);
  const intent = await change.intent(explorer, regionId, wanted.targets);
  if (!('steps' in intent)) return told(intent);
  try {
    const report = await change.perform(explorer, intent);
    return report.ok ? argumentReport(services, report.value) : notSent(services, report.failure);
  } catch (error) {
    // Once a change is under way, an error that nobody expected leaves open what became of it.
    showUnexpected(services, operation, error);
    return { ...notSent(services, clientFailure('Client.Unexpected')), outcome: 'unknown', sent: true };
  }
}
