import type { Ecs } from '../../src/app/ports/ecs.js';
import { checkAnswers, checkTranslation } from './answerClaims.js';
import { Interrupted, Unanswered, type Checklist } from './claims.js';
import { checkPrefixList, checkReferences } from './detailClaims.js';
import { checkGroups, checkRules, checkWrongRegion, chosenGroup } from './groupClaims.js';
import { checkInstanceRefusals, checkMembers, checkWords } from './instanceClaims.js';
import { checkList } from './listClaims.js';
import { GROUPS, INSTANCES, INTERFACES, largePage, type LargePage, type ListKind } from './lists.js';
import { isRegionId } from '../../src/domain/ids.js';
import type { Options } from './options.js';
import type { Recorder } from './recorder.js';
import { checkRegions } from './regionClaims.js';
import { PRODUCT, type Service } from './service.js';
import type { CancelSignal } from '../../src/app/ports/cancel.js';

export interface Reading {
  readonly options: Pick<Options, 'endpoint' | 'groupId' | 'otherRegionId'>;
  readonly service: Service;
  readonly ecs: Ecs;
  readonly recorder: Recorder;
  readonly signal: CancelSignal;
}

/** Everything that reading can settle: one request after the other, each sent once. */
export async function readPart({ options, service, ecs, recorder, signal }: Reading, checklist: Checklist): Promise<void> {
  const regions = await checkRegions(service, checklist, options.endpoint);
  const [instances, interfaces, groups] = [await first(service, checklist, INSTANCES), await first(service, checklist, INTERFACES), await first(service, checklist, GROUPS)];
  for (const [list, large] of [[INSTANCES, instances], [INTERFACES, interfaces], [GROUPS, groups]] as const) {
    if (large !== undefined) await checkList(service, checklist, list, large);
  }
  if (instances !== undefined && interfaces !== undefined) await checkWords(checklist, instances, interfaces);
  if (instances !== undefined) await checkMembers(service, checklist, instances);
  await checkInstanceRefusals(service, checklist);
  if (groups !== undefined) await checkGroups(service, checklist, groups);
  const groupId = chosenGroup(groups, options.groupId);
  await checkRules(service, checklist, groupId);
  if (groups !== undefined) await checkReferences(service, checklist, groups);
  await checkPrefixList(service, checklist, groupId);
  const otherRegionId = options.otherRegionId ?? regions.ids.find((id) => id !== service.regionId && isRegionId(id));
  await checkWrongRegion(service, checklist, { groupId, otherRegionId });
  const context = { signal, operationId: PRODUCT };
  await checkTranslation(ecs, checklist, { instances, interfaces, groups, groupId }, { regionId: service.regionId, context });
  await checkAnswers(checklist, recorder.exchanges);
}

/** The first page of a list, which many checks look at; without it these say that they could not. */
async function first(service: Service, checklist: Checklist, list: ListKind): Promise<LargePage | undefined> {
  const claim = { name: `${list.name}-list`, source: 'facts 3.1', expected: 'the list answers' };
  try {
    const large = await largePage(service, list);
    checklist.add({ ...claim, verdict: 'agrees', seen: `${large.ids.length} items${large.whole ? '' : ' and more'}` });
    return large;
  } catch (error) {
    if (error instanceof Interrupted) checklist.add({ ...claim, verdict: 'not checked', seen: 'interrupted' });
    else if (error instanceof Unanswered) checklist.add({ ...claim, ...error.seen });
    else throw error;
    return undefined;
  }
}
