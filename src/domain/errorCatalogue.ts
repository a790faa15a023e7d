import type { CatalogueEntry } from './catalogueEntry.js';
import { AUTH } from './catalogue/auth.js';
import { CLIENT } from './catalogue/client.js';
import { LIMITS } from './catalogue/limits.js';
import { MEMBERSHIP } from './catalogue/membership.js';
import { NETWORK } from './catalogue/network.js';
import { PARAMETERS } from './catalogue/parameters.js';
import { RESOURCES } from './catalogue/resources.js';
import { SERVICE } from './catalogue/service.js';
import { STATE } from './catalogue/state.js';

/** The parts of the catalogue by meaning; no code stands in two of them. */
export const CATALOGUE_PARTS: readonly Readonly<Record<string, CatalogueEntry>>[] = [
  MEMBERSHIP,
  LIMITS,
  NETWORK,
  STATE,
  RESOURCES,
  PARAMETERS,
  AUTH,
  SERVICE,
  CLIENT,
];

/**
 * Every error code that the four membership operations document, now or in older pages, those of the
 * gateway, and our own. Keyed by code, never by HTTP status: the same status stands for unlike things,
 * and one code comes with several statuses (pages: JoinSecurityGroup, LeaveSecurityGroup,
 * ModifyInstanceAttribute, ModifyNetworkInterfaceAttribute; gateway: help.aliyun.com document 434846).
 */
export const ERROR_CATALOGUE: Readonly<Record<string, CatalogueEntry>> = Object.fromEntries(
  CATALOGUE_PARTS.flatMap((part) => Object.entries(part)),
);
