import type { Resource } from './resources.js';

export type Site = 'international' | 'china';

const HOST: Readonly<Record<Site, string>> = { china: 'ecs.console.aliyun.com', international: 'ecs.console.alibabacloud.com' };

const PATH: Readonly<Record<Resource['kind'], (region: string, id: string) => string>> = {
  instance: (region, id) => `/server/${id}/detail?regionId=${region}`,
  securityGroup: (region, id) => `/securityGroupDetail/region/${region}/groupId/${id}/detail/intranetIngress`,
  networkInterface: (region, id) => `/networkInterfaces/region/${region}/detail/${id}`,
};

/** Address of the resource's page in Alibaba Cloud's console. */
export function consoleLink(resource: Pick<Resource, 'kind' | 'id' | 'regionId'>, site: Site): string {
  return `https://${HOST[site]}${PATH[resource.kind](encodeURIComponent(resource.regionId), encodeURIComponent(resource.id))}`;
}

/** Where limits are looked up and raised (Quota Center). */
export function quotaLink(site: Site): string {
  return `https://${site === 'china' ? 'quotas.console.aliyun.com' : 'quotas.console.alibabacloud.com'}/`;
}
