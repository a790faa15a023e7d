import { apiError, missingParameter, type Outcome } from '../apiError.js';
import { jsonBody, type Call } from '../call.js';
import { refuseHidden } from '../permissions.js';
import { MISSING_REGION, regionOf } from './region.js';

/** One prefix list with all its entries; there are no pages. Source: the DescribePrefixListAttributes page (doc 205872). */
export function describePrefixListAttributes(call: Call): Outcome {
  const region = regionOf(call, MISSING_REGION);
  if ('error' in region) return region;
  const id = call.params.text('PrefixListId');
  if (id === undefined) return { error: missingParameter('PrefixListId') };
  const hidden = refuseHidden(call, [id]);
  if (hidden !== undefined) return { error: hidden };
  const list = region.prefixLists.get(id);
  if (list === undefined) return { error: apiError(404, 'InvalidPrefixListId.NotFound', 'The specified prefix list was not found.') };
  return {
    body: jsonBody({
      RequestId: call.requestId,
      PrefixListId: list.id,
      PrefixListName: list.name,
      Description: list.description,
      AddressFamily: list.addressFamily,
      MaxEntries: list.maxEntries,
      CreationTime: list.creationTime,
      Entries: { Entry: list.entries.map(({ cidr, description }) => ({ Cidr: cidr, Description: description })) },
    }),
  };
}
