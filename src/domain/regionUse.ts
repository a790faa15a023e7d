/** How many of one kind a region has; `atLeast` where the service did not tell the total. */
export interface UseCount {
  readonly count: number;
  readonly atLeast?: true | undefined;
}

/** What a region was found to have. */
export interface RegionUse {
  readonly regionId: string;
  readonly instances?: UseCount | undefined;
  readonly networkInterfaces?: UseCount | undefined;
  readonly securityGroups?: UseCount | undefined;
  /** The code of a kind's failure: what is there is then not known. */
  readonly failedWith?: string | undefined;
}

/** Whether anything was found there; undefined where something could not be read and nothing else was found. */
export function isInUse(use: RegionUse): boolean | undefined {
  if ([use.instances, use.networkInterfaces, use.securityGroups].some((found) => found !== undefined && found.count > 0)) return true;
  return use.failedWith === undefined ? false : undefined;
}
