import type { CatalogueEntry, CatalogueSource } from '../catalogueEntry.js';

const HELP = 'https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26';

/** The page that documents the error codes of each source. */
const PAGES: Readonly<Record<CatalogueSource, string>> = {
  JoinSecurityGroup: `${HELP}-joinsecuritygroup`,
  LeaveSecurityGroup: `${HELP}-leavesecuritygroup`,
  ModifyInstanceAttribute: `${HELP}-modifyinstanceattribute`,
  ModifyNetworkInterfaceAttribute: `${HELP}-modifynetworkinterfaceattribute`,
  common: 'https://help.aliyun.com/en/document_detail/434846.html',
  client: '',
};

export const THROTTLING_PAGE = 'https://www.alibabacloud.com/help/doc-detail/437902.htm';
export const DESCRIBE_REGIONS_PAGE = `${HELP}-describeregions`;
export const DESCRIBE_SECURITY_GROUPS_PAGE = `${HELP}-describesecuritygroups`;

export const DESCRIBE_PREFIX_LIST_ATTRIBUTES_PAGE = `${HELP}-describeprefixlistattributes`;
export const DESCRIBE_SECURITY_GROUP_REFERENCES_PAGE = `${HELP}-describesecuritygroupreferences`;

/** The sources of an entry with the page of the first; an entry with a page of its own names it afterwards. */
export function documentedBy(
  first: CatalogueSource,
  ...others: readonly CatalogueSource[]
): Pick<CatalogueEntry, 'sources' | 'page'> {
  return { sources: [first, ...others], page: PAGES[first] };
}
