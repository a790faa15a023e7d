import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import type { GroupRules, SecurityGroupRule } from '../domain/resources.js';
import { followPages } from './followPages.js';
import type { Ecs, RequestContext, RuleQuery } from './ports/ecs.js';

/** The groups of an interface have at most 1,000 rules together; a service that hands out pages for ever is stopped here. */
const RULE_PAGES = 20;
/** The service's largest page. */
const RULES_PER_PAGE = 1000;

/** All rules of one group, with the policy among its members; half of them would say nothing, since a drop may stand on the page that did not come. */
export async function readAllRules(ecs: Ecs, query: Pick<RuleQuery, 'regionId' | 'securityGroupId' | 'direction'>, context: RequestContext): Promise<Result<GroupRules>> {
  const rules: SecurityGroupRule[] = [];
  let innerAccessPolicy: string | undefined;
  const end = await followPages({
    most: RULE_PAGES,
    read: (nextToken) => ecs.readRules({ ...query, nextToken, pageSize: RULES_PER_PAGE }, context),
    onPage: (page) => {
      for (const rule of page.rules) rules.push(rule);
      innerAccessPolicy = page.innerAccessPolicy ?? innerAccessPolicy;
      return !context.signal.aborted;
    },
  });
  if (end.end === 'failed') return failed(end.failure);
  if (end.end === 'cut') return failed(context.signal.aborted ? clientFailure('Client.Cancelled') : ENDLESS);
  return success(innerAccessPolicy === undefined ? { rules } : { rules, innerAccessPolicy });
}

const ENDLESS = clientFailure('Client.OddAnswer', { reached: 'yes', detail: 'The list of rules has no end.' });
